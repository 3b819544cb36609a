// See scene.h.
#define _GNU_SOURCE
#include "scene.h"

#include "base/files.h"
#include "base/text.h"
#include "run/sandbox.h"
#include "run/workspace.h"

#include <stdarg.h>
#include <setjmp.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <talloc.h>
#include <unistd.h>

bool scene_possible(void)
{
    struct problem problem;
    bool possible = sandbox_works(&problem);
    if (!possible)
        printf("skipped: %s\n", problem.text);
    return possible;
}

int scene_setup(void **state)
{
    struct problem problem;
    struct scene *scene = talloc_zero(NULL, struct scene);
    scene->folder = workspace_new(scene, &problem);
    assert_non_null(scene->folder);
    chmod(scene->folder, 0755); // the sandbox's user passes through
    shell(scene, "mkdir class tmp && chmod 755 tmp");
    setenv("TMPDIR", path_join(scene, scene->folder, "tmp"), 1);
    *state = scene;
    return 0;
}

int scene_teardown(void **state)
{
    unsetenv("TMPDIR");
    talloc_free(*state);
    return 0;
}

void grade(struct scene *scene, const char *arguments, int status)
{
    shell(scene, RACELINGS " grade class --out out %s", arguments);
    assert_ended(scene, arguments, status);
}

// Hands in a file of the course as `student`'s answer to `exercise` (a folder below exercises/).
void hand_in(struct scene *scene, const char *student, const char *folder, const char *file,
             const char *name)
{
    shell(scene, "mkdir -p 'class/%s/%s' && cp '%s/%s' 'class/%s/%s/%s'", student, folder, COURSE,
          file, student, folder, name);
    if (scene->status != 0)
        fail_msg("%s", scene->output);
}

void hand_in_counter(struct scene *scene, const char *student, const char *file)
{
    hand_in(scene, student, COUNTER, file, "counter.c");
}

// The whole result of a student; to be released.
json_t *result_of(struct scene *scene, const char *student)
{
    json_error_t error;
    const char *path =
        talloc_asprintf(scene, "%s/out/students/%s/result.json", scene->folder, student);
    json_t *result = json_load_file(path, 0, &error);
    if (!result)
        fail_msg("%s: %s", path, error.text);
    return result;
}

// What `result` says of `exercise`.
json_t *cell_of(json_t *result, const char *exercise)
{
    size_t index;
    json_t *cell;
    json_array_foreach(json_object_get(result, "exercises"), index, cell)
    {
        if (strcmp(json_string_value(json_object_get(cell, "exercise")), exercise) == 0)
            return cell;
    }
    fail_msg("there is no %s in the result", exercise);
    return NULL;
}

char *standing_of(struct scene *scene, const char *student, const char *exercise)
{
    json_t *result = result_of(scene, student);
    json_t *cell = cell_of(result, exercise);
    char *standing = talloc_strdup(scene, json_string_value(json_object_get(cell, "standing")));
    json_decref(result);
    return standing;
}

void expect_standing(struct scene *scene, const char *student, const char *exercise,
                     const char *standing)
{
    assert_string_equal(standing_of(scene, student, exercise), standing);
}

// Nothing that worked in the scene's temporary folder is left: no process, no file.
static bool bears_scene(const char *process, const char *folder)
{
    char path[64], line[4096] = "";
    text_format(path, sizeof path, "/proc/%s/cmdline", process);
    FILE *file = fopen(path, "r");
    size_t size = file ? fread(line, 1, sizeof line - 1, file) : 0;
    if (file)
        fclose(file);
    return memmem(line, size, folder, strlen(folder)) != NULL;
}

static int count_left(const struct scene *scene)
{
    int left = 0;
    DIR *proc = opendir("/proc");
    for (struct dirent *entry; (entry = readdir(proc)) != NULL;)
        if (entry->d_name[0] >= '1' && entry->d_name[0] <= '9')
            left += bears_scene(entry->d_name, talloc_asprintf(scene, "%s/tmp/", scene->folder));
    closedir(proc);
    return left;
}

void assert_nothing_left(struct scene *scene)
{
    for (int i = 0; i < 100 && count_left(scene) > 0; i++)
        usleep(100000);
    assert_int_equal(count_left(scene), 0);
}

void assert_tmp_empty(struct scene *scene)
{
    shell(scene, "ls -A tmp");
    assert_string_equal(scene->output, "");
}
