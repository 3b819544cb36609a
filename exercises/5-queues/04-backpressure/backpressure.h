// What a photo service has accepted and not yet worked on: a queue with a limit. Any number of
// threads may use it.
#pragma once

#include <stdbool.h>
#include <stddef.h>

struct queue;

// An empty queue for at most `limit` photos (at least 1), or NULL without memory. The caller frees
// it.
struct queue *queue_new(size_t limit);
void queue_free(struct queue *queue);

// Accepts a photo, or returns false: `limit` photos are inside, or another photo is being refused
// at this moment; come back later. Does not wait.
bool queue_offer(struct queue *queue, long photo);

// Takes the oldest photo out, or returns false: none is inside. Does not wait.
bool queue_take(struct queue *queue, long *photo);
