#include "groups.h"

#include "base/text.h"
#include "labels.h"
#include "pile.h"
#include "unpack.h"

#include <ctype.h>
#include <fcntl.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <unistd.h>

// Teams hand in together: "group 3" and "team 3" may be one submission, and are not among these.
static const char *const whole[] = {
    "late",        "latework",          "latesubmissions",
    "ontime",      "ontimesubmissions", "early",
    "extensions",  "resubmissions",     "resubmitted",
    "submissions", "submitted",         "submittedfiles",
    NULL,
};
static const char *const begun[] = {"section", "tutorial", "seminar", "cohort", NULL};

enum { NAME_MOST = 32, MARK_MOST = 3 }; // letters or digits, also of "Section 12B" the last ones

static bool is_begun(const char *letters)
{
    for (size_t i = 0; begun[i]; i++) {
        size_t start = strlen(begun[i]), length = strlen(letters);
        if (strncmp(letters, begun[i], start) == 0 && length > start && length <= start + MARK_MOST)
            return true;
    }
    return false;
}

// Only letters and digits count, and not which are capitals.
bool group_is_named(const char *name)
{
    char letters[NAME_MOST + 1];
    size_t length = 0;
    for (; *name; name++) {
        if (!isalnum((unsigned char)*name))
            continue;
        if (length == NAME_MOST)
            return false;
        letters[length++] = (char)tolower((unsigned char)*name);
    }
    letters[length] = '\0';
    return list_has(whole, letters) || is_begun(letters);
}

// In Sakai's folder of an assignment each student has a folder, and in that there is one of this
// name.
static const char attachments[] = "Submission attachment(s)";

bool group_is_assignment(int folder, const char *const *names)
{
    for (; *names; names++) {
        struct stat status;
        int student = openat(folder, *names, O_RDONLY | O_CLOEXEC | O_DIRECTORY | O_NOFOLLOW);
        bool attached =
            student >= 0 && fstatat(student, attachments, &status, AT_SYMLINK_NOFOLLOW) == 0;
        if (student >= 0)
            close(student);
        if (attached)
            return true;
    }
    return false;
}

static bool is_source(const char *name)
{
    const char *dot = strrchr(name, '.');
    return dot && (strcasecmp(dot, ".c") == 0 || strcasecmp(dot, ".h") == 0);
}

enum group group_look(const struct course *course, int folder, const char *const *names)
{
    enum group group = GROUP_EMPTY;
    for (; *names; names++) {
        struct stat status;
        if ((*names)[0] == '.' || fstatat(folder, *names, &status, AT_SYMLINK_NOFOLLOW))
            continue;
        bool inside = S_ISDIR(status.st_mode), labelled = labels_any(*names);
        if (!labelled && (inside ? pile_is_way(course, *names) : is_source(*names)))
            return GROUP_WORK;
        if (labelled || archive_ending(*names) || (inside && !pile_ignores(*names)))
            group = GROUP_STUDENTS;
    }
    return group;
}
