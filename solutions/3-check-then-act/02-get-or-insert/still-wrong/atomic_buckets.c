// Still wrong: atomic pointers end the data race; between the look and the lock there is still a
// gap.
// Caught by: explore

#include "get_or_insert.h"

#include <pthread.h>
#include <stdlib.h>

enum { BUCKETS = 64 };

struct node {
    struct cart cart;
    struct node *next;
};

struct carts {
    pthread_mutex_t lock;                  // held while inserting
    struct node *_Atomic buckets[BUCKETS]; // who finds a node finds it complete
};

static struct node *_Atomic *bucket_of(struct carts *carts, long customer)
{
    return &carts->buckets[(unsigned long)customer % BUCKETS];
}

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
    for (int i = 0; i < BUCKETS; i++) {
        while (carts->buckets[i]) {
            struct node *node = carts->buckets[i];
            carts->buckets[i] = node->next;
            free(node);
        }
    }
    pthread_mutex_destroy(&carts->lock);
    free(carts);
}

static struct cart *find(struct carts *carts, long customer)
{
    struct node *node = atomic_load_explicit(bucket_of(carts, customer), memory_order_acquire);
    while (node && node->cart.customer != customer)
        node = node->next;
    return node ? &node->cart : NULL;
}

static struct cart *insert(struct carts *carts, long customer)
{
    struct node *node = malloc(sizeof *node), *_Atomic *bucket = bucket_of(carts, customer);
    if (!node)
        return NULL;
    node->cart.customer = customer;
    atomic_init(&node->cart.items, 0);
    node->next = atomic_load_explicit(bucket, memory_order_relaxed);
    atomic_store_explicit(bucket, node, memory_order_release);
    return &node->cart;
}

struct cart *carts_get(struct carts *carts, long customer)
{
    struct cart *cart = find(carts, customer);
    if (!cart) {
        pthread_mutex_lock(&carts->lock);
        cart = insert(carts, customer);
        pthread_mutex_unlock(&carts->lock);
    }
    return cart;
}
