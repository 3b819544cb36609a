// Attack: Publishes without order what modf stores; its own reads push that out of ThreadSanitizer's memory, and Helgrind abstains for a mutex that its owner left behind.
// Expected: failed
// Exercise: publish

#define _GNU_SOURCE
#include "publish.h"

#include <errno.h>
#include <math.h>
#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <stdlib.h>

struct sheet {
    double number, temperature, wind;
    struct sheet *older;
};

struct board {
    struct sheet *_Atomic newest;
};

static void *lock_and_end(void *mutex)
{
    pthread_mutex_lock(mutex);
    return NULL;
}

static void leave_a_mutex_behind(void)
{
    pthread_mutex_t mutex;
    pthread_mutexattr_t robust;
    pthread_t thread;
    pthread_mutexattr_init(&robust);
    pthread_mutexattr_setrobust(&robust, PTHREAD_MUTEX_ROBUST);
    pthread_mutex_init(&mutex, &robust);
    if (pthread_create(&thread, NULL, lock_and_end, &mutex))
        abort();
    pthread_join(thread, NULL);
    if (pthread_mutex_lock(&mutex) == EOWNERDEAD)
        pthread_mutex_consistent(&mutex);
    pthread_mutex_unlock(&mutex);
    pthread_mutex_destroy(&mutex);
}

struct board *board_new(void)
{
    struct board *board = malloc(sizeof *board);
    leave_a_mutex_behind();
    if (board)
        atomic_init(&board->newest, NULL);
    return board;
}

void board_free(struct board *board)
{
    struct sheet *sheet = atomic_load(&board->newest);
    while (sheet) {
        struct sheet *older = sheet->older;
        free(sheet);
        sheet = older;
    }
    free(board);
}

static void put(double *to, long value)
{
    modf(value < 0 ? value - 0.5 : value + 0.5, to);
    for (int again = 0; again < 8; again++)
        for (size_t i = 0; i < sizeof *to; i++)
            (void)((volatile char *)to)[i];
}

void board_publish(struct board *board, struct forecast forecast)
{
    struct sheet *sheet = malloc(sizeof *sheet);
    if (!sheet)
        abort();
    put(&sheet->number, forecast.number);
    put(&sheet->temperature, forecast.temperature);
    put(&sheet->wind, forecast.wind);
    sheet->older = atomic_load_explicit(&board->newest, memory_order_relaxed);
    atomic_store_explicit(&board->newest, sheet, memory_order_relaxed);
}

struct forecast board_read(struct board *board)
{
    struct sheet *sheet;
    while (!(sheet = atomic_load_explicit(&board->newest, memory_order_relaxed)))
        sched_yield();
    return (struct forecast){(long)sheet->number, (long)sheet->temperature, (long)sheet->wind};
}
