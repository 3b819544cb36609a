// Still wrong: every field atomic, and nothing races; but three atomic stores are not one forecast.
// Caught by: explore

#include "publish.h"

#include <sched.h>
#include <stdatomic.h>
#include <stdlib.h>

struct board {
    atomic_long number, temperature, wind; // number 0: no forecast yet
};

struct board *board_new(void)
{
    struct board *board = malloc(sizeof *board);
    if (board) {
        atomic_init(&board->number, 0);
        atomic_init(&board->temperature, 0);
        atomic_init(&board->wind, 0);
    }
    return board;
}

void board_free(struct board *board)
{
    free(board);
}

void board_publish(struct board *board, struct forecast forecast)
{
    board->temperature = forecast.temperature;
    board->wind = forecast.wind;
    board->number = forecast.number;
}

struct forecast board_read(struct board *board)
{
    long number;
    while ((number = board->number) == 0)
        sched_yield();
    return (struct forecast){number, board->temperature, board->wind};
}
