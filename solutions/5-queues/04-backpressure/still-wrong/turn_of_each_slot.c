// Still wrong: without a lock; but the next place may be the only one that is not empty yet.
// Caught by: explore

#include "backpressure.h"

#include <stdatomic.h>
#include <stdlib.h>

// In round r a slot's turn is 2r while it waits for a photo, 2r + 1 while it holds one.
struct slot {
    atomic_size_t turn;
    long photo;
};

struct queue {
    size_t limit;
    atomic_size_t accepted, taken; // photos so far: photo n goes into slot n % limit
    struct slot slots[];
};

struct queue *queue_new(size_t limit)
{
    struct queue *queue = malloc(sizeof *queue + limit * sizeof queue->slots[0]);
    if (!queue)
        return NULL;
    queue->limit = limit;
    atomic_init(&queue->accepted, 0);
    atomic_init(&queue->taken, 0);
    for (size_t i = 0; i < limit; i++)
        atomic_init(&queue->slots[i].turn, 0);
    return queue;
}

void queue_free(struct queue *queue)
{
    free(queue);
}

// Gives the slot of number `*count`, and counts it, if its turn has come; NULL if it has not.
static struct slot *next_slot(struct queue *queue, atomic_size_t *count, size_t full)
{
    size_t number = atomic_load(count);
    for (;;) {
        struct slot *slot = &queue->slots[number % queue->limit];
        size_t turn = 2 * (number / queue->limit) + full;
        if (atomic_load_explicit(&slot->turn, memory_order_acquire) == turn) {
            if (atomic_compare_exchange_weak(count, &number, number + 1))
                return slot;
        } else {
            size_t before = number;
            number = atomic_load(count);
            if (number == before)
                return NULL;
        }
    }
}

bool queue_offer(struct queue *queue, long photo)
{
    struct slot *slot = next_slot(queue, &queue->accepted, 0);
    if (!slot)
        return false;
    slot->photo = photo;
    atomic_fetch_add_explicit(&slot->turn, 1, memory_order_release);
    return true;
}

bool queue_take(struct queue *queue, long *photo)
{
    struct slot *slot = next_slot(queue, &queue->taken, 1);
    if (!slot)
        return false;
    *photo = slot->photo;
    atomic_fetch_add_explicit(&slot->turn, 1, memory_order_release);
    return true;
}
