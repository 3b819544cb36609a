// A shift at the post office. Each worker is a process, and has a chute of its own, through which
// its letters come. One process opens the shift, gives out the letters, and sends the workers home.
#pragma once

struct shift;

// So many workers, numbered from 0, whose chutes are empty; NULL if there is no memory, or no
// process to be had.
struct shift *shift_open(int workers);

// Drops a letter, which is not negative, into a worker's chute. The worker calls letter_sort with
// it, in its own process, one letter after the other, in the order in which they were dropped.
void shift_give(struct shift *shift, int worker, int letter);

// No more letters for this worker. Returns when it has sorted all that it was given, and gone home:
// its process has ended and was waited for, and has called none of the office's atexit functions. The
// others work on meanwhile, and can be given letters afterwards.
void shift_send_home(struct shift *shift, int worker);

// For when all have gone home. No descriptor of the shift stays open, and none
// that is not the shift's is closed.
void shift_free(struct shift *shift);

// The driver's.
void letter_sort(int worker, int letter);
