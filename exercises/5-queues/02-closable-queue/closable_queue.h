// The queue of a bakery: customers walk in until the door is closed, and everybody who got in is
// served. Any number of threads may use it.
#pragma once

#include <stdbool.h>

struct queue;

// An empty queue with its door open, or NULL without memory. The caller frees it.
struct queue *queue_new(void);
void queue_free(struct queue *queue);

// Lets a customer in: some queue_pop will give this number. Returns false, and does nothing, once
// the queue is closed (or without memory).
bool queue_push(struct queue *queue, long customer);

// Waits for the next customer, first come, first served. Returns false once the queue is closed and
// nobody is left in it: to every caller, however many there are.
bool queue_pop(struct queue *queue, long *customer);

// Closes the door for good.
void queue_close(struct queue *queue);
