// An answer with nothing in it that grading could mind: headers that many answers include, a lock,
// an atomic, and a pause while somebody else has it.

#include "answer.h"

#include <assert.h>
#include <errno.h>
#include <immintrin.h>
#include <pthread.h>
#include <semaphore.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <threads.h>
#include <unistd.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static atomic_size_t calls;
static size_t sum;

size_t answer_add(size_t number)
{
    atomic_fetch_add_explicit(&calls, 1, memory_order_relaxed);
    while (pthread_mutex_trylock(&lock) == EBUSY)
        _mm_pause();
    size_t now = sum += number;
    pthread_mutex_unlock(&lock);
    return now;
}
