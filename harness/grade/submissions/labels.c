#include "labels.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

static const char digits[] = "0123456789";
static const char alphanumeric[] = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";

// "doejane_12345_67890_work.zip", "doejane_LATE_12345_67890_counter-1.c": the student, the
// student's number and the file's.
static bool read_canvas(const char *entry, struct label *label)
{
    size_t name = strcspn(entry, "_");
    const char *at = entry + name;
    if (name == 0 || *at != '_')
        return false;
    at += strncmp(at, "_LATE_", 6) == 0 ? 6 : 1;
    size_t user = strspn(at, digits), file = at[user] ? strspn(at + user + 1, digits) : 0;
    const char *rest = at + user + 1 + file;
    if (user == 0 || at[user] != '_' || file == 0 || rest[0] != '_' || rest[1] == '\0')
        return false;
    *label = (struct label){.name = entry,
                            .name_length = name,
                            .number = at,
                            .number_length = user,
                            .file = rest + 1,
                            .counted = true};
    return true;
}

// "anon_aB3dE_67890_counter.c", "anon_aB3dE_LATE_67890_counter.c": where students are not to be
// known.
static bool read_anonymous(const char *entry, struct label *label)
{
    static const char start[] = "anon_";
    const char *id = entry + strlen(start);
    if (strncmp(entry, start, strlen(start)) != 0 || strspn(id, alphanumeric) != 5)
        return false;
    const char *at = id + 5;
    at += strncmp(at, "_LATE_", 6) == 0 ? 6 : *at == '_';
    size_t file = strspn(at, digits);
    if (file == 0 || at[file] != '_' || at[file + 1] == '\0')
        return false;
    *label = (struct label){.name = entry,
                            .name_length = (size_t)(id + 5 - entry),
                            .number = id,
                            .number_length = 5,
                            .file = at + file + 1,
                            .counted = true};
    return true;
}

// "Jane Doe_12345_assignsubmission_file_", a folder, or in its place one file each with its name
// behind that; "onlinetext" for what was typed into Moodle itself.
static bool read_moodle(const char *entry, struct label *label)
{
    const char *mark = strstr(entry, "_assignsubmission_"), *number = mark;
    while (number && number > entry && isdigit((unsigned char)number[-1]))
        number--;
    if (!mark || number == mark || number < entry + 2 || number[-1] != '_')
        return false;
    const char *rest = mark + strlen("_assignsubmission_");
    size_t kind = strcspn(rest, "_");
    bool known = (kind == 4 && strncmp(rest, "file", kind) == 0) ||
                 (kind == 10 && strncmp(rest, "onlinetext", kind) == 0);
    if (!known)
        return false;
    *label = (struct label){.name = entry,
                            .name_length = (size_t)(number - 1 - entry),
                            .number = number,
                            .number_length = (size_t)(mark - number),
                            .file = rest + kind + (rest[kind] == '_')};
    return true;
}

// Minutes since 2000, as if all months had 31 days.
static int minutes(int year, int month, int day, int hour, int minute)
{
    return (((year - 2000) * 12 + month) * 31 + day) * 24 * 60 + hour * 60 + minute;
}

// The moment that "2024-01-15-10-30-00" is; -1: it is none.
static int read_moment(const char *text)
{
    int year, month, day, hour, minute, end = 0;
    if (sscanf(text, "%4d-%2d-%2d-%2d-%2d-%*2d%n", &year, &month, &day, &hour, &minute, &end) !=
            5 ||
        end != 19 || year < 2000 || year > 2999)
        return -1;
    return minutes(year, month, day, hour, minute);
}

// "Assignment 1_jdoe_attempt_2024-01-15-10-30-00_counter.c": Blackboard's; without a file's name it
// is a text about the attempt.
static bool read_blackboard(const char *entry, struct label *label)
{
    const char *mark = strstr(entry, "_attempt_"), *name = mark;
    while (name && name > entry && name[-1] != '_')
        name--;
    int moment = mark ? read_moment(mark + strlen("_attempt_")) : -1;
    if (!mark || name == mark || name < entry + 2 || moment < 0)
        return false;
    const char *rest = mark + strlen("_attempt_2024-01-15-10-30-00");
    *label = (struct label){.name = name,
                            .name_length = (size_t)(mark - name),
                            .number = name,
                            .number_length = (size_t)(mark - name),
                            .file = rest[0] == '_' ? rest + 1 : "",
                            .version = moment};
    return true;
}

// 1 to 12 of "Nov" or "November"; 0: it is no month.
static int read_month(const char *word)
{
    static const char *const months[] = {"January",   "February", "March",    "April",
                                         "May",       "June",     "July",     "August",
                                         "September", "October",  "November", "December"};
    for (int i = 0; i < 12; i++)
        if (strlen(word) >= 3 && strncasecmp(months[i], word, strlen(word)) == 0)
            return i + 1;
    return 0;
}

// The moment that "Nov 3, 2026 1012 AM" begins with, and how long it is; -1: it is none.
static int read_spoken_moment(const char *text, int *end)
{
    char month[10], half[3];
    int day, year, clock;
    *end = 0;
    if (sscanf(text, "%9[A-Za-z] %2d, %4d %4d %2[APMapm]%n", month, &day, &year, &clock, half,
               end) != 5 ||
        *end == 0 || !read_month(month) || year < 2000 || year > 2999)
        return -1;
    int hour = clock / 100 % 12 + (toupper((unsigned char)half[0]) == 'P' ? 12 : 0);
    return minutes(year, read_month(month), day, hour, clock % 100);
}

// "12345-67890 - Ada Lovelace - Nov 3, 2026 1012 AM", a folder, or with " - counter.c" behind it a
// file: Brightspace's. Its numbers are not those that a class knows its students by; the name is.
static bool read_brightspace(const char *entry, struct label *label)
{
    size_t user = strspn(entry, digits), task = entry[user] ? strspn(entry + user + 1, digits) : 0;
    const char *name = entry + user + 1 + task + 3, *mark = NULL;
    int moment = -1, end = 0;
    if (user == 0 || entry[user] != '-' || task == 0 || strncmp(name - 3, " - ", 3) != 0)
        return false;
    for (const char *at = name; moment < 0 && (at = strstr(at, " - ")); at += 3)
        moment = read_spoken_moment((mark = at) + 3, &end);
    if (moment < 0 || mark == name)
        return false;
    const char *rest = mark + 3 + end;
    if (rest[0] && (strncmp(rest, " - ", 3) != 0 || !rest[3]))
        return false;
    *label = (struct label){.name = name,
                            .name_length = (size_t)(mark - name),
                            .number = name,
                            .number_length = (size_t)(mark - name),
                            .apart = entry,
                            .apart_length = user + 1 + task,
                            .file = rest[0] ? rest + 3 : "",
                            .version = moment};
    return true;
}

static const label_reader readers[] = {read_moodle, read_canvas, read_anonymous, read_blackboard,
                                       read_brightspace};

label_reader labels_scheme(const char *const *entries)
{
    label_reader best = NULL;
    size_t most = 0, least = 0;
    for (size_t i = 0; i < sizeof readers / sizeof readers[0]; i++) {
        size_t count = 0, ahead = 0;
        for (size_t k = 0; entries[k]; k++) {
            struct label label;
            if (!readers[i](entries[k], &label))
                continue;
            count++;
            ahead += (size_t)(label.number + label.number_length - entries[k]);
        }
        if (count > most || (count > 0 && count == most && ahead < least)) {
            best = readers[i];
            most = count;
            least = ahead;
        }
    }
    return best;
}

bool labels_any(const char *entry)
{
    struct label label;
    for (size_t i = 0; i < sizeof readers / sizeof readers[0]; i++)
        if (readers[i](entry, &label))
            return true;
    return false;
}

bool labels_is_note(label_reader scheme, const struct label *label)
{
    return scheme == read_blackboard && !label->file[0];
}
