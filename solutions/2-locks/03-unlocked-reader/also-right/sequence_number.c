// Also right: who adds makes a number odd, changes the sum, and makes it even again. Who reads
// begins anew if the number was odd or is another one afterwards. No writer ever waits for a
// reader.

#include "unlocked_reader.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>

struct progress {
    pthread_mutex_t lock;  // held by who adds
    atomic_uint changes;   // odd: somebody is just adding
    atomic_uint low, high; // bytes, as two words of 32 bits
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
    if (progress)
        pthread_mutex_destroy(&progress->lock);
    free(progress);
}

static unsigned long look(struct progress *progress)
{
    unsigned long low = atomic_load(&progress->low);
    return (unsigned long)atomic_load(&progress->high) << 32 | low;
}

void progress_add(struct progress *progress, long bytes)
{
    pthread_mutex_lock(&progress->lock);
    unsigned long sum = look(progress) + (unsigned long)bytes;
    atomic_fetch_add(&progress->changes, 1);
    atomic_store(&progress->low, (unsigned)sum);
    atomic_store(&progress->high, (unsigned)(sum >> 32));
    atomic_fetch_add(&progress->changes, 1);
    pthread_mutex_unlock(&progress->lock);
}

long progress_bytes(struct progress *progress)
{
    unsigned changes;
    unsigned long bytes;
    do {
        changes = atomic_load(&progress->changes);
        bytes = look(progress);
    } while (changes % 2 == 1 || changes != atomic_load(&progress->changes));
    return (long)bytes;
}
