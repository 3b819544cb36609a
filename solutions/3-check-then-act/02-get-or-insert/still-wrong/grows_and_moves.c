// Still wrong: all under one lock; but when the array is full it moves, with the carts in it, away
// from those who hold one.
// Caught by: explore

#include "get_or_insert.h"

#include <pthread.h>
#include <stdlib.h>

struct carts {
    pthread_mutex_t lock; // guards the rest
    struct cart *array;
    size_t count, room;
};

struct carts *carts_new(void)
{
    struct carts *carts = calloc(1, sizeof *carts);
    if (carts)
        pthread_mutex_init(&carts->lock, NULL);
    return carts;
}

void carts_free(struct carts *carts)
{
    if (!carts)
        return;
    free(carts->array);
    pthread_mutex_destroy(&carts->lock);
    free(carts);
}

static struct cart *find(struct carts *carts, long customer)
{
    for (size_t i = carts->count; i > 0; i--)
        if (carts->array[i - 1].customer == customer)
            return &carts->array[i - 1];
    return NULL;
}

static struct cart *insert(struct carts *carts, long customer)
{
    if (carts->count == carts->room) {
        size_t room = carts->room > 0 ? 2 * carts->room : 16;
        struct cart *array = realloc(carts->array, room * sizeof *array);
        if (!array)
            return NULL;
        carts->array = array;
        carts->room = room;
    }
    struct cart *cart = &carts->array[carts->count++];
    cart->customer = customer;
    atomic_init(&cart->items, 0);
    return cart;
}

struct cart *carts_get(struct carts *carts, long customer)
{
    pthread_mutex_lock(&carts->lock);
    struct cart *cart = find(carts, customer);
    if (!cart)
        cart = insert(carts, customer);
    pthread_mutex_unlock(&carts->lock);
    return cart;
}
