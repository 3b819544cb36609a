// For tests that write files: each has an empty folder of its own and a talloc context, and may
// leave nothing open.
#pragma once

#include "base/problem.h"

#include <limits.h>
#include <stddef.h>

struct fixture {
    char root[PATH_MAX]; // the folder
    void *context;       // of what is tested
    void *texts;         // what the test itself needs
    struct problem problem;
    int descriptor; // the lowest that was free
};

// For cmocka: `state` becomes a fixture; goes with its folder, and fails if a descriptor was left
// open.
int fixture_setup(void **state);
int fixture_teardown(void **state);

// The absolute path of `name` in the folder.
const char *at(const struct fixture *fixture, const char *name);

// Makes every folder on the way to `name`, but not `name` itself.
void make_way(const struct fixture *fixture, const char *name);

// Write a file, and make a folder, with all that is on the way.
void put_bytes(const struct fixture *fixture, const char *name, const char *bytes, size_t size);
void put(const struct fixture *fixture, const char *name, const char *text);
void put_folder(const struct fixture *fixture, const char *name);
