// Conway's Game of Life on a square that has no edge: what leaves at the bottom comes in at the
// top, and left and right likewise. Several workers share each generation, a band of rows each.
#pragma once

#include <stdbool.h>

enum { LIFE_SIZE = 16 }; // rows, and cells in a row

struct life;

// A board with these cells, for `workers` workers; NULL without memory. The caller frees it.
struct life *life_new(bool cells[LIFE_SIZE][LIFE_SIZE], int workers);
void life_free(struct life *life);

// The work of worker number `worker`, from 0 on, for `generations` generations. Called once for
// each worker, by a thread of its own, all at the same time; when all have returned, the board is
// that much older.
void life_work(struct life *life, int worker, long generations);

// Whether a cell is alive, when no worker is at work.
bool life_alive(struct life *life, int row, int column);

// Called by life_work, when its worker has worked out its band for `generation` (1, 2, ...).
// However long it takes, the other workers come as far as that meanwhile. It belongs to the caller
// (main.c), which shows how far the work has come.
void life_progress(int worker, long generation);
