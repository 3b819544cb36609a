// See task.h. Linked into every judged program; never instrumented, allocates nothing.

#define _GNU_SOURCE
#include "task.h"

#include "../include/racelings/asleep.h"

#include <fcntl.h>
#include <linux/futex.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

// ---- Reading by lines ----

struct reader {
    int file;
    long at, length; // in `chunk`
    char chunk[512], line[128];
};

static bool open_file(struct reader *reader, const char *path)
{
    reader->file = (int)syscall(SYS_openat, AT_FDCWD, path, O_RDONLY | O_CLOEXEC);
    reader->at = reader->length = 0;
    return reader->file >= 0;
}

static bool open_task(struct reader *reader, long number, const char *name)
{
    char path[64];
    snprintf(path, sizeof path, "/proc/%ld/%s", number, name);
    return open_file(reader, path);
}

static void close_file(const struct reader *reader)
{
    syscall(SYS_close, reader->file);
}

static int next_character(struct reader *reader)
{
    if (reader->at == reader->length) {
        reader->at = 0;
        reader->length = syscall(SYS_read, reader->file, reader->chunk, sizeof reader->chunk);
        if (reader->length <= 0)
            return reader->length = 0, EOF;
    }
    return (unsigned char)reader->chunk[reader->at++];
}

// Of a long line only the beginning. False at the end.
static bool next_line(struct reader *reader)
{
    size_t length = 0;
    int character;
    while ((character = next_character(reader)) != EOF && character != '\n')
        if (length < sizeof reader->line - 1)
            reader->line[length++] = (char)character;
    reader->line[length] = '\0';
    return character != EOF;
}

// ---- What a task does ----

char asleep_task_state(long number)
{
    struct reader reader;
    if (!open_task(&reader, number, "stat"))
        return 0;
    next_line(&reader);
    close_file(&reader);
    const char *end_of_name = strrchr(reader.line, ')'); // the name may hold anything
    return end_of_name != NULL && end_of_name[1] == ' ' ? end_of_name[2] : 0;
}

// What follows `name` in the line; NULL if another field stands there.
static const char *field(const struct reader *reader, const char *name)
{
    size_t length = strlen(name);
    if (strncmp(reader->line, name, length) != 0)
        return NULL;
    return reader->line + length + strspn(reader->line + length, " \t");
}

static bool sleeps(long number, unsigned long *switches)
{
    struct reader reader;
    bool asleep = false;
    int counts = 0;
    *switches = 0;
    if (!open_task(&reader, number, "status"))
        return false;
    while (next_line(&reader)) {
        const char *value;
        if ((value = field(&reader, "State:")))
            asleep = value[0] == 'S';
        else if ((value = field(&reader, "voluntary_ctxt_switches:")) ||
                 (value = field(&reader, "nonvoluntary_ctxt_switches:"))) {
            *switches += strtoul(value, NULL, 10);
            counts++;
        }
    }
    close_file(&reader);
    return asleep && counts == 2;
}

// Whether only this process has the memory at `address`, as far as it is mapped.
static bool is_own_memory(unsigned long address)
{
    struct reader reader;
    bool own = false;
    if (!open_file(&reader, "/proc/self/maps"))
        return false;
    while (!own && next_line(&reader)) { // "7f0000000000-7f0000001000 rw-p ..."
        char *rest;
        unsigned long begin = strtoul(reader.line, &rest, 16);
        unsigned long end = *rest == '-' ? strtoul(rest + 1, &rest, 16) : 0;
        own = begin <= address && address < end && strlen(rest) > 4 && rest[4] == 'p';
    }
    close_file(&reader);
    return own;
}

static bool waits_for_futex(int operation)
{
    int command = operation & FUTEX_CMD_MASK;
    return command == FUTEX_WAIT || command == FUTEX_WAIT_BITSET || command == FUTEX_LOCK_PI;
}

// A thread waits for another one's end at a futex that is not said to be private: the kernel wakes
// it so. It lies in the process's own memory all the same.
static bool is_in_endless_wait(long number)
{
    struct reader reader;
    if (!open_task(&reader, number, "syscall"))
        return false;
    next_line(&reader); // "202 0x7ffc0ffee000 0x80 0x2 0x0 ...": the call and what it was given
    close_file(&reader);
    char *rest = reader.line;
    enum { ADDRESS, OPERATION, VALUE, TIMEOUT, COUNT };
    unsigned long given[COUNT];
    long call = strtol(rest, &rest, 10);
    for (int i = 0; i < COUNT; i++)
        given[i] = strtoul(rest, &rest, 16);
    return call == SYS_futex && waits_for_futex((int)given[OPERATION]) && given[TIMEOUT] == 0 &&
           ((given[OPERATION] & FUTEX_PRIVATE_FLAG) != 0 || is_own_memory(given[ADDRESS]));
}

// The kernel tells the call only of a task that is off the processor. What it did before it got
// there is counted by then: so a second finding with the same count of switches says that it slept
// since the first.
bool asleep_without_end(long number, unsigned long *switches)
{
    return is_in_endless_wait(number) && sleeps(number, switches);
}

long asleep_own_number(void)
{
    char text[64]; // "12/task/34"
    long length = syscall(SYS_readlinkat, AT_FDCWD, "/proc/thread-self", text, sizeof text - 1);
    text[length > 0 ? length : 0] = '\0';
    const char *slash = strrchr(text, '/');
    return slash ? strtol(slash + 1, NULL, 10) : 0;
}
