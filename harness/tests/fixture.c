// See fixture.h.
#define _GNU_SOURCE
#include "fixture.h"

#include "base/files.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>

#include <cmocka.h>

#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <talloc.h>
#include <unistd.h>

enum { OPEN_AT_A_TIME = 16 };

static int lowest_descriptor(void)
{
    int descriptor = dup(STDOUT_FILENO);
    close(descriptor);
    return descriptor;
}

int fixture_setup(void **state)
{
    struct fixture *fixture = calloc(1, sizeof *fixture);
    char folder[] = "/tmp/racelings-test.XXXXXX";
    if (!fixture || !mkdtemp(folder) || !realpath(folder, fixture->root))
        return -1;
    fixture->context = talloc_new(NULL);
    fixture->texts = talloc_new(NULL);
    fixture->descriptor = lowest_descriptor();
    *state = fixture;
    return 0;
}

static int remove_entry(const char *path, const struct stat *status, int type, struct FTW *place)
{
    (void)status, (void)type, (void)place;
    return remove(path);
}

int fixture_teardown(void **state)
{
    struct fixture *fixture = *state;
    talloc_free(fixture->context);
    talloc_free(fixture->texts);
    int failed = lowest_descriptor() != fixture->descriptor;
    failed |= nftw(fixture->root, remove_entry, OPEN_AT_A_TIME, FTW_DEPTH | FTW_PHYS);
    free(fixture);
    return failed;
}

const char *at(const struct fixture *fixture, const char *name)
{
    return path_join(fixture->texts, fixture->root, name);
}

void make_way(const struct fixture *fixture, const char *name)
{
    for (const char *slash = strchr(name, '/'); slash; slash = strchr(slash + 1, '/'))
        mkdir(at(fixture, talloc_strndup(fixture->texts, name, (size_t)(slash - name))), 0777);
}

void put_bytes(const struct fixture *fixture, const char *name, const char *bytes, size_t size)
{
    make_way(fixture, name);
    FILE *file = fopen(at(fixture, name), "w");
    assert_non_null(file);
    assert_int_equal(fwrite(bytes, 1, size, file), size);
    assert_int_equal(fclose(file), 0);
}

void put(const struct fixture *fixture, const char *name, const char *text)
{
    put_bytes(fixture, name, text, strlen(text));
}

void put_folder(const struct fixture *fixture, const char *name)
{
    make_way(fixture, name);
    assert_int_equal(mkdir(at(fixture, name), 0777), 0);
}
