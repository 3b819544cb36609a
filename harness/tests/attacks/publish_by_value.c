// Attack: Overwrites what others read; who reads passes it on by value, which only Helgrind could see.
// Expected: not allowed
// Reason: passes a struct by value right out of memory
// Exercise: publish

#include "publish.h"

#include <sched.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>

struct board {
    struct forecast newest;
    atomic_int up;
};

struct board *board_new(void)
{
    return calloc(1, sizeof(struct board));
}

void board_free(struct board *board)
{
    free(board);
}

// Helgrind is silent about what the library writes.
void board_publish(struct board *board, struct forecast f)
{
    char text[100];
    snprintf(text, sizeof text, "%ld %ld %ld", f.number, f.temperature, f.wind);
    sscanf(text, "%ld %ld %ld", &board->newest.number, &board->newest.temperature,
           &board->newest.wind);
    atomic_store(&board->up, 1);
}

static struct forecast take(struct forecast forecast)
{
    return forecast;
}

struct forecast board_read(struct board *board)
{
    while (!atomic_load(&board->up))
        sched_yield();
    return take(board->newest);
}
