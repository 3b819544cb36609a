// For drivers that check that nothing remains of what a call has opened or shared: they count
// before it and after it.
#pragma once

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

// How many descriptors are open, of those that drivers and answers ever have.
static inline int remains_open(void)
{
    enum { DESCRIPTORS = 256 }; // more than there ever are at a time
    int count = 0;
    for (int i = 0; i < DESCRIPTORS; i++)
        count += fcntl(i, F_GETFD) >= 0;
    return count;
}

// Things of others, open while an answer closes what is its own: their numbers may have been of its
// own before, for a new descriptor gets the lowest free one.
struct remains_of_others {
    int descriptors[16];
};

static inline struct remains_of_others remains_open_others(void)
{
    struct remains_of_others others;
    for (size_t i = 0; i < sizeof others.descriptors / sizeof others.descriptors[0]; i++)
        others.descriptors[i] = dup(STDOUT_FILENO);
    return others;
}

// Closes them, and returns how many were closed already.
static inline int remains_close_others(struct remains_of_others others)
{
    int closed = 0;
    for (size_t i = 0; i < sizeof others.descriptors / sizeof others.descriptors[0]; i++)
        closed += close(others.descriptors[i]) != 0;
    return closed;
}

// How many pieces of memory are shared with other processes, or would be after a fork.
static inline int remains_shared(void)
{
    char line[512];
    int count = 0;
    FILE *maps = fopen("/proc/self/maps", "r");
    while (maps && fgets(line, sizeof line, maps))
        count += strstr(line, "/dev/zero") != NULL;
    if (maps)
        fclose(maps);
    return count;
}
