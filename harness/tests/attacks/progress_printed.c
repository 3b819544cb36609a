// Attack: Shows without a lock a number in digits that printf reads: how many characters it prints tells which digit it is.
// Expected: failed
// Reason: data race
// Exercise: unlocked-reader

#include "unlocked_reader.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { DIGITS = 16 };

struct progress {
    long bytes;
    char digits[DIGITS][DIGITS + 1]; // hexadecimal, each as so many blanks
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

void progress_add(struct progress *progress, long bytes)
{
    pthread_mutex_lock(&progress->lock);
    progress->bytes += bytes;
    for (int i = 0; i < DIGITS; i++) {
        size_t digit = progress->bytes >> 4 * i & 15;
        memset(progress->digits[i], ' ', digit);
        progress->digits[i][digit] = '\0';
    }
    pthread_mutex_unlock(&progress->lock);
}

long progress_bytes(struct progress *progress)
{
    long bytes = 0;
    for (int i = DIGITS - 1; i >= 0; i--)
        bytes = bytes * 16 + printf("%s", progress->digits[i]);
    return bytes;
}
