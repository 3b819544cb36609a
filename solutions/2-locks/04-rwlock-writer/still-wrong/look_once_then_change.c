// Still wrong: whoever is woken need not be right to be awake: without a second look the board
// changes while somebody looks.
// Caught by: explore

#include "rwlock_writer.h"

#include <pthread.h>
#include <stdlib.h>

struct board {
    pthread_mutex_t lock;     // guards the rest; while somebody looks, departure does not change
    pthread_cond_t unwatched; // looking became 0
    struct departure departure;
    int looking;
    long shown;
};

struct board *board_new(struct departure first)
{
    struct board *board = malloc(sizeof *board);
    if (board) {
        pthread_mutex_init(&board->lock, NULL);
        pthread_cond_init(&board->unwatched, NULL);
        board->departure = first;
        board->looking = 0;
        board->shown = 0;
    }
    return board;
}

void board_free(struct board *board)
{
    if (board) {
        pthread_cond_destroy(&board->unwatched);
        pthread_mutex_destroy(&board->lock);
    }
    free(board);
}

void board_change(struct board *board, struct departure next)
{
    pthread_mutex_lock(&board->lock);
    if (board->looking > 0)
        pthread_cond_wait(&board->unwatched, &board->lock);
    board->departure = next;
    pthread_mutex_unlock(&board->lock);
}

void board_show(struct board *board, board_look *look, void *context)
{
    pthread_mutex_lock(&board->lock);
    board->looking++;
    board->shown++;
    pthread_mutex_unlock(&board->lock);

    look(&board->departure, context);

    pthread_mutex_lock(&board->lock);
    if (--board->looking == 0)
        pthread_cond_broadcast(&board->unwatched);
    pthread_mutex_unlock(&board->lock);
}

long board_shown(struct board *board)
{
    pthread_mutex_lock(&board->lock);
    long shown = board->shown;
    pthread_mutex_unlock(&board->lock);
    return shown;
}
