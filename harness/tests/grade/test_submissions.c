// Tests of submissions.c and what it reads with: classes are written into a temporary folder, evil
// archives among them, and read with the real course.
#define _GNU_SOURCE // memmem

#include "base/files.h"
#include "base/moment.h"
#include "base/text.h"
#include "grade/submissions/legible.h"
#include "grade/submissions/pile.h"
#include "grade/submissions/submissions.h"
#include "judge/detectors/detector.h"
#include "tests/fixture.h"

#include <archive.h>
#include <archive_entry.h>
#include <fcntl.h>
#include <locale.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <talloc.h>
#include <unistd.h>

#include <cmocka.h>

#define COUNTER "exercises/1-lost-updates/01-counter/counter.c"
#define LOCKS   "exercises/2-locks/01-two-locks/two_locks.c"
#define CODE    "int counter;\n"
#define OTHER   "int other;\n"

static struct course *course;

static int load_course(void **state)
{
    (void)state;
    struct problem problem;
    course = course_load(NULL, COURSE, detector_names, COURSE_WITHOUT_ANSWERS, &problem);
    if (!course)
        fprintf(stderr, "%s\n", problem.text);
    return course ? 0 : -1;
}

static int free_course(void **state)
{
    (void)state;
    return talloc_free(course);
}

// ---- writing what students hand in ----

static void put_link(const struct fixture *fixture, const char *name, const char *target)
{
    make_way(fixture, name);
    assert_int_equal(symlink(target, at(fixture, name)), 0);
}

enum packing { ZIP, TAR, TGZ, LOCKED_ZIP, STORED_ZIP };

struct member {
    const char *path, *text; // text: of a file, or where a link leads
    mode_t type;             // 0: a file
    size_t zeros;            // a file of so many, in the place of `text`
};

static const char *const endings[] = {".zip", ".tar", ".tar.gz"};

static struct archive *start_archive(const struct fixture *fixture, const char *name,
                                     enum packing packing)
{
    struct archive *archive = archive_write_new();
    bool zip = packing != TAR && packing != TGZ;
    make_way(fixture, name);
    assert_int_equal(zip ? archive_write_set_format_zip(archive)
                         : archive_write_set_format_pax_restricted(archive),
                     ARCHIVE_OK);
    if (packing == TGZ)
        assert_int_equal(archive_write_add_filter_gzip(archive), ARCHIVE_OK);
    if (packing == STORED_ZIP)
        assert_int_equal(archive_write_set_options(archive, "zip:compression=store"), 0);
    if (packing == LOCKED_ZIP) {
        assert_int_equal(archive_write_set_options(archive, "zip:encryption=traditional"), 0);
        assert_int_equal(archive_write_set_passphrase(archive, "secret"), ARCHIVE_OK);
    }
    assert_int_equal(archive_write_open_filename(archive, at(fixture, name)), ARCHIVE_OK);
    return archive;
}

static void write_zeros(struct archive *archive, size_t count)
{
    static const char zeros[1 << 16];
    for (size_t step; count > 0; count -= step) {
        step = count < sizeof zeros ? count : sizeof zeros;
        assert_int_equal(archive_write_data(archive, zeros, step), step);
    }
}

static void add_member(struct archive *archive, const struct member *member)
{
    struct archive_entry *entry = archive_entry_new();
    size_t size = member->zeros ? member->zeros : member->text ? strlen(member->text) : 0;
    archive_entry_set_pathname(entry, member->path);
    archive_entry_set_filetype(entry, member->type ? member->type : AE_IFREG);
    archive_entry_set_perm(entry, 0644);
    archive_entry_set_size(entry, member->type ? 0 : (la_int64_t)size);
    if (member->type == AE_IFLNK)
        archive_entry_set_symlink(entry, member->text);
    if (archive_write_header(archive, entry) < ARCHIVE_WARN)
        fail_msg("%s: %s", member->path, archive_error_string(archive));
    if (!member->type && member->zeros)
        write_zeros(archive, member->zeros);
    else if (!member->type)
        assert_int_equal(archive_write_data(archive, member->text, size), size);
    archive_entry_free(entry);
}

static void end_archive(struct archive *archive)
{
    assert_int_equal(archive_write_close(archive), ARCHIVE_OK);
    archive_write_free(archive);
}

// The members end with one whose path is NULL.
static void put_members(const struct fixture *fixture, const char *name, enum packing packing,
                        const struct member *members)
{
    struct archive *archive = start_archive(fixture, name, packing);
    for (; members->path; members++)
        add_member(archive, members);
    end_archive(archive);
}

// Most members are a path and a text.
#pragma GCC diagnostic ignored "-Wmissing-field-initializers"
#define PACK(fixture, name, packing, ...)                                                          \
    put_members(fixture, name, packing, (const struct member[]){__VA_ARGS__, {0}})

// ---- reading and looking at what came of it ----

static void assert_fit(const char *text)
{
    for (size_t left = text ? strlen(text) : 0; left > 0;) {
        uint32_t code;
        size_t length = utf8_decode(text, left, &code);
        if (length == 0 || code < 32 || (code >= 127 && code < 160))
            fail_msg("\"%s\" is not fit for a person", text);
        text += length;
        left -= length;
    }
}

static void assert_safe_id(const char *id)
{
    assert_true(id[0] != '\0' && id[0] != '.');
    assert_int_equal(
        strspn(id, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-"),
        strlen(id));
}

// Reads the class with `graded`, and holds of every submission what must hold of each.
static struct submissions *read_with(struct fixture *fixture, const struct course *graded)
{
    struct submissions *all =
        submissions_read(fixture->context, graded, fixture->root, &fixture->problem);
    if (!all)
        fail_msg("not read: %s", fixture->problem.text);
    for (size_t i = 0; i < all->count; i++) {
        const struct submission *one = &all->all[i];
        assert_safe_id(one->id);
        assert_true(i == 0 || strcmp(all->all[i - 1].id, one->id) < 0);
        assert_fit(one->name);
        assert_fit(one->entry);
        assert_fit(one->message);
        for (size_t j = 0; j < graded->count; j++) {
            assert_fit(one->parts[j].message);
            assert_true((one->parts[j].found == FOUND_FILES) == (one->parts[j].texts != NULL));
            assert_true(one->parts[j].found != FOUND_UNUSABLE || one->parts[j].message);
            assert_true(!one->message || one->parts[j].found == FOUND_NOTHING);
        }
    }
    return all;
}

static struct submissions *read_class(struct fixture *fixture)
{
    return read_with(fixture, course);
}

static const struct submission *find(const struct submissions *all, const char *id)
{
    for (size_t i = 0; i < all->count; i++)
        if (strcmp(all->all[i].id, id) == 0)
            return &all->all[i];
    fail_msg("nobody is called %s", id);
    return NULL;
}

static const struct handed_in *part_of(const struct course *graded, const struct submission *one,
                                       const char *exercise)
{
    if (one->message)
        fail_msg("%s: %s", one->id, one->message);
    for (size_t i = 0; i < graded->count; i++)
        if (strcmp(graded->exercises[i]->name, exercise) == 0)
            return &one->parts[i];
    fail_msg("no exercise is called %s", exercise);
    return NULL;
}

static const struct handed_in *part(const struct submission *one, const char *exercise)
{
    return part_of(course, one, exercise);
}

static void assert_says(const char *text, const char *fragment)
{
    if (!text || !strstr(text, fragment))
        fail_msg("\"%s\" does not say \"%s\"", text ? text : "(nothing)", fragment);
}

// The exercise's files are there; with `remark` NULL nothing is remarked.
static void assert_files(const struct handed_in *part, const char *text, const char *remark)
{
    if (part->found != FOUND_FILES)
        fail_msg("not found: %s", part->message ? part->message : "nothing handed in");
    assert_string_equal(part->texts[0], text);
    if (remark)
        assert_says(part->message, remark);
    else if (part->message)
        fail_msg("remarks \"%s\"", part->message);
}

static void assert_unusable(const struct handed_in *part, const char *message)
{
    assert_int_equal(part->found, FOUND_UNUSABLE);
    assert_says(part->message, message);
}

static void assert_nothing(const struct handed_in *part)
{
    if (part->found != FOUND_NOTHING)
        fail_msg("found: %s", part->message ? part->message : "files");
    assert_null(part->message);
}

// ---- who handed in ----

static void folders_clones_and_archives_are_students(void **state)
{
    struct fixture *fixture = *state;
    put(fixture, "ada/" COUNTER, CODE);
    put(fixture, "bob/racelings/.git/config", "");
    put(fixture, "bob/racelings/.git/counter.c", OTHER);
    put(fixture, "bob/racelings/" COUNTER, CODE);
    PACK(fixture, "cleo.zip", ZIP, {COUNTER, CODE});
    PACK(fixture, "dan.tar.gz", TGZ, {"./" COUNTER, CODE});
    PACK(fixture, "eve.tgz", TGZ, {"racelings-main/" COUNTER, CODE});
    PACK(fixture, "fay.TAR", TAR, {"racelings-main/", NULL, AE_IFDIR}, {COUNTER, CODE});
    struct submissions *all = read_class(fixture);
    static const char *const ids[] = {"ada", "bob", "cleo", "dan", "eve", "fay"};
    assert_int_equal(all->count, 6);
    for (size_t i = 0; i < 6; i++) {
        assert_string_equal(all->all[i].id, ids[i]);
        assert_string_equal(all->all[i].name, ids[i]);
        assert_files(part(&all->all[i], "counter"), CODE, NULL);
        assert_nothing(part(&all->all[i], "two-locks"));
    }
    assert_string_equal(all->all[3].entry, "dan.tar.gz");
}

static void moodle_names_give_name_and_number(void **state)
{
    struct fixture *fixture = *state;
    put(fixture, "Jane Doe_12345_assignsubmission_file_/counter.c", CODE);
    put(fixture, "Jane Doe_12345_assignsubmission_onlinetext_/onlinetext.html", "<p>hello</p>");
    PACK(fixture, "J\xc3\xbcrgen O'Neil_77_assignsubmission_file/work.zip", ZIP, {COUNTER, CODE});
    PACK(fixture, "Flat_File_9_assignsubmission_file_my_work.zip", ZIP, {COUNTER, CODE});
    put(fixture, "Flat_File_9_assignsubmission_file_two_locks.c", OTHER);
    struct submissions *all = read_class(fixture);
    assert_int_equal(all->count, 3);
    assert_string_equal(find(all, "12345")->name, "Jane Doe");
    assert_files(part(find(all, "12345"), "counter"), CODE, NULL);
    assert_string_equal(find(all, "77")->name, "J\xc3\xbcrgen O'Neil");
    assert_files(part(find(all, "77"), "counter"), CODE, NULL);
    assert_string_equal(find(all, "9")->name, "Flat_File");
    assert_files(part(find(all, "9"), "counter"), CODE, NULL);
    assert_files(part(find(all, "9"), "two-locks"), OTHER, NULL);
}

static void canvas_names_are_grouped_by_student(void **state)
{
    struct fixture *fixture = *state;
    PACK(fixture, "doejane_12345_67890_work.zip", ZIP, {COUNTER, CODE});
    put(fixture, "doejane_LATE_12345_67891_two_locks-1.c", OTHER);
    put(fixture, "doejane_12345_67892_notes.txt", "hello");
    put(fixture, "roe_5_1_counter.c", OTHER);
    put(fixture, "roe_5_2_counter-2.c", CODE);
    put(fixture, "roe_5_3_counter-1.c", OTHER);
    put(fixture, "poe_6_1_counter-1.c", CODE);
    put(fixture, "only_7_1_report.pdf", "%PDF");
    put(fixture, "only_9_1_report.txt", "hello");
    PACK(fixture, "zoe_8_1_work.zip", ZIP, {COUNTER, OTHER}, {LOCKS, OTHER});
    PACK(fixture, "zoe_8_2_work-1.zip", ZIP, {COUNTER, CODE}, {"hw/" LOCKS, CODE});
    struct submissions *all = read_class(fixture);
    assert_int_equal(all->count, 6);
    assert_string_equal(find(all, "12345")->name, "doejane");
    assert_files(part(find(all, "12345"), "counter"), CODE, NULL);
    assert_files(part(find(all, "12345"), "two-locks"), OTHER, NULL);
    assert_files(part(find(all, "5"), "counter"), CODE, "latest version");
    assert_files(part(find(all, "6"), "counter"), CODE, NULL);
    assert_says(find(all, "7")->message, "There is report.pdf.");
    assert_says(find(all, "9")->message, "There is report.txt.");
    assert_files(part(find(all, "8"), "counter"), CODE, "latest version");
    assert_files(part(find(all, "8"), "two-locks"), CODE, "work-1.zip/hw/" LOCKS);
}

static void names_that_only_look_like_canvas_or_moodle_are_taken_whole(void **state)
{
    struct fixture *fixture = *state;
    static const char *const names[] = {"_1_2_work",
                                        "a_1_work",
                                        "a_1_2_",
                                        "a_b_2_work",
                                        "a_1_b_work",
                                        "a_1_2",
                                        "a_LATE_1_x",
                                        "a_LATE_1_",
                                        "_assignsubmission_file_",
                                        "5_assignsubmission_file_",
                                        "a_x_assignsubmission_file_",
                                        "a_5_assignsubmission_other_",
                                        "a_5_assignsubmission__x"};
    enum { COUNT = sizeof names / sizeof *names };
    for (size_t i = 0; i < COUNT; i++)
        put(fixture, talloc_asprintf(fixture->texts, "%s/counter.c", names[i]), CODE);
    struct submissions *all = read_class(fixture);
    assert_int_equal(all->count, COUNT);
    for (size_t i = 0; i < COUNT; i++)
        assert_string_equal(find(all, names[i])->name, names[i]);
}

static void ids_are_safe_and_unique_in_a_stable_order(void **state)
{
    struct fixture *fixture = *state;
    static const struct {
        const char *entry, *id;
    } cases[] = {// in the order of the entries' names; capitals do not tell files apart everywhere
                 {"--", "student"},
                 {"-rf", "rf"},
                 {"Jane", "Jane"},
                 {"a b\n", "a_b_"},
                 {"a<b>\x1b[31m", "a_b___31m"},
                 {"jane", "jane-3"},
                 {"jane-2", "jane-2"},
                 {"jane.tar", "jane-4"},
                 {"jane.zip", "jane-5"},
                 {"\xe6\x9d\x8e", "student-2"},
                 {"\xff\xfe_1", "___1"}};
    enum { COUNT = sizeof cases / sizeof *cases };
    for (size_t i = COUNT; i-- > 0;)
        put(fixture,
            talloc_asprintf(fixture->texts, "%s%s", cases[i].entry,
                            strchr(cases[i].entry, '.') ? "" : "/counter.c"),
            CODE);
    struct submissions *all = read_class(fixture);
    assert_int_equal(all->count, COUNT);
    for (size_t i = 0; i < COUNT; i++)
        assert_string_equal(find(all, cases[i].id)->entry,
                            legible(fixture->texts, cases[i].entry, 80));
}

static void very_long_names_are_shortened(void **state)
{
    struct fixture *fixture = *state;
    char name[256] = {0};
    memset(name, 'x', 250);
    put(fixture, talloc_asprintf(fixture->texts, "%s/counter.c", name), CODE);
    name[249] = 'y';
    put(fixture, talloc_asprintf(fixture->texts, "%s/counter.c", name), OTHER);
    struct submissions *all = read_class(fixture);
    assert_int_equal(all->count, 2);
    assert_int_equal(strlen(all->all[0].id), 64);
    assert_int_equal(strlen(all->all[1].id), 66);
    assert_int_equal(strlen(all->all[1].name), 80);
    assert_says(all->all[1].name, "xxx...xxx");
    assert_files(part(&all->all[0], "counter"), CODE, NULL);
    assert_files(part(&all->all[1], "counter"), OTHER, NULL);
}

static void strays_are_no_students(void **state)
{
    struct fixture *fixture = *state;
    static const char *const strays[] = {".DS_Store",  ".hidden/counter.c", "__MACOSX/counter.c",
                                         "Thumbs.db",  "desktop.ini",       "grades.csv",
                                         "README.TXT", "index.html",        ".zip"};
    for (size_t i = 0; i < sizeof strays / sizeof *strays; i++)
        put(fixture, strays[i], CODE);
    assert_null(submissions_read(fixture->context, course, fixture->root, &fixture->problem));
    assert_says(fixture->problem.text, "holds no submissions");
    put(fixture, "notes.txt.d/counter.c", CODE);
    struct submissions *all = read_class(fixture);
    assert_int_equal(all->count, 1);
    assert_true(list_has(all->passed, "grades.csv") && list_has(all->passed, "README.TXT"));
    assert_false(list_has(all->passed, ".DS_Store"));
    assert_true(list_has(all->passed, ".hidden")); // somebody may wait for its grade
}

// Nobody's work is passed over without a word, and nobody is told of what systems leave behind.
static void what_hides_is_told(void **state)
{
    struct fixture *fixture = *state;
    static const char *const litter[] = {".git/counter.c", ".DS_Store", "._Counter.c",
                                         ".#counter.c", ".vscode/counter.c"};
    put(fixture, "ada/.src/counter.c", CODE);
    put(fixture, "ada/.src/two_locks.c", CODE);
    put(fixture, "bob/.counter.c", CODE);
    PACK(fixture, "cleo.tar", TAR, {".src/counter.c", CODE}, {".src/two_locks.c", CODE});
    PACK(fixture, "dan.tar", TAR, {".counter.c", CODE}, {"._counter.c", OTHER});
    for (size_t i = 0; i < sizeof litter / sizeof *litter; i++)
        put(fixture, path_join(fixture->texts, "eve", litter[i]), CODE);
    put(fixture, "Section A/.eric/counter.c", CODE);
    put(fixture, "Section A/fay/counter.c", CODE);
    struct submissions *all = read_class(fixture);
    assert_says(find(all, "ada")->message, "There is .src. Folders whose names begin with a dot");
    assert_says(find(all, "cleo")->message, "There is .src. Folders whose names begin with a dot");
    assert_files(part(find(all, "bob"), "counter"), CODE, ".counter.c was taken as counter.c");
    assert_files(part(find(all, "dan"), "counter"), CODE, ".counter.c was taken as counter.c");
    assert_null(find(all, "eve")->message);
    assert_nothing(part(find(all, "eve"), "counter"));
    assert_int_equal(list_count(all->passed), 1);
    assert_string_equal(all->passed[0], "Section A/.eric");
}

// What an instructor has lying beside submissions, and earlier results.
static void instructors_files_are_passed_over(void **state)
{
    struct fixture *fixture = *state;
    static const char *const files[] = {"NOTES.md", "grades.xlsx", "policy.json", "rubric.pdf",
                                        "run.log",  "roster",      "metadata.yml"};
    for (size_t i = 0; i < sizeof files / sizeof *files; i++)
        put(fixture, files[i], CODE);
    put(fixture, "ann/counter.c", CODE);
    put(fixture, "results/.racelings-grades", "");
    put(fixture, "results/counter.c", CODE);
    PACK(fixture, "CS101-Homework-4711.zip", ZIP, {"ann/counter.c", CODE});
    PACK(fixture, "CS101-Other-12.zip", ZIP,
         {"Jane Doe_12345_assignsubmission_file_/counter.c", CODE});
    PACK(fixture, "bob.zip", ZIP, {"counter.c", CODE});
    struct submissions *all = read_class(fixture);
    assert_int_equal(all->count, 2);
    assert_files(part(find(all, "ann"), "counter"), CODE, NULL);
    assert_files(part(find(all, "bob"), "counter"), CODE, NULL);
    assert_int_equal(list_count(all->passed), sizeof files / sizeof *files + 3);
    assert_true(list_has(all->passed, "results") && list_has(all->passed, "grades.xlsx"));
    assert_true(list_has(all->passed, "CS101-Homework-4711.zip"));
    assert_true(list_has(all->passed, "CS101-Other-12.zip"));
}

static void blackboard_names_give_the_latest_attempt(void **state)
{
    struct fixture *fixture = *state;
    put(fixture, "Homework 1_jdoe_attempt_2024-01-15-10-30-00_counter.c", OTHER);
    put(fixture, "Homework 1_jdoe_attempt_2024-01-15-10-30-00.txt", "Name: Jane Doe");
    put(fixture, "Homework 1_jdoe_attempt_2024-02-01-09-00-00_counter.c", CODE);
    put(fixture, "Homework 1_roe_attempt_2024-01-15-10-30-00_two_locks.c", OTHER);
    put(fixture, "Homework 1_x_attempt_2024-01-15_counter.c", OTHER); // no moment
    struct submissions *all = read_class(fixture);
    assert_int_equal(all->count, 3);
    assert_files(part(find(all, "jdoe"), "counter"), CODE, "latest version");
    assert_files(part(find(all, "roe"), "two-locks"), OTHER, NULL);
    assert_int_equal(list_count(all->passed), 1);
}

// The newest counts wherever in it the file is, and whatever it is called there; of two persons of
// one name each is its own.
static void brightspace_names_give_the_latest_download(void **state)
{
    struct fixture *fixture = *state;
    put(fixture, "12345-67890 - Ada Lovelace - Nov 3, 2026 926 AM/" COUNTER, OTHER);
    put(fixture, "12345-67890 - Ada Lovelace - Nov 3, 2026 1012 AM/counter.c", CODE);
    put(fixture, "12345-67890 - Ada Lovelace - Nov 3, 2026 1205 AM/two_locks.c", OTHER);
    put(fixture, "12346-67890 - Bo-Bo - Lee - Dec 31, 2026 1159 PM - counter.c", OTHER);
    put(fixture, "12346-67890 - Bo-Bo - Lee - January 1, 2027 1201 AM/counter (1).c", CODE);
    put(fixture, "12347-67890 - Ada Lovelace - Nov 3, 2026 100 PM/counter.c", OTHER);
    put(fixture, "12348-67890 - Eve - Smarch 3, 2026 100 PM/counter.c", OTHER); // no moment
    put(fixture, "index.html", "");
    struct submissions *all = read_class(fixture);
    assert_int_equal(all->count, 4);
    assert_files(part(find(all, "Ada_Lovelace"), "counter"), CODE, "latest version");
    assert_files(part(find(all, "Ada_Lovelace"), "two-locks"), OTHER, NULL);
    assert_files(part(find(all, "Bo-Bo_-_Lee"), "counter"), CODE, "latest version");
    assert_files(part(find(all, "Ada_Lovelace-2"), "counter"), OTHER, NULL);
    assert_int_equal(list_count(all->doubled), 1);
    assert_int_equal(list_count(all->passed), 1);
}

static void of_one_minute_neither_counts(void **state)
{
    struct fixture *fixture = *state;
    put(fixture, "1-2 - Ada - Nov 3, 2026 926 AM - counter.c", OTHER);
    put(fixture, "1-2 - Ada - Nov 3, 2026 926 AM/counter.c", CODE);
    struct submissions *all = read_class(fixture);
    assert_int_equal(all->count, 1);
    assert_unusable(part(find(all, "Ada"), "counter"), "twice, with different contents");
}

// Instructors sort what is handed in; the folders they do it by are nobody's.
static void folders_of_groups_are_looked_into(void **state)
{
    struct fixture *fixture = *state;
    put(fixture, "ada/counter.c", CODE);
    put(fixture, "late/bob/counter.c", OTHER);
    put(fixture, "late/notes.txt", "bob was ill");
    put(fixture, "Late submissions/cy/" COUNTER, CODE);
    put(fixture, "on time/Dee_7_assignsubmission_file_/counter.c", CODE);
    put(fixture, "on time/Eli_8_assignsubmission_file_counter.c", OTHER);
    PACK(fixture, "Section A/fay.zip", ZIP, {"counter.c", CODE});
    make_way(fixture, "early/nobody");
    // as Sakai hands an assignment out, and Teams
    put(fixture, "HW 1/Hal, X(hal)/Submission attachment(s)/counter.c", CODE);
    put(fixture, "HW 1/Ivy, Y(ivy)/Submission attachment(s)/counter.c", OTHER);
    put(fixture, "HW 1/Ivy, Y(ivy)/timestamp.txt", "20261127");
    put(fixture, "HW 1/grades.csv", "a,b");
    put(fixture, "Submitted files/jo/HW 1/counter.c", CODE);
    struct submissions *all = read_class(fixture);
    assert_int_equal(all->count, 9);
    assert_files(part(find(all, "Hal__X_hal_"), "counter"), CODE, "found by its name");
    assert_files(part(find(all, "Ivy__Y_ivy_"), "counter"), OTHER, "found by its name");
    assert_files(part(find(all, "jo"), "counter"), CODE, "found by its name");
    assert_files(part(find(all, "ada"), "counter"), CODE, NULL);
    assert_files(part(find(all, "bob"), "counter"), OTHER, NULL);
    assert_string_equal(find(all, "bob")->entry, "late/bob");
    assert_files(part(find(all, "cy"), "counter"), CODE, NULL);
    assert_files(part(find(all, "7"), "counter"), CODE, NULL);
    assert_files(part(find(all, "8"), "counter"), OTHER, NULL);
    assert_files(part(find(all, "fay"), "counter"), CODE, NULL);
    assert_int_equal(list_count(all->groups), 6);
    assert_true(list_has(all->passed, "late/notes.txt") && list_has(all->passed, "early"));
    assert_int_equal(list_count(all->doubtful), 0);
}

// Whoever is in two of them is told loudly, and so is who may be a student after all.
static void what_groups_leave_open_is_told(void **state)
{
    struct fixture *fixture = *state;
    put(fixture, "ada/counter.c", CODE);
    put(fixture, "late/ada/counter.c", OTHER);
    put(fixture, "early/counter.c", OTHER);
    put(fixture, "submissions/exercises/1-lost-updates/01-counter/counter.c", CODE);
    put(fixture, "team 3/racelings/" COUNTER, CODE); // one that works together
    struct submissions *all = read_class(fixture);
    assert_int_equal(all->count, 5);
    assert_string_equal(all->doubled[0], "ada (late/ada)");
    assert_files(part(find(all, "ada"), "counter"), CODE, NULL);
    assert_files(part(find(all, "ada-2"), "counter"), OTHER, NULL);
    assert_files(part(find(all, "team_3"), "counter"), CODE, NULL);
    assert_int_equal(list_count(all->doubtful), 2);
    assert_true(list_has(all->doubtful, "early") && list_has(all->doubtful, "submissions"));
}

static void anonymous_canvas_names_are_grouped(void **state)
{
    struct fixture *fixture = *state;
    put(fixture, "anon_aB3dE_101_counter.c", CODE);
    put(fixture, "anon_aB3dE_LATE_102_two_locks.c", OTHER);
    put(fixture, "anon_Zz9yX_103_counter-1.c", OTHER);
    put(fixture, "anon_toolong_104_counter.c", OTHER);
    struct submissions *all = read_class(fixture);
    assert_int_equal(all->count, 3);
    assert_files(part(find(all, "aB3dE"), "counter"), CODE, NULL);
    assert_files(part(find(all, "aB3dE"), "two-locks"), OTHER, NULL);
    assert_files(part(find(all, "Zz9yX"), "counter"), OTHER, NULL);
}

// A student's own file name is never read as another service's.
static void no_file_name_takes_anothers_id(void **state)
{
    struct fixture *fixture = *state;
    put(fixture, "adams_111_222_doejane_12345_assignsubmission_file_counter.c", OTHER);
    put(fixture, "bell_112_223_Homework_doejane_attempt_2024-01-15-10-30-00_counter.c", OTHER);
    put(fixture, "doejane_12345_67890_counter.c", CODE);
    struct submissions *all = read_class(fixture);
    assert_int_equal(all->count, 3);
    assert_files(part(find(all, "12345"), "counter"), CODE, NULL);
    assert_files(part(find(all, "111"), "counter"), OTHER, "was taken as counter.c");
    assert_files(part(find(all, "112"), "counter"), OTHER, "was taken as counter.c");
    assert_int_equal(list_count(all->doubled), 0);
}

static void ids_that_are_there_twice_are_told(void **state)
{
    struct fixture *fixture = *state;
    put(fixture, "doe_12345_1_counter.c", CODE);
    put(fixture, "roe_12345_2_counter.c", OTHER);
    struct submissions *all = read_class(fixture);
    assert_int_equal(all->count, 2);
    assert_int_equal(list_count(all->doubled), 1);
    assert_string_equal(all->doubled[0], "12345 (roe_12345_2_counter.c)");
}

// ---- files under other names ----

static void a_file_under_another_name_is_taken_with_a_remark(void **state)
{
    struct fixture *fixture = *state;
    static const char *const names[] = {"Counter.c",         "COUNTER.C",
                                        "counter (1).c",     "counter - Copy.c",
                                        "Copy of counter.c", "Kopie von counter.c",
                                        "counter.c.txt",     "counter.txt",
                                        "smith_counter.c",   "counter_smith.c",
                                        "counter-final2.c",  "counter2.c",
                                        "01-counter.c",      "hw1.counter.c",
                                        "counter.cpp",       "Exercises/01-Counter/Counter.c",
                                        "counter.c ",        "counter .c"};
    enum { COUNT = sizeof names / sizeof *names };
    for (size_t i = 0; i < COUNT; i++)
        put(fixture, talloc_asprintf(fixture->texts, "s%02zu/%s", i, names[i]), CODE);
    put(fixture, "t1/two-locks.c", OTHER);
    put(fixture, "t2/TwoLocks.c", OTHER);
    PACK(fixture, "t3.zip", ZIP, {"hw/two_locks (2).c", OTHER});
    put(fixture, "smith_two_locks.c", OTHER);
    struct submissions *all = read_class(fixture);
    for (size_t i = 0; i < COUNT; i++)
        assert_files(part(find(all, talloc_asprintf(all, "s%02zu", i)), "counter"), CODE,
                     "was taken as counter.c");
    for (int i = 1; i <= 3; i++)
        assert_files(part(find(all, talloc_asprintf(all, "t%d", i)), "two-locks"), OTHER,
                     "was taken as two_locks.c");
    assert_files(part(find(all, "smith_two_locks"), "two-locks"), OTHER, "taken as two_locks.c");
    assert_nothing(part(find(all, "t1"), "counter"));
}

static void files_that_cannot_be_told_apart_are_named(void **state)
{
    struct fixture *fixture = *state;
    put(fixture, "ada/Counter.c", CODE);
    put(fixture, "ada/counter (1).c", OTHER);
    put(fixture, "bob/counter.docx", "PK");
    put(fixture, "cleo/Counter.c", CODE); // the same twice
    put(fixture, "cleo/counter (1).c", CODE);
    put(fixture, "dan/counter.c", CODE); // the right name counts
    put(fixture, "dan/counter (1).c", OTHER);
    put(fixture, "eve/answer.c", CODE);
    put(fixture, "eve/report.pdf", "%PDF");
    put(fixture, "fay/counter.h", CODE);
    put(fixture, "gus/counter_test.c", CODE);
    put(fixture, "hal/encounter.c", CODE);
    struct submissions *all = read_class(fixture);
    const struct handed_in *ada = part(find(all, "ada"), "counter");
    assert_unusable(ada,
                    "counter.c is missing; there is Counter.c and counter (1).c: which is it?");
    assert_unusable(part(find(all, "bob"), "counter"), "there is counter.docx, which is not C");
    assert_files(part(find(all, "cleo"), "counter"), CODE, "was taken as counter.c");
    assert_files(part(find(all, "dan"), "counter"), CODE, "was taken, and not counter (1).c.");
    assert_says(find(all, "eve")->message, "There are answer.c, report.pdf.");
    static const char *const others[] = {"fay", "gus", "hal"};
    for (size_t i = 0; i < 3; i++)
        assert_says(find(all, others[i])->message, "There is ");
}

// The right name does not count where nothing was done under it, and something was under another.
static void an_answer_beside_the_untouched_file_is_taken(void **state)
{
    struct fixture *fixture = *state;
    char *start = file_read(fixture->texts, COURSE, COUNTER, 1 << 20, NULL, NULL);
    put(fixture, "ada/counter.c", start);
    put(fixture, "ada/counter (1).c", CODE);
    put(fixture, "bob/counter.c", start);
    put(fixture, "bob/counter (1).c", CODE);
    put(fixture, "bob/my_counter.c", OTHER); // which is it?
    put(fixture, "cleo/counter.c", start);
    put(fixture, "cleo/counter.docx", "PK");
    put(fixture, "dan/new/counter.c", CODE); // of two copies of the course
    put(fixture, "dan/old/counter.c", start);
    put(fixture, "eve/new/counter.c", start);
    put(fixture, "eve/old/counter.c", start);
    struct submissions *all = read_class(fixture);
    assert_files(part(find(all, "dan"), "counter"), CODE,
                 "new/counter.c was taken, and not old/counter.c.");
    assert_files(part(find(all, "eve"), "counter"), start, "found by its name");
    assert_files(part(find(all, "ada"), "counter"), CODE,
                 "counter (1).c was taken, and not counter.c.");
    assert_files(part(find(all, "bob"), "counter"), start, "counter.c was taken, and not ");
    assert_files(part(find(all, "cleo"), "counter"), start, "and not counter.docx.");
}

// As Moodle hands it out: in a folder by itself, or given in the place of one.
static void the_zip_of_a_class_is_unpacked(void **state)
{
    struct fixture *fixture = *state;
    PACK(fixture, "ada.zip", ZIP, {"work/counter.c", CODE});
    size_t size;
    char *inner = file_read(fixture->texts, fixture->root, "ada.zip", 1 << 20, &size, NULL);
    struct archive *archive = start_archive(fixture, "class/PROG-HW1-42.zip", ZIP);
    struct archive_entry *entry = archive_entry_new();
    archive_entry_set_pathname(entry, "Ada Bell_11_assignsubmission_file_/work.zip");
    archive_entry_set_filetype(entry, AE_IFREG);
    archive_entry_set_size(entry, (la_int64_t)size);
    assert_int_equal(archive_write_header(archive, entry), ARCHIVE_OK);
    assert_int_equal(archive_write_data(archive, inner, size), size);
    archive_entry_free(entry);
    add_member(archive,
               &(struct member){"Bob Ray_12_assignsubmission_file_counter.c", OTHER, 0, 0});
    add_member(archive,
               &(struct member){"Eve_13_assignsubmission_file_/../../../escaped.c", CODE, 0, 0});
    add_member(archive, &(struct member){"Eve_13_assignsubmission_file_/counter.c", "/etc/passwd",
                                         AE_IFLNK, 0});
    add_member(archive, &(struct member){"Eve_13_assignsubmission_file_/two_locks.c", CODE, 0, 0});
    end_archive(archive);
    put(fixture, "class/participants.xlsx", "PK");
    for (int i = 0; i < 2; i++) {
        const char *folder = at(fixture, i == 0 ? "class" : "class/PROG-HW1-42.zip");
        struct submissions *all =
            submissions_read(fixture->context, course, folder, &fixture->problem);
        if (!all)
            fail_msg("%s", fixture->problem.text);
        assert_int_equal(all->count, 3);
        assert_string_equal(find(all, "11")->name, "Ada Bell");
        assert_files(part(find(all, "11"), "counter"), CODE, "work.zip");
        assert_files(part(find(all, "12"), "counter"), OTHER, NULL);
        assert_nothing(part(find(all, "13"), "counter")); // no link is made
        assert_files(part(find(all, "13"), "two-locks"), CODE, NULL);
    }
    assert_int_not_equal(access(at(fixture, "escaped.c"), F_OK), 0);
    put(fixture, "broken/class.zip", "no zip");
    assert_null(submissions_read(fixture->context, course, at(fixture, "broken/class.zip"),
                                 &fixture->problem));
    assert_says(fixture->problem.text, "class.zip cannot be unpacked: ");
}

static void a_folder_that_is_not_there_is_a_problem(void **state)
{
    struct fixture *fixture = *state;
    assert_null(submissions_read(fixture->context, course, at(fixture, "no"), &fixture->problem));
    assert_says(fixture->problem.text, "/no: cannot be read: No such file");
    put(fixture, "file", "");
    assert_null(submissions_read(fixture->context, course, at(fixture, "file"), &fixture->problem));
    assert_says(fixture->problem.text, "Not a directory");
}

static void entries_of_other_kinds_are_told_what_is_taken(void **state)
{
    struct fixture *fixture = *state;
    put(fixture, "bob.rar", "Rar!");
    put_link(fixture, "dan", "/etc");
    put_link(fixture, "eve.zip", "/dev/zero");
    assert_int_equal(mkfifo(at(fixture, "fay.zip"), 0666), 0);
    put(fixture, "gus_1_2_work.7z", "7z");
    for (int i = 20; i-- > 0;)
        put(fixture, talloc_asprintf(fixture->texts, "ida/r%02d.rar", i), "Rar!");
    put(fixture, "hal/work.rar", "Rar!");
    put(fixture, "jim/counter.rar", "Rar!"); // named like a file of the course
    struct submissions *all = read_class(fixture);
    assert_int_equal(all->count, 8);
    for (size_t i = 0; i < all->count; i++)
        assert_says(all->all[i].message, ".zip, .tar.gz, .tgz");
    assert_says(find(all, "bob.rar")->message, "bob.rar is");
    assert_says(find(all, "dan")->message, "dan is a symbolic link, which is not followed");
    assert_says(find(all, "eve.zip")->message, "eve.zip is a symbolic link");
    assert_says(find(all, "fay.zip")->message, "fay.zip is a device, a pipe or a socket");
    assert_says(find(all, "1")->message, "work.7z is an archive of a kind that is not taken");
    assert_says(find(all, "hal")->message, "work.rar is an archive of a kind that is not taken");
    assert_says(find(all, "jim")->message, "counter.rar is an archive of a kind");
    assert_says(find(all, "ida")->message, "r00.rar"); // the first, in whatever order they are read
}

// Beside a file of the course an archive that is not read may hold the others.
static void what_may_be_in_an_unread_archive_is_told(void **state)
{
    struct fixture *fixture = *state;
    put(fixture, "ada/counter.c", "int ada;\n");
    put(fixture, "ada/rest.tar.xz", "xz");
    put(fixture, "bob/counter.c", "int bob;\n");
    struct submissions *all = read_class(fixture);
    const struct handed_in *rest = part(find(all, "ada"), "spinlock");
    assert_files(part(find(all, "ada"), "counter"), "int ada;\n", NULL);
    assert_int_equal(rest->found, FOUND_NOTHING);
    assert_says(rest->message, "rest.tar.xz is an archive of a kind that is not taken");
    assert_null(part(find(all, "bob"), "spinlock")->message);
}

// ---- which files are an exercise's ----

static char *original_of(const struct fixture *fixture, const char *path)
{
    char *text = file_read(fixture->texts, COURSE, path, 1 << 20, NULL, NULL);
    assert_non_null(text);
    return text;
}

static char *with_other_line_ends(const struct fixture *fixture, const char *text)
{
    char *made = talloc_strdup(fixture->texts, "");
    for (; *text; text++)
        made = *text == '\n' ? talloc_strdup_append(made, "\r\n")
                             : talloc_strndup_append(made, text, 1);
    return made;
}

#define CHAPTER "exercises/1-lost-updates/01-counter/"

static void a_changed_file_of_the_course_is_told_to_be_ignored(void **state)
{
    struct fixture *fixture = *state;
    const char *driver = original_of(fixture, CHAPTER "main.c");
    const char *header = original_of(fixture, CHAPTER "counter.h");
    put(fixture, "ada/" COUNTER, CODE);
    put(fixture, "ada/" CHAPTER "main.c", "int main(void) { return 0; }\n");
    put(fixture, "ada/" CHAPTER "counter.h", header);
    put(fixture, "bob/hw1/counter.c", CODE);
    put(fixture, "bob/hw1/counter.h", "struct counter;\n");
    put(fixture, "bob/hw1/main.c", with_other_line_ends(fixture, driver));
    put(fixture, "bob/notes/main.c", "int main(void) { return 1; }\n");
    PACK(fixture, "cleo.zip", ZIP, {"Counter.c", CODE}, {"main.c", OTHER});
    put(fixture, "dan/counter.c", CODE); // whose driver is it?
    put(fixture, "dan/two_locks.c", OTHER);
    put(fixture, "dan/main.c", original_of(fixture, "exercises/2-locks/01-two-locks/main.c"));
    put(fixture, "eve/" COUNTER, CODE);
    put(fixture, "eve/" CHAPTER "main.c", driver);
    put(fixture, "fay/main.c", driver);
    struct submissions *all = read_class(fixture);
    assert_files(part(find(all, "ada"), "counter"), CODE,
                 CHAPTER "main.c is not as handed out; grading used the original.");
    assert_null(strstr(part(find(all, "ada"), "counter")->message, "counter.h"));
    assert_files(part(find(all, "bob"), "counter"), CODE,
                 "hw1/counter.h is not as handed out; grading used the original.");
    assert_null(strstr(part(find(all, "bob"), "counter")->message, "main.c"));
    assert_files(part(find(all, "cleo"), "counter"), CODE, "main.c is not as handed out");
    assert_files(part(find(all, "dan"), "counter"), CODE, NULL);
    assert_files(part(find(all, "eve"), "counter"), CODE, NULL);
    assert_says(find(all, "fay")->message, "There is main.c.");
}

static void a_header_of_ones_own_is_told_to_be_left_out(void **state)
{
    struct fixture *fixture = *state;
    put(fixture, "ada/counter.c", CODE);
    put(fixture, "ada/helper.h", "enum { ONE = 1 };\n");
    put(fixture, "bob/counter.c", CODE);
    put(fixture, "bob/notes/helper.h", "enum { ONE = 1 };\n");
    PACK(fixture, "cleo.zip", ZIP, {"work/counter.c", CODE}, {"work/helper.h", OTHER});
    struct submissions *all = read_class(fixture);
    assert_files(part(find(all, "ada"), "counter"), CODE,
                 "helper.h was not taken: put what you need from it into counter.c.");
    assert_files(part(find(all, "bob"), "counter"), CODE, NULL);
    assert_files(part(find(all, "cleo"), "counter"), CODE, "work/helper.h was not taken");
}

static void the_exact_path_is_better_than_the_folder_than_the_name(void **state)
{
    struct fixture *fixture = *state;
    put(fixture, "ada/a/counter.c", OTHER);
    put(fixture, "ada/b/01-counter/counter.c", OTHER);
    put(fixture, "ada/c/d/e/f/" COUNTER, CODE);
    put(fixture, "bob/a/counter.c", OTHER);
    put(fixture, "bob/b/01-counter/counter.c", CODE);
    put(fixture, "cleo/a/counter.c", OTHER);
    put(fixture, "cleo/counter/counter.c", CODE);
    put(fixture, "dan/hw1/counter.c", CODE);
    put(fixture, "eve/counter.c", CODE);
    put(fixture, "fay/not-01-counter/counter.c", CODE);
    put(fixture, "gus/my" COUNTER, CODE);
    put(fixture, "hal/encounter.c", CODE);
    put(fixture, "ida/" COUNTER, CODE);
    put(fixture, "ida/old/" COUNTER, OTHER);
    struct submissions *all = read_class(fixture);
    assert_files(part(find(all, "ada"), "counter"), CODE, "was taken, and not a/counter.c.");
    assert_files(part(find(all, "bob"), "counter"), CODE, "was taken, and not a/counter.c.");
    assert_files(part(find(all, "cleo"), "counter"), CODE, "was taken, and not a/counter.c.");
    assert_files(part(find(all, "dan"), "counter"), CODE, "hw1/counter.c was found by its name.");
    assert_files(part(find(all, "eve"), "counter"), CODE, NULL);
    assert_files(part(find(all, "fay"), "counter"), CODE, "was found by its name.");
    assert_files(part(find(all, "gus"), "counter"), CODE, NULL);
    assert_says(find(all, "hal")->message, "There is encounter.c.");
    assert_files(part(find(all, "ida"), "counter"), CODE, "and not old/" COUNTER);
}

static void two_different_files_are_refused_and_named(void **state)
{
    struct fixture *fixture = *state;
    put(fixture, "ada/a/counter.c", CODE);
    put(fixture, "ada/b/counter.c", OTHER);
    put(fixture, "bob/a/counter.c", CODE);
    put(fixture, "bob/b/counter.c", CODE);
    put(fixture, "cleo/a/" COUNTER, CODE);
    put(fixture, "cleo/b/" COUNTER, OTHER);
    for (char folder = 'a'; folder < 'g'; folder++)
        put(fixture, talloc_asprintf(fixture->texts, "dan/%c/counter.c", folder),
            folder == 'f' ? OTHER : CODE);
    struct submissions *all = read_class(fixture);
    assert_unusable(part(find(all, "ada"), "counter"),
                    "There are two different counter.c: a/counter.c and b/counter.c; hand in one.");
    assert_files(part(find(all, "bob"), "counter"), CODE, "a/counter.c");
    assert_unusable(part(find(all, "cleo"), "counter"), "a/" COUNTER " and b/" COUNTER);
    assert_unusable(part(find(all, "dan"), "counter"), "c/counter.c and others");
}

static void build_folders_and_the_courses_own_answers_are_left_out(void **state)
{
    struct fixture *fixture = *state;
    static const char *const others[] = {
        "build/counter.c",
        "x/build/" COUNTER,
        "CMakeFiles/counter.c",
        "cmake-build-debug/counter.c",
        "__MACOSX/counter.c",
        ".git/counter.c",
        ".vscode/" COUNTER,
        "solutions/1-lost-updates/01-counter/counter.c",
        "solutions/1-lost-updates/01-counter/also-right/two_locks.c",
        "r/solutions/2-locks/02-early-return/still-wrong/two_locks.c",
        "harness/tests/kinds/destroyed_lock.c",
    };
    struct archive *archive = start_archive(fixture, "bob.zip", ZIP);
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        put(fixture, path_join(fixture->texts, "ada", others[i]), CODE);
        add_member(archive, &(struct member){others[i], CODE, 0, 0});
    }
    end_archive(archive);
    put(fixture, "cleo/solutions/counter.c", CODE); // a folder of the student's own
    put(fixture, "build/counter.c", CODE);          // a student of that name
    struct submissions *all = read_class(fixture);
    for (size_t i = 0; i < course->count; i++) {
        assert_nothing(part(find(all, "ada"), course->exercises[i]->name));
        assert_nothing(part(find(all, "bob"), course->exercises[i]->name));
    }
    assert_files(part(find(all, "cleo"), "counter"), CODE, "found by its name");
    assert_files(part(find(all, "build"), "counter"), CODE, NULL);
}

// A course of three exercises: "counter" edits counter.c and bank.h, "plus-equals" counter.c alone,
// and the third my_bank.h.
static struct course *course_with_shared_names(const struct fixture *fixture)
{
    static const char *edits[][3] = {{"counter.c", "bank.h"}, {"counter.c"}, {"my_bank.h"}};
    struct course *changed = talloc_memdup(fixture->texts, course, sizeof *course);
    changed->count = 3;
    changed->exercises = talloc_array(changed, struct exercise *, 3);
    for (size_t i = 0; i < 3; i++) {
        changed->exercises[i] =
            talloc_memdup(changed, course->exercises[i], sizeof(struct exercise));
        changed->exercises[i]->edit = edits[i];
    }
    return changed;
}

static void several_edit_files_must_all_be_there(void **state)
{
    struct fixture *fixture = *state;
    put(fixture, "ada/01-counter/counter.c", CODE);
    put(fixture, "ada/01-counter/bank.h", OTHER);
    put(fixture, "bob/01-counter/counter.c", CODE);
    put(fixture, "cleo/bank.h", OTHER);
    put(fixture, "dan/a/01-counter/counter.c", CODE); // the other is elsewhere
    put(fixture, "dan/b/01-counter/bank.h", OTHER);
    put(fixture, "eve/a/01-counter/bank.h", OTHER); // once whole, once in part
    put(fixture, "eve/b/01-counter/bank.h", OTHER);
    put(fixture, "eve/b/01-counter/counter.c", CODE);
    put(fixture, "fay/a/01-counter/bank.h", CODE);
    put(fixture, "fay/b/01-counter/bank.h", OTHER);
    put(fixture, "fay/b/01-counter/counter.c", CODE);
    put(fixture, "gus/01-counter/counter.c", CODE);
    put(fixture, "gus/01-counter/bank.h", "");
    put(fixture, "hal/my_bank.h", CODE);
    struct course *changed = course_with_shared_names(fixture);
    struct submissions *all = read_with(fixture, changed);
    static const char *const whole[] = {"ada", "eve"};
    for (size_t i = 0; i < 2; i++) {
        const struct handed_in *counter = part_of(changed, find(all, whole[i]), "counter");
        assert_files(counter, CODE, NULL);
        assert_string_equal(counter->texts[1], OTHER);
    }
    assert_unusable(part_of(changed, find(all, "bob"), "counter"),
                    "bank.h is missing beside 01-counter/counter.c; hand in all of counter.c, "
                    "bank.h in one folder.");
    assert_unusable(part_of(changed, find(all, "cleo"), "counter"), "counter.c is missing");
    assert_unusable(part_of(changed, find(all, "dan"), "counter"), "is missing beside");
    assert_unusable(part_of(changed, find(all, "fay"), "counter"), "two different bank.h");
    assert_unusable(part_of(changed, find(all, "gus"), "counter"), "bank.h is empty");
    assert_nothing(part_of(changed, find(all, "hal"), "counter"));
}

static void a_name_that_two_exercises_share_needs_its_folder(void **state)
{
    struct fixture *fixture = *state;
    put(fixture, "ada/counter.c", CODE);
    put(fixture, "bob/plus-equals/counter.c", CODE);
    struct course *changed = course_with_shared_names(fixture);
    struct submissions *all = read_with(fixture, changed);
    assert_unusable(part_of(changed, find(all, "ada"), "plus-equals"),
                    "counter.c may be for plus-equals or for counter; hand it in within its "
                    "exercise's folder, as 02-plus-equals/counter.c.");
    assert_files(part_of(changed, find(all, "bob"), "plus-equals"), CODE, NULL);
    assert_nothing(part_of(changed, find(all, "bob"), "counter"));
}

// ---- what is in the files ----

static void contents_are_made_text_or_refused(void **state)
{
    struct fixture *fixture = *state;
    static const struct {
        const char *bytes;
        size_t size;
        const char *text, *message; // text NULL: refused
    } cases[] = {
#define BYTES(bytes) bytes, sizeof bytes - 1
        {BYTES(""), NULL, "counter.c is empty; hand in"},
        {BYTES(" \t\r\n\v\f\n"), NULL, "is empty"},
        {BYTES("\xef\xbb\xbf\n"), NULL, "is empty"},
        {BYTES("int a;\0"), NULL, "is not text but a binary file"},
        {BYTES("\x01\x02\x03 abcdefgh"), NULL, "is not text but a binary file"},
        {BYTES("\xff\xfei\0n\0t\0\r\0\n\0"), "int\n", "was saved as UTF-16 and was made UTF-8"},
        {BYTES("\xfe\xff\0i\0n\0t \x19\xd8\x3d\xde\0\xd8\0"), "int\u2019\U0001F600\uFFFD",
         "was saved as UTF-16"},
        {BYTES("\xff\xfei\0\0\0t\0"), NULL, "is not text but a binary file"},
        {BYTES("\xef\xbb\xbfint a;\n"), "int a;\n", "counter.c starts with a byte order mark"},
        {BYTES("// Z\xe4hler\nint a;\n"), "// Z\xe4hler\nint a;\n", "is not valid UTF-8"},
        {BYTES("// \xed\xa0\x80\n"), "// \xed\xa0\x80\n", "is not valid UTF-8"}, // a surrogate
        {BYTES("// \xc0\xaf\n"), "// \xc0\xaf\n", "is not valid UTF-8"},         // overlong
        {BYTES("// Z\xc3\xa4hler\n"), "// Z\xc3\xa4hler\n", NULL},
        {BYTES("int a;\r\nint b;\r\n"), "int a;\nint b;\n", NULL},
        {BYTES("int a;\rint b;\r\n\r"), "int a;\nint b;\n\n", "lines that end in CR alone"},
        {BYTES("char *red = \"\x1b[31m\"; // 12345\n"), "char *red = \"\x1b[31m\"; // 12345\n",
         NULL},
        {BYTES("int a;"), "int a;", NULL},
    };
    enum { COUNT = sizeof cases / sizeof *cases };
    for (size_t i = 0; i < COUNT; i++)
        put_bytes(fixture, talloc_asprintf(fixture->texts, "s%02zu/counter.c", i), cases[i].bytes,
                  cases[i].size);
    struct submissions *all = read_class(fixture);
    for (size_t i = 0; i < COUNT; i++) {
        const struct handed_in *counter = part(&all->all[i], "counter");
        if (cases[i].text)
            assert_files(counter, cases[i].text, cases[i].message);
        else
            assert_unusable(counter, cases[i].message);
    }
}

static void the_size_of_a_file_is_limited(void **state)
{
    struct fixture *fixture = *state;
    char *text = talloc_size(fixture->texts, FILE_LIMIT + 2);
    memset(text, 'x', FILE_LIMIT + 1);
    text[FILE_LIMIT + 1] = '\0';
    static const char *const names[] = {"long", "longzip.zip", "longtgz.tgz"};
    put(fixture, "long/counter.c", text);
    PACK(fixture, names[1], ZIP, {COUNTER, text});
    PACK(fixture, names[2], TGZ, {COUNTER, text});
    text[FILE_LIMIT] = '\0';
    put(fixture, "most/counter.c", text);
    PACK(fixture, "mostzip.zip", ZIP, {COUNTER, text});
    PACK(fixture, "mosttgz.tgz", TGZ, {COUNTER, text});
    put(fixture, "sparse/counter.c", "");
    assert_int_equal(truncate(at(fixture, "sparse/counter.c"), (off_t)1 << 42), 0);
    double start = moment_now();
    struct submissions *all = read_class(fixture);
    assert_true(moment_now() - start < 2);
    static const char *const large[] = {"long", "longzip", "longtgz", "sparse"};
    for (size_t i = 0; i < 4; i++)
        assert_unusable(part(find(all, large[i]), "counter"), "counter.c is larger than 256 KiB");
    static const char *const most[] = {"most", "mostzip", "mosttgz"};
    for (size_t i = 0; i < 3; i++)
        assert_files(part(find(all, most[i]), "counter"), text, NULL);
}

// ---- what is not a file ----

static void what_is_no_file_is_never_opened(void **state)
{
    struct fixture *fixture = *state;
    put_link(fixture, "link/counter.c", "/dev/zero");
    put_link(fixture, "linked/counter.c", at(fixture, "link/real.c"));
    put(fixture, "link/real.c", CODE);
    put(fixture, "fifo/x", "");
    assert_int_equal(mkfifo(at(fixture, "fifo/counter.c"), 0666), 0);
    put(fixture, "folder/counter.c/main.c", CODE);
    put(fixture, "socket/x", "");
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    assert_true(text_format(address.sun_path, sizeof address.sun_path, "%s",
                            at(fixture, "socket/counter.c")));
    int listener = socket(AF_UNIX, SOCK_STREAM, 0);
    assert_int_equal(bind(listener, (struct sockaddr *)&address, sizeof address), 0);
    close(listener);
    put(fixture, "inner/counter.c/counter.c", CODE); // unpacked into a folder of its name
    double start = moment_now();
    struct submissions *all = read_class(fixture);
    assert_true(moment_now() - start < 2);
    assert_unusable(part(find(all, "link"), "counter"),
                    "counter.c is a link, which is not followed");
    assert_unusable(part(find(all, "linked"), "counter"), "is a link");
    assert_unusable(part(find(all, "fifo"), "counter"), "is a device, a pipe or a socket");
    assert_unusable(part(find(all, "socket"), "counter"), "is a device, a pipe or a socket");
    assert_unusable(part(find(all, "folder"), "counter"), "is a folder where a file belongs");
    assert_files(part(find(all, "inner"), "counter"), CODE, "was found by its name");
}

static void linked_folders_are_not_followed(void **state)
{
    struct fixture *fixture = *state;
    put(fixture, "real/" COUNTER, CODE);
    put_link(fixture, "chapter/exercises/1-lost-updates",
             at(fixture, "real/exercises/1-lost-updates"));
    put_link(fixture, "exercises/exercises", at(fixture, "real/exercises"));
    put_link(fixture, "other/hw", at(fixture, "real"));
    put_link(fixture, "both/hw", at(fixture, "real"));
    put(fixture, "both/two_locks.c", CODE);
    put_link(fixture, "loop/exercises", ".");
    struct submissions *all = read_class(fixture);
    assert_unusable(part(find(all, "chapter"), "counter"), "exercises/1-lost-updates is a link");
    assert_nothing(part(find(all, "chapter"), "two-locks"));
    assert_unusable(part(find(all, "exercises"), "counter"), "exercises is a link");
    assert_unusable(part(find(all, "loop"), "two-locks"), "exercises is a link");
    assert_says(find(all, "other")->message, "hw is a symbolic link, which is not followed");
    assert_nothing(part(find(all, "both"), "counter"));
    assert_files(part(find(all, "both"), "two-locks"), CODE, NULL);
}

static void unreadable_files_and_folders_are_told(void **state)
{
    struct fixture *fixture = *state;
    put(fixture, "file/counter.c", CODE);
    put(fixture, "folder/exercises/x", CODE);
    put(fixture, "other/hw/counter.c", CODE);
    put(fixture, "top/counter.c", CODE);
    put(fixture, "zip.zip", CODE);
    static const char *const names[] = {"file/counter.c", "folder/exercises", "other/hw", "top",
                                        "zip.zip"};
    for (size_t i = 0; i < 5; i++)
        assert_int_equal(chmod(at(fixture, names[i]), 0), 0);
    bool root = geteuid() == 0;
    if (root) { // who reads everything
        assert_int_equal(chmod(fixture->root, 0777), 0);
        assert_int_equal(seteuid(65534), 0);
    }
    struct submissions *all =
        submissions_read(fixture->context, course, fixture->root, &fixture->problem);
    if (root)
        assert_int_equal(seteuid(0), 0);
    for (size_t i = 0; i < 5; i++)
        assert_int_equal(chmod(at(fixture, names[i]), 0777), 0);
    assert_non_null(all);
    assert_unusable(part(find(all, "file"), "counter"), "counter.c cannot be read");
    assert_unusable(part(find(all, "folder"), "counter"), "exercises cannot be read");
    assert_says(find(all, "other")->message, "hw cannot be read: Permission denied");
    assert_says(find(all, "top")->message, "top cannot be read: Permission denied");
    assert_says(find(all, "zip")->message, "zip.zip cannot be read: Permission denied");
}

static void depth_and_number_of_files_are_limited(void **state)
{
    struct fixture *fixture = *state;
    char *path = talloc_strdup(fixture->texts, "deep/");
    for (int i = 0; i < DEPTH_LIMIT; i++)
        path = talloc_strdup_append(path, "d/");
    put(fixture, talloc_asprintf(fixture->texts, "%scounter.c", path), CODE);
    put(fixture, talloc_asprintf(fixture->texts, "too%sd/counter.c", path), CODE);
    put(fixture, "many/a/counter.c", CODE);
    int folder = open(at(fixture, "many"), O_RDONLY | O_DIRECTORY);
    for (int i = 0; i < ENTRIES_LIMIT; i++)
        assert_int_equal(
            linkat(folder, "a/counter.c", folder, talloc_asprintf(fixture->texts, "%d", i), 0), 0);
    close(folder);
    struct submissions *all = read_class(fixture);
    assert_files(part(find(all, "deep"), "counter"), CODE, "found by its name");
    assert_says(find(all, "toodeep")->message, "more than 32 deep");
    assert_says(find(all, "many")->message, "holds more than 20000 files");
}

// ---- archives ----

static void paths_that_lead_out_make_an_archive_unacceptable(void **state)
{
    struct fixture *fixture = *state;
    static const char *const paths[] = {
        "/etc/passwd",  "../counter.c",  "a/../../counter.c", "a/..",
        "..",           "..\\counter.c", "a\\..\\..\\x",      "C:\\counter.c",
        "c:/counter.c", "\\x",           ".git/../../x",
    };
    enum { COUNT = sizeof paths / sizeof *paths };
    static const enum packing packings[] = {ZIP, TAR, TGZ};
    for (size_t i = 0; i < COUNT; i++)
        for (size_t j = 0; j < 3; j++)
            PACK(fixture, talloc_asprintf(fixture->texts, "s%02zu%zu%s", i, j, endings[j]),
                 packings[j], {COUNTER, CODE}, {paths[i], CODE});
    struct submissions *all = read_class(fixture);
    assert_int_equal(all->count, COUNT * 3);
    for (size_t i = 0; i < all->count; i++) {
        assert_says(all->all[i].message, all->all[i].entry);
        assert_says(all->all[i].message,
                    strstr(paths[i / 3], "..") ? "\"..\"" : "an absolute path");
        assert_says(all->all[i].message, "and is not unpacked");
    }
    assert_null(find(all, "s000")->parts[0].texts);
    assert_int_equal(access("/tmp/counter.c", F_OK), -1);
}

static void links_and_devices_in_archives_are_not_taken(void **state)
{
    struct fixture *fixture = *state;
    PACK(fixture, "zip.zip", ZIP, {COUNTER, "/etc/passwd", AE_IFLNK}, {LOCKS, CODE});
    PACK(fixture, "tar.tar", TAR, {COUNTER, "/etc/passwd", AE_IFLNK}, {LOCKS, CODE});
    PACK(fixture, "dev.tgz", TGZ, {COUNTER, NULL, AE_IFCHR}, {LOCKS, NULL, AE_IFIFO});
    PACK(fixture, "way.tgz", TGZ, {"exercises", "/etc", AE_IFLNK}, {"two_locks.c", CODE});
    PACK(fixture, "else.zip", ZIP, {"latest", "/etc", AE_IFLNK}, {COUNTER, CODE});
    PACK(fixture, "folder.zip", ZIP, {COUNTER "/", NULL, AE_IFDIR});
    struct archive *archive = start_archive(fixture, "hard.tar", TAR);
    struct archive_entry *entry = archive_entry_new();
    archive_entry_set_pathname(entry, COUNTER);
    archive_entry_set_hardlink(entry, "/etc/passwd");
    archive_entry_set_filetype(entry, AE_IFREG);
    assert_int_equal(archive_write_header(archive, entry), ARCHIVE_OK);
    archive_entry_free(entry);
    end_archive(archive);
    struct submissions *all = read_class(fixture);
    assert_unusable(part(find(all, "zip"), "counter"), COUNTER " is a link, which is not followed");
    assert_files(part(find(all, "zip"), "two-locks"), CODE, NULL);
    assert_unusable(part(find(all, "tar"), "counter"), "is a link");
    assert_unusable(part(find(all, "hard"), "counter"), "is a link");
    assert_unusable(part(find(all, "dev"), "counter"), "is a device");
    assert_unusable(part(find(all, "dev"), "two-locks"), "is a device, a pipe");
    assert_unusable(part(find(all, "way"), "counter"), "exercises is a link");
    assert_files(part(find(all, "way"), "two-locks"), CODE, NULL);
    assert_files(part(find(all, "else"), "counter"), CODE, NULL);
    assert_unusable(part(find(all, "folder"), "counter"), "is a folder");
}

// The first `size` bytes of an archive (negative: all but so many) as another.
static void put_cut(const struct fixture *fixture, const char *from, const char *name, long size)
{
    size_t whole;
    char *bytes = file_read(fixture->texts, fixture->root, from, 1 << 20, &whole, NULL);
    assert_non_null(bytes);
    put_bytes(fixture, name, bytes, size < 0 ? whole - (size_t)-size : (size_t)size);
}

// With one byte in the middle of its contents changed.
static void put_damaged(const struct fixture *fixture, const char *from, const char *name,
                        const char *in)
{
    size_t whole;
    char *bytes = file_read(fixture->texts, fixture->root, from, 1 << 20, &whole, NULL);
    assert_non_null(bytes);
    char *found = memmem(bytes, whole, in, strlen(in));
    assert_non_null(found);
    *found ^= 1;
    put_bytes(fixture, name, bytes, whole);
}

static void broken_archives_are_told(void **state)
{
    struct fixture *fixture = *state;
    char *text = talloc_strdup(fixture->texts, "// A long file\n");
    for (int i = 0; i < 3000; i++)
        text = talloc_asprintf_append(text, "%d\n", i * i);
    PACK(fixture, ".whole.zip", ZIP, {COUNTER, text}, {LOCKS, CODE});
    PACK(fixture, ".stored.zip", STORED_ZIP, {COUNTER, text}, {LOCKS, CODE});
    PACK(fixture, ".whole.tgz", TGZ, {COUNTER, text}, {LOCKS, CODE});
    PACK(fixture, ".whole.tar", TAR, {COUNTER, text}, {LOCKS, CODE});
    put_cut(fixture, ".whole.zip", "cut1.zip", -10);
    put_cut(fixture, ".whole.zip", "cut2.zip", 2000);
    put_cut(fixture, ".whole.tgz", "cut3.tgz", 2000);
    put_cut(fixture, ".whole.tar", "cut4.tar", 5000);
    put_cut(fixture, ".whole.tar", "cut5.tar", 600);
    put_damaged(fixture, ".whole.tar", "damaged1.tar", "two_locks.c");
    put_damaged(fixture, ".whole.zip", "damaged2.zip", "PK\001\002");
    put_damaged(fixture, ".stored.zip", "damaged3.zip", "long file"); // the checksum tells
    put(fixture, "html.zip", "<html>You are not logged in</html>");
    put(fixture, "rar.zip", "Rar!\x1a\x07");
    put(fixture, "empty0.zip", "");
    PACK(fixture, "empty1.zip", ZIP, {0});
    PACK(fixture, "empty2.tar", TAR, {0});
    PACK(fixture, "empty3.tgz", TGZ, {0});
    PACK(fixture, "locked.zip", LOCKED_ZIP, {COUNTER, CODE});
    put_cut(fixture, ".whole.tar", "tar.zip", -1); // what it is counts, not what it is called
    struct submissions *all = read_class(fixture);
    for (size_t i = 0; i < all->count; i++)
        if (strncmp(all->all[i].id, "cut", 3) == 0 || strncmp(all->all[i].id, "dam", 3) == 0)
            assert_says(all->all[i].message,
                        "cannot be unpacked: it is damaged, cut short, or not");
        else if (strncmp(all->all[i].id, "empty", 5) == 0)
            assert_says(all->all[i].message, "Pack your folder again");
    assert_says(find(all, "html")->message, "or not what its name says");
    assert_says(find(all, "rar")->message, "or not what its name says");
    assert_says(find(all, "locked")->message, "locked.zip is protected by a password");
    assert_files(part(find(all, "tar"), "counter"), text, NULL);
}

static void doubled_members_must_be_the_same(void **state)
{
    struct fixture *fixture = *state;
    PACK(fixture, "same.zip", ZIP, {COUNTER, CODE}, {COUNTER, CODE});
    PACK(fixture, "zip.zip", ZIP, {COUNTER, CODE}, {COUNTER, OTHER});
    PACK(fixture, "tar.tar", TAR, {COUNTER, CODE}, {"./" COUNTER, OTHER});
    PACK(fixture, "link.tar", TAR, {COUNTER, CODE}, {COUNTER, "x", AE_IFLNK});
    struct submissions *all = read_class(fixture);
    assert_files(part(find(all, "same"), "counter"), CODE, NULL);
    assert_unusable(part(find(all, "zip"), "counter"),
                    COUNTER " is there twice, with different contents");
    assert_unusable(part(find(all, "tar"), "counter"), "is there twice");
    assert_unusable(part(find(all, "link"), "counter"), "is there twice");
}

static void archives_within_a_students_folder_are_unpacked_once(void **state)
{
    struct fixture *fixture = *state;
    PACK(fixture, "A_1_assignsubmission_file_/work.tgz", TGZ, {COUNTER, CODE});
    PACK(fixture, "B_2_assignsubmission_file_/work.zip", ZIP, {COUNTER, CODE});
    put(fixture, "B_2_assignsubmission_file_/counter.c", OTHER); // worse a place
    PACK(fixture, "C_3_assignsubmission_file_/one.zip", ZIP, {COUNTER, CODE});
    PACK(fixture, "C_3_assignsubmission_file_/two.zip", ZIP, {COUNTER, OTHER});
    PACK(fixture, "D_4_assignsubmission_file_/evil.zip", ZIP, {"../x", CODE});
    PACK(fixture, "E_5_assignsubmission_file_/hw/work.zip", ZIP, {COUNTER, CODE});
    PACK(fixture, "F_6_assignsubmission_file_/work.zip", ZIP, {"inner.tar.gz", CODE});
    PACK(fixture, "G.zip", ZIP, {"inner.zip", CODE});
    PACK(fixture, "H.zip", ZIP, {"inner.zip", CODE}, {COUNTER, CODE});
    struct submissions *all = read_class(fixture);
    assert_files(part(find(all, "1"), "counter"), CODE, NULL);
    assert_files(part(find(all, "2"), "counter"), CODE,
                 "work.zip/" COUNTER " was taken, and not counter.c.");
    assert_unusable(part(find(all, "3"), "counter"), "one.zip/" COUNTER " and two.zip/" COUNTER);
    assert_says(find(all, "4")->message, "evil.zip holds a path with \"..\"");
    assert_says(find(all, "5")->message, "hw/work.zip is an archive within a folder");
    assert_says(find(all, "6")->message, "work.zip/inner.tar.gz is an archive within an archive");
    assert_says(find(all, "G")->message, "inner.zip is an archive within an archive");
    assert_files(part(find(all, "H"), "counter"), CODE, NULL);
}

static void put_many(const struct fixture *fixture, const char *name, enum packing packing,
                     size_t count)
{
    struct archive *archive = start_archive(fixture, name, packing);
    for (size_t i = 0; i < count; i++)
        add_member(archive,
                   &(struct member){.path = talloc_asprintf(fixture->texts, "%zu", i), .text = ""});
    end_archive(archive);
}

static void the_number_of_members_is_limited(void **state)
{
    struct fixture *fixture = *state;
    put_many(fixture, "most.zip", ZIP, MEMBERS_LIMIT);
    put_many(fixture, "more.zip", ZIP, MEMBERS_LIMIT + 1);
    put_many(fixture, "tgz.tgz", TGZ, MEMBERS_LIMIT + 1);
    put_many(fixture, "shared/a.zip", ZIP, MEMBERS_LIMIT / 2);
    put_many(fixture, "shared/b.zip", ZIP, MEMBERS_LIMIT / 2 + 1);
    struct submissions *all = read_class(fixture);
    assert_says(find(all, "most")->message, "There are 0, 1, 2 and others.");
    assert_says(find(all, "more")->message, "holds more than 10000 files");
    assert_says(find(all, "tgz")->message, "holds more than 10000 files");
    assert_says(find(all, "shared")->message, "holds more than 10000 files");
}

static void bombs_stop_at_the_limit(void **state)
{
    struct fixture *fixture = *state;
    enum { BOMB = 72 << 20, HALF = 36 << 20 };
    PACK(fixture, "beside.tgz", TGZ, {"zeros", .zeros = BOMB}, {COUNTER, CODE});
    PACK(fixture, "answer.tgz", TGZ, {COUNTER, .zeros = BOMB});
    PACK(fixture, "ignored.tgz", TGZ, {"build/" COUNTER, .zeros = BOMB});
    PACK(fixture, "besidezip.zip", ZIP, {"zeros", .zeros = BOMB}, {COUNTER, CODE});
    PACK(fixture, "answerzip.zip", ZIP, {COUNTER, .zeros = BOMB}, {LOCKS, CODE});
    PACK(fixture, "shared/a.tgz", TGZ, {"zeros", .zeros = HALF});
    PACK(fixture, "shared/b.tgz", TGZ, {"zeros", .zeros = HALF});
    put(fixture, "sparse.zip", "");
    assert_int_equal(truncate(at(fixture, "sparse.zip"), (off_t)1 << 42), 0);
    double start = moment_now();
    struct submissions *all = read_class(fixture);
    assert_true(moment_now() - start < 4);
    assert_says(find(all, "beside")->message, "unpacks to more than 64 MiB");
    assert_says(find(all, "answer")->message, "unpacks to more than 64 MiB");
    assert_says(find(all, "ignored")->message, "unpacks to more than 64 MiB");
    assert_says(find(all, "shared")->message, "unpacks to more than 64 MiB");
    assert_says(find(all, "sparse")->message, "sparse.zip is larger than 64 MiB");
    assert_files(part(find(all, "besidezip"), "counter"), CODE, NULL); // never unpacked
    assert_unusable(part(find(all, "answerzip"), "counter"), "is larger than 256 KiB");
    assert_files(part(find(all, "answerzip"), "two-locks"), CODE, NULL);
}

// A member of a type that has no contents, and says that it has.
static void bytes_behind_any_member_count(void **state)
{
    struct fixture *fixture = *state;
    char header[512] = "./folder/";
    unsigned sum = 0;
    memcpy(header + 100, "0000644", 7);
    snprintf(header + 124, 12, "%011o", 72u << 20);
    memset(header + 148, ' ', 8); // the checksum's place counts as blanks
    header[156] = 'D';            // a folder, in GNU's incremental dumps
    memcpy(header + 257, "ustar\00000", 8);
    for (size_t i = 0; i < sizeof header; i++)
        sum += (unsigned char)header[i];
    snprintf(header + 148, 8, "%06o", sum);

    struct archive *archive = archive_write_new();
    struct archive_entry *entry = archive_entry_new();
    assert_int_equal(archive_write_set_format_raw(archive), ARCHIVE_OK);
    assert_int_equal(archive_write_add_filter_gzip(archive), ARCHIVE_OK);
    assert_int_equal(archive_write_open_filename(archive, at(fixture, "tgz.tgz")), ARCHIVE_OK);
    archive_entry_set_filetype(entry, AE_IFREG);
    assert_int_equal(archive_write_header(archive, entry), ARCHIVE_OK);
    assert_int_equal(archive_write_data(archive, header, sizeof header), sizeof header);
    write_zeros(archive, 72 << 20);
    archive_entry_free(entry);
    end_archive(archive);
    assert_says(read_class(fixture)->all[0].message, "unpacks to more than 64 MiB");
}

static void many_answers_count_against_the_limit(void **state)
{
    struct fixture *fixture = *state;
    struct archive *archive = start_archive(fixture, "zip.zip", ZIP);
    for (size_t i = 0; i < BYTES_LIMIT / FILE_LIMIT + 1; i++)
        add_member(archive,
                   &(struct member){.path = talloc_asprintf(fixture->texts, "%zu/counter.c", i),
                                    .zeros = FILE_LIMIT});
    end_archive(archive);
    assert_says(read_class(fixture)->all[0].message, "unpacks to more than 64 MiB");
}

// Members that are nothing but their names.
static void the_names_of_members_count(void **state)
{
    enum { LONG = 4000, MANY = 1200 };
    struct fixture *fixture = *state;
    char *name = talloc_zero_size(fixture->texts, LONG * 8);
    memset(name, 'x', LONG * 8 - 1);
    PACK(fixture, "bob.tar.gz", TGZ, {name, CODE}, {COUNTER, CODE});
    name[LONG] = '\0';
    struct archive *archive = start_archive(fixture, "ada.tgz", TGZ);
    for (int i = 0; i < MANY; i++)
        add_member(archive, &(struct member){.path = name, .text = ""});
    end_archive(archive);
    PACK(fixture, "cleo.zip", ZIP, {name, CODE}, {COUNTER, CODE});
    struct submissions *all = read_class(fixture);
    assert_says(find(all, "bob")->message, "holds a name of more than 4096 characters");
    assert_files(part(find(all, "cleo"), "counter"), CODE, NULL);
    assert_says(find(all, "ada")->message, "unpacks to more than 64 MiB");
}

static void a_sparse_member_is_not_read(void **state)
{
    struct fixture *fixture = *state;
    struct archive *archive = start_archive(fixture, "sparse.tar", TAR);
    struct archive_entry *entry = archive_entry_new();
    archive_entry_set_pathname(entry, COUNTER);
    archive_entry_set_filetype(entry, AE_IFREG);
    archive_entry_set_size(entry, (la_int64_t)1 << 40);
    archive_entry_sparse_add_entry(entry, ((la_int64_t)1 << 40) - 512, 512);
    assert_int_equal(archive_write_header(archive, entry), ARCHIVE_OK);
    // The writer wants the holes too; the archive is left as far as it is.
    write_zeros(archive, 1 << 16);
    archive_write_free(archive);
    archive_entry_free(entry);
    double start = moment_now();
    struct submissions *all = read_class(fixture);
    assert_true(moment_now() - start < 1);
    assert_unusable(part(&all->all[0], "counter"), "is larger than 256 KiB");
}

// ---- names as weapons ----

static void hostile_names_are_made_legible(void **state)
{
    struct fixture *fixture = *state;
    static const char evil[] = "\x1b]0;x\x07\n<script>\xff\xe2\x80\xae";
    const char *path = talloc_asprintf(fixture->texts, "%s/counter.c", evil);
    const char *other = talloc_asprintf(fixture->texts, "%s2/counter.c", evil);
    put(fixture, path_join(fixture->texts, evil, path), CODE);
    PACK(fixture, "zip.zip", ZIP, {path, CODE}, {other, OTHER});
    PACK(fixture, "tar.tar", TAR, {path, CODE}, {other, OTHER});
    PACK(fixture, "up.tar", TAR, {talloc_asprintf(fixture->texts, "%s/../x", evil), CODE});
    PACK(fixture, talloc_asprintf(fixture->texts, "x%s.zip", evil), ZIP, {"../x", CODE});
    static const char *const named[] = {"zip", "tar"};
    struct submissions *all = read_class(fixture); // holds all it says to assert_fit
    assert_int_equal(all->count, 5);
    assert_string_equal(all->all[0].name, "?]0;x?"
                                          "?<script>??");
    assert_files(part(&all->all[0], "counter"), CODE,
                 "?]0;x?"
                 "?<script>?"
                 "?/counter.c was found");
    for (size_t i = 0; i < 2; i++)
        assert_unusable(part(find(all, named[i]), "counter"), "two different counter.c");
    assert_says(find(all, "up")->message, "<script>");
}

static void umlauts_in_archives_do_no_harm(void **state)
{
    struct fixture *fixture = *state;
    static const char utf8[] = "\xc3\x9c-Blatt/" COUNTER, latin[] = "\xdc-Blatt/" COUNTER;
    PACK(fixture, "zip.zip", ZIP, {utf8, CODE});
    PACK(fixture, "tar.tar", TAR, {utf8, CODE});
    PACK(fixture, "latin.zip", ZIP, {latin, CODE});
    PACK(fixture, "latin.tar", TAR, {latin, CODE});
    locale_t locale = newlocale(LC_CTYPE_MASK, "C.UTF-8", (locale_t)0), before = uselocale(locale);
    PACK(fixture, "marked.zip", ZIP, {utf8, CODE}); // says that its names are UTF-8
    PACK(fixture, "marked.tar", TAR, {utf8, CODE});
    PACK(fixture, "wrong.tar", TAR, {latin, CODE}); // says so too, but they are not
    uselocale(before);
    freelocale(locale);
    struct submissions *all = read_class(fixture);
    assert_int_equal(all->count, 7);
    for (size_t i = 0; i < all->count; i++)
        assert_files(part(&all->all[i], "counter"), CODE, NULL);
}

// In whatever way it was handed in; a text that differs in a character is another.
static void what_is_the_same_is_kept_once(void **state)
{
    struct fixture *fixture = *state;
    put(fixture, "ada/" COUNTER, CODE);
    put(fixture, "bob/counter.c", CODE);
    put(fixture, "eve/" COUNTER, "int counted;\n");
    struct submissions *all = read_class(fixture);
    assert_int_equal(all->count, 3);
    const char *texts[3];
    for (size_t i = 0; i < 3; i++) {
        size_t counter = 0;
        while (strcmp(course->exercises[counter]->name, "counter") != 0)
            counter++;
        assert_int_equal(all->all[i].parts[counter].found, FOUND_FILES);
        texts[i] = all->all[i].parts[counter].texts[0];
    }
    assert_ptr_equal(texts[0], texts[1]);
    assert_string_equal(texts[0], CODE);
    assert_string_equal(texts[2], "int counted;\n");
}

static void long_texts_lose_their_middle(void **state)
{
    (void)state;
    static const struct {
        const char *text, *cut;
    } cases[] = {
        {"abcdefghij", "abcdefghij"},
        {"abcdefghijk", "abc...hijk"},
        {"\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4"
         "bcdefghijk\xc3\xb6",
         "\xc3\xa4\xc3\xa4\xc3\xa4...ijk\xc3\xb6"},
        {"", ""},
        {"a\xf4\x8f\xbf\xbe"
         "b\xc2\x85",
         "a\xf4\x8f\xbf\xbe"
         "b?"},
        {"\xe2\x82", "??"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char *text = legible(NULL, cases[i].text, 10);
        assert_string_equal(text, cases[i].cut);
        talloc_free(text);
    }
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, fixture_setup, fixture_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(folders_clones_and_archives_are_students),
        TEST(moodle_names_give_name_and_number),
        TEST(canvas_names_are_grouped_by_student),
        TEST(names_that_only_look_like_canvas_or_moodle_are_taken_whole),
        TEST(ids_are_safe_and_unique_in_a_stable_order),
        TEST(very_long_names_are_shortened),
        TEST(blackboard_names_give_the_latest_attempt),
        TEST(brightspace_names_give_the_latest_download),
        TEST(of_one_minute_neither_counts),
        TEST(folders_of_groups_are_looked_into),
        TEST(what_groups_leave_open_is_told),
        TEST(anonymous_canvas_names_are_grouped),
        TEST(no_file_name_takes_anothers_id),
        TEST(ids_that_are_there_twice_are_told),
        TEST(instructors_files_are_passed_over),
        TEST(a_file_under_another_name_is_taken_with_a_remark),
        TEST(an_answer_beside_the_untouched_file_is_taken),
        TEST(files_that_cannot_be_told_apart_are_named),
        TEST(strays_are_no_students),
        TEST(what_hides_is_told),
        TEST(the_zip_of_a_class_is_unpacked),
        TEST(a_folder_that_is_not_there_is_a_problem),
        TEST(entries_of_other_kinds_are_told_what_is_taken),
        TEST(what_may_be_in_an_unread_archive_is_told),
        TEST(a_changed_file_of_the_course_is_told_to_be_ignored),
        TEST(a_header_of_ones_own_is_told_to_be_left_out),
        TEST(the_exact_path_is_better_than_the_folder_than_the_name),
        TEST(two_different_files_are_refused_and_named),
        TEST(build_folders_and_the_courses_own_answers_are_left_out),
        TEST(several_edit_files_must_all_be_there),
        TEST(a_name_that_two_exercises_share_needs_its_folder),
        TEST(contents_are_made_text_or_refused),
        TEST(the_size_of_a_file_is_limited),
        TEST(what_is_no_file_is_never_opened),
        TEST(linked_folders_are_not_followed),
        TEST(unreadable_files_and_folders_are_told),
        TEST(depth_and_number_of_files_are_limited),
        TEST(paths_that_lead_out_make_an_archive_unacceptable),
        TEST(links_and_devices_in_archives_are_not_taken),
        TEST(broken_archives_are_told),
        TEST(doubled_members_must_be_the_same),
        TEST(archives_within_a_students_folder_are_unpacked_once),
        TEST(the_number_of_members_is_limited),
        TEST(bombs_stop_at_the_limit),
        TEST(bytes_behind_any_member_count),
        TEST(many_answers_count_against_the_limit),
        TEST(the_names_of_members_count),
        TEST(a_sparse_member_is_not_read),
        TEST(hostile_names_are_made_legible),
        TEST(umlauts_in_archives_do_no_harm),
        TEST(long_texts_lose_their_middle),
        TEST(what_is_the_same_is_kept_once),
    };
    return cmocka_run_group_tests_name("submissions", tests, load_course, free_course);
}
