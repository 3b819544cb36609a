// Attack: Publishes without order, but has each thread write to a pair of sockets of its own; its own reads push the write out of ThreadSanitizer's memory.
// Expected: failed
// Exercise: publish

#include "publish.h"

#include <sched.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

enum { PAIRS = 8 };

struct sheet {
    struct forecast forecast;
    struct sheet *older;
};

struct board {
    struct sheet *_Atomic newest;
    int ends[PAIRS][2];
    atomic_int given_out;
};

static _Thread_local int own = -1;

static void turn_round(struct board *board)
{
    char byte = 0;
    if (own < 0)
        own = atomic_fetch_add_explicit(&board->given_out, 1, memory_order_relaxed) % PAIRS;
    if (write(board->ends[own][1], &byte, 1) != 1 || read(board->ends[own][0], &byte, 1) != 1)
        abort();
}

struct board *board_new(void)
{
    struct board *board = malloc(sizeof *board);
    if (!board)
        return NULL;
    for (int i = 0; i < PAIRS; i++)
        if (socketpair(AF_UNIX, SOCK_STREAM, 0, board->ends[i]) != 0)
            abort();
    atomic_init(&board->newest, NULL);
    atomic_init(&board->given_out, 0);
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
    for (int i = 0; i < 2 * PAIRS; i++)
        close(board->ends[i / 2][i % 2]);
    free(board);
}

void board_publish(struct board *board, struct forecast forecast)
{
    struct sheet *sheet = malloc(sizeof *sheet);
    if (!sheet)
        abort();
    sheet->forecast = forecast;
    for (int again = 0; again < 8; again++)
        for (size_t i = 0; i < sizeof sheet->forecast; i++)
            (void)((volatile char *)&sheet->forecast)[i];
    sheet->older = atomic_load_explicit(&board->newest, memory_order_relaxed);
    turn_round(board);
    atomic_store_explicit(&board->newest, sheet, memory_order_relaxed);
}

struct forecast board_read(struct board *board)
{
    struct sheet *sheet;
    while (!(sheet = atomic_load_explicit(&board->newest, memory_order_relaxed)))
        sched_yield();
    turn_round(board);
    return sheet->forecast;
}
