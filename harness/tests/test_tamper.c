// What the inspection refuses, with the reason and the line, and that it refuses nothing an honest
// answer holds: all answers of the course are tried.
#include "course.h"
#include "detectors/detector.h"
#include "files.h"
#include "subjects.h"
#include "tamper.h"
#include "workspace.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <talloc.h>

enum { FILE_LIMIT = 1 << 20 };

static struct course *course;

static int load_course(void **state)
{
    struct problem problem;
    (void)state;
    course = course_load(NULL, COURSE, detector_names, COURSE_WITH_ANSWERS, &problem);
    if (!course)
        print_error("%s\n", problem.text);
    return course ? 0 : -1;
}

static int free_course(void **state)
{
    (void)state;
    return talloc_free(course);
}

// ---- a copy of an exercise with somebody's files ----

struct desk {
    const struct exercise *exercise;
    struct sources sources;
    enum inspection inspection;
    struct refusal refusal;
    struct problem problem;
};

static void put(const struct desk *desk, const char *name, const char *text)
{
    struct problem problem;
    char *path = path_join(desk, desk->exercise->folder, name);
    if (!file_write(desk->sources.root, path, text, strlen(text), &problem))
        fail_msg("%s", problem.text);
}

static void make_folders(const char *root, const char *folder)
{
    for (const char *at = folder; (at = strchr(at, '/')) || (at = folder + strlen(folder));) {
        mkdir(talloc_asprintf(root, "%s/%.*s", root, (int)(at - folder), folder), 0777);
        if (!*at++)
            return;
    }
}

// The exercise as it is handed out, in a folder of its own.
static struct desk *desk_new(const struct exercise *exercise)
{
    struct desk *desk = talloc_zero(NULL, struct desk);
    char **names = folder_list(desk, course->root, exercise->folder, NULL);
    desk->exercise = exercise;
    desk->sources.root = workspace_new(desk, NULL);
    desk->sources.include = exercise->folder;
    make_folders(desk->sources.root, exercise->folder);
    for (size_t i = 0; names[i]; i++) {
        const char *path = path_join(desk, exercise->folder, names[i]);
        put(desk, names[i], file_read(desk, course->root, path, FILE_LIMIT, NULL, NULL));
    }
    return desk;
}

static void inspect(struct desk *desk, const struct sandbox *sandbox, const char *folder)
{
    desk->refusal = (struct refusal){0};
    desk->inspection = tamper_inspect(desk, desk->exercise, &desk->sources, folder, sandbox,
                                      &desk->refusal, &desk->problem);
    if (desk->inspection == INSPECTION_FAILED)
        fail_msg("the inspection failed: %s", desk->problem.text);
}

static const struct exercise *exercise_named(const char *name)
{
    const struct exercise *exercise = course_find(course, name, NULL);
    assert_non_null(exercise);
    return exercise;
}

// `text` as the counter's counter.c.
static struct desk *inspected(const char *text)
{
    struct desk *desk = desk_new(exercise_named("counter"));
    put(desk, "counter.c", text);
    inspect(desk, NULL, workspace_new(desk, NULL));
    return desk;
}

// ---- what must not be refused ----

static void inspect_answer(const struct exercise *exercise, const char *path)
{
    struct desk *desk = desk_new(exercise);
    put(desk, exercise->edit[0], file_read(desk, course->root, path, FILE_LIMIT, NULL, NULL));
    inspect(desk, NULL, workspace_new(desk, NULL));
    if (desk->inspection != INSPECTION_FINE)
        fail_msg("%s:%d: %s", path, desk->refusal.line,
                 desk->refusal.reason ? desk->refusal.reason : "does not compile");
    talloc_free(desk);
}

static void no_answer_of_the_course_is_refused(void **state)
{
    size_t count = 0;
    (void)state;
    for (size_t i = 0; i < course->count; i++) {
        const struct exercise *exercise = course->exercises[i];
        assert_null(exercise->edit[1]);
        inspect_answer(exercise, path_join(course, exercise->folder, exercise->edit[0]));
        inspect_answer(exercise, path_join(course, exercise->solution, exercise->edit[0]));
        for (size_t a = 0; a < exercise->also_right_count; a++)
            inspect_answer(exercise, exercise->also_right[a].path);
        count += 2 + exercise->also_right_count;
    }
    print_message("%zu starting programs, solutions and also-right answers: none refused\n", count);
    assert_true(count > 200);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(no_answer_of_the_course_is_refused),
    };
    (void)inspected;
    return cmocka_run_group_tests(tests, load_course, free_course);
}
