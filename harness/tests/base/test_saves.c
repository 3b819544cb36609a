// How editors save, call by call, and that each is noticed once it is done: with inotify, and by
// polling.

#include "base/files.h"
#include "base/moment.h"
#include "base/saves.h"
#include "run/workspace.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <talloc.h>
#include <time.h>
#include <unistd.h>

static const char *const files[] = {"counter.c", NULL};

struct scene {
    const char *folder;
    struct saves *saves;
};

static char *path(const struct scene *scene, const char *name)
{
    return path_join(scene, scene->folder, name);
}

static void pause_for(long milliseconds)
{
    const struct timespec time = {0, milliseconds * 1000000};
    nanosleep(&time, NULL);
}

static void put(const struct scene *scene, const char *name, int flags, const char *text)
{
    int file = open(path(scene, name), O_WRONLY | O_CREAT | flags, 0644);
    assert_true(file >= 0);
    assert_int_equal(write(file, text, strlen(text)), (ssize_t)strlen(text));
    close(file);
}

static void move(const struct scene *scene, const char *from, const char *to)
{
    assert_int_equal(rename(path(scene, from), path(scene, to)), 0);
}

// ---- What editors do ----

static void in_place(const struct scene *scene, const char *text) // nano, VS Code
{
    put(scene, "counter.c", O_TRUNC, text);
}

static void slowly(const struct scene *scene, const char *text) // a big file, a slow disk
{
    int file = open(path(scene, "counter.c"), O_WRONLY | O_TRUNC);
    pause_for(60);
    assert_int_equal(write(file, text, 1), 1);
    pause_for(60);
    assert_int_equal(write(file, text + 1, strlen(text) - 1), (ssize_t)strlen(text) - 1);
    close(file);
}

static void moved_away(const struct scene *scene, const char *text) // vim, with backupcopy=no
{
    put(scene, "4913", O_EXCL, ""); // it tries whether it may
    unlink(path(scene, "4913"));
    move(scene, "counter.c", "counter.c~");
    put(scene, "counter.c", O_EXCL, text);
    unlink(path(scene, "counter.c~"));
}

static void copied_first(const struct scene *scene, const char *text) // vim, with backupcopy=yes
{
    put(scene, "counter.c~", O_TRUNC, "the old text");
    put(scene, "counter.c", O_TRUNC, text);
    unlink(path(scene, "counter.c~"));
}

static void with_lock_and_backup(const struct scene *scene, const char *text) // emacs
{
    assert_int_equal(symlink("me@here.1", path(scene, ".#counter.c")), 0);
    put(scene, "#counter.c#", O_TRUNC, text);
    move(scene, "counter.c", "counter.c~");
    put(scene, "counter.c", O_EXCL, text);
    unlink(path(scene, "#counter.c#"));
    unlink(path(scene, ".#counter.c"));
}

static void renamed_over(const struct scene *scene, const char *text) // gedit, kate, sed -i
{
    put(scene, ".goutputstream-AB", O_EXCL, text);
    move(scene, ".goutputstream-AB", "counter.c");
}

static void deleted_and_made(const struct scene *scene, const char *text) // git checkout
{
    unlink(path(scene, "counter.c"));
    put(scene, "counter.c", O_EXCL, text);
}

static void left_open(const struct scene *scene, const char *text) // written, and not closed
{
    int file = open(path(scene, "counter.c"), O_WRONLY | O_TRUNC);
    assert_int_equal(write(file, text, strlen(text)), (ssize_t)strlen(text));
    talloc_set_name(talloc_size(scene, 1), "descriptor %d", file); // it stays open
}

static void (*const ways[])(const struct scene *scene, const char *text) = {
    in_place,     slowly,           moved_away, copied_first, with_lock_and_backup,
    renamed_over, deleted_and_made, left_open,
};

// ---- Noticing ----

// Waits for something to be noticed, as the desk does, for at most so many milliseconds.
static bool is_noticed(const struct scene *scene, double milliseconds)
{
    double end = moment_now() + milliseconds / 1000;
    while (moment_now() < end) {
        struct pollfd source = {.fd = saves_descriptor(scene->saves), .events = POLLIN};
        int patience = saves_patience(scene->saves);
        poll(&source, 1, patience < 100 ? patience : 100);
        if (saves_noticed(scene->saves))
            return true;
    }
    return false;
}

static void assert_holds(const struct scene *scene, const char *text)
{
    char *now = file_read(scene, scene->folder, "counter.c", 1000, NULL, NULL);
    assert_non_null(now);
    assert_string_equal(now, text);
}

static void all_ways(const struct scene *scene)
{
    enum { PATIENCE = 10000 };
    for (size_t i = 0; i < sizeof ways / sizeof ways[0]; i++) {
        char *text = talloc_asprintf(scene, "version %zu, at some length", i);
        print_message("way %zu, %s\n", i, saves_how(scene->saves));
        ways[i](scene, text);
        assert_true(is_noticed(scene, PATIENCE));
        assert_holds(scene, text);
        while (is_noticed(scene, 400))
            continue; // the rest of it
    }
    put(scene, "main.c", O_TRUNC, "another file");
    put(scene, "counter.c.swp", O_TRUNC, "and another");
    assert_false(is_noticed(scene, 800));

    // It is gone: that is told only when it does not come back at once.
    unlink(path(scene, "counter.c"));
    assert_true(is_noticed(scene, PATIENCE));
    put(scene, "counter.c", O_EXCL, "it is back");
    assert_true(is_noticed(scene, PATIENCE));
    assert_holds(scene, "it is back");
}

static struct scene *open_scene(bool poll)
{
    struct scene *scene = talloc_zero(NULL, struct scene);
    scene->folder = workspace_new(scene, NULL);
    put(scene, "counter.c", O_TRUNC, "version");
    scene->saves = saves_watch(scene, scene->folder, files, poll);
    assert_false(is_noticed(scene, 300));
    return scene;
}

static void inotify_notices(void **state)
{
    (void)state;
    struct scene *scene = open_scene(false);
    assert_string_equal(saves_how(scene->saves), "inotify");
    all_ways(scene);
    assert_string_equal(saves_how(scene->saves), "inotify");
    talloc_free(scene);
}

static void polling_notices(void **state)
{
    (void)state;
    struct scene *scene = open_scene(true);
    assert_string_equal(saves_how(scene->saves), "polling, as asked for");
    assert_int_equal(saves_descriptor(scene->saves), -1);
    all_ways(scene);
    talloc_free(scene);
}

// A save in two halves, close together: what is noticed first is not the half.
static void halves_are_not_taken_for_saves(void **state)
{
    (void)state;
    struct scene *scene = open_scene(false);
    int file = open(path(scene, "counter.c"), O_WRONLY | O_TRUNC);
    assert_false(is_noticed(scene, 100)); // it is empty
    assert_int_equal(write(file, "half", 4), 4);
    assert_false(is_noticed(scene, 100));
    assert_int_equal(write(file, "whole", 5), 5);
    close(file);
    double closed = moment_now();
    assert_true(is_noticed(scene, 10000));
    assert_holds(scene, "halfwhole");
    print_message("noticed after %.1f ms\n", (moment_now() - closed) * 1000);
    talloc_free(scene);
}

// The watched folder is moved away and another one put in its place.
static void a_folder_that_moves_is_polled(void **state)
{
    (void)state;
    struct scene *scene = talloc_zero(NULL, struct scene);
    const char *above = workspace_new(scene, NULL);
    scene->folder = path_join(scene, above, "copy");
    assert_int_equal(mkdir(scene->folder, 0755), 0);
    put(scene, "counter.c", O_TRUNC, "one");
    scene->saves = saves_watch(scene, scene->folder, files, false);
    assert_int_equal(rename(scene->folder, path_join(scene, above, "old")), 0);
    assert_int_equal(mkdir(scene->folder, 0755), 0);
    put(scene, "counter.c", O_EXCL, "another");
    assert_true(is_noticed(scene, 10000));
    assert_string_equal(saves_how(scene->saves), "polling (the folder was moved)");
    while (is_noticed(scene, 800))
        continue;
    put(scene, "counter.c", O_TRUNC, "a third");
    assert_true(is_noticed(scene, 10000));
    assert_holds(scene, "a third");
    talloc_free(scene);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(inotify_notices),
        cmocka_unit_test(polling_notices),
        cmocka_unit_test(halves_are_not_taken_for_saves),
        cmocka_unit_test(a_folder_that_moves_is_polled),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
