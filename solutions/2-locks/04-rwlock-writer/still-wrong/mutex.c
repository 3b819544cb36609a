// Still wrong: a plain mutex counts right and lets one traveller look at a time.
// Caught by: explore, tsan, helgrind, native

#include "rwlock_writer.h"

#include <pthread.h>
#include <stdlib.h>

struct board {
    pthread_mutex_t lock; // guards the rest
    struct departure departure;
    long shown;
};

struct board *board_new(struct departure first)
{
    struct board *board = malloc(sizeof *board);
    if (board) {
        pthread_mutex_init(&board->lock, NULL);
        board->departure = first;
        board->shown = 0;
    }
    return board;
}

void board_free(struct board *board)
{
    if (board)
        pthread_mutex_destroy(&board->lock);
    free(board);
}

void board_change(struct board *board, struct departure next)
{
    pthread_mutex_lock(&board->lock);
    board->departure = next;
    pthread_mutex_unlock(&board->lock);
}

void board_show(struct board *board, board_look *look, void *context)
{
    pthread_mutex_lock(&board->lock);
    board->shown++;
    look(&board->departure, context);
    pthread_mutex_unlock(&board->lock);
}

long board_shown(struct board *board)
{
    pthread_mutex_lock(&board->lock);
    long shown = board->shown;
    pthread_mutex_unlock(&board->lock);
    return shown;
}
