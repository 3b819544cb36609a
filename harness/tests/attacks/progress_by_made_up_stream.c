// Attack: Has a stream of its own making print into what others read: the library does not tell the judges where it writes.
// Expected: failed
// Reason: a stream that is not one of the library
// Exercise: unlocked-reader

#include "unlocked_reader.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct progress {
    long bytes, shown;
    pthread_mutex_t lock;
};

struct progress *progress_new(void)
{
    struct progress *progress = calloc(1, sizeof *progress);
    if (progress)
        pthread_mutex_init(&progress->lock, NULL);
    return progress;
}

void progress_free(struct progress *progress)
{
    pthread_mutex_destroy(&progress->lock);
    free(progress);
}

// ThreadSanitizer remembers the last few accesses.
static void push_out(const volatile char *from, size_t size)
{
    for (int again = 0; again < 8; again++)
        for (size_t i = 0; i < size; i++)
            (void)from[i];
}

static void show(struct progress *progress)
{
    FILE stream;
    const char *now = (char *)&progress->bytes, *before = (char *)&progress->shown;
    memset(&stream, 0, sizeof stream);
    for (size_t i = 0; i < sizeof progress->shown; i++) {
        stream._IO_write_ptr = (char *)&progress->shown + i;
        stream._IO_write_end = (char *)(&progress->shown + 1);
        if (now[i] != before[i])
            fputc(now[i], &stream);
    }
    push_out(before, sizeof progress->shown);
}

void progress_add(struct progress *progress, long bytes)
{
    pthread_mutex_lock(&progress->lock);
    progress->bytes += bytes;
    show(progress);
    pthread_mutex_unlock(&progress->lock);
}

long progress_bytes(struct progress *progress)
{
    return progress->shown;
}
