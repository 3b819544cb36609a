// Also right: a lock for each bucket; customers in different buckets never wait for each other.

#include "get_or_insert.h"

#include <pthread.h>
#include <stdlib.h>

enum { BUCKETS = 64 };

struct node {
    struct cart cart;
    struct node *next;
};

struct bucket {
    pthread_mutex_t lock; // guards nodes
    struct node *nodes;
};

struct carts {
    struct bucket buckets[BUCKETS];
};

static struct bucket *bucket_of(struct carts *carts, long customer)
{
    return &carts->buckets[(unsigned long)customer % BUCKETS];
}

struct carts *carts_new(void)
{
    struct carts *carts = calloc(1, sizeof *carts);
    for (int i = 0; carts && i < BUCKETS; i++)
        pthread_mutex_init(&carts->buckets[i].lock, NULL);
    return carts;
}

void carts_free(struct carts *carts)
{
    if (!carts)
        return;
    for (int i = 0; i < BUCKETS; i++) {
        while (carts->buckets[i].nodes) {
            struct node *node = carts->buckets[i].nodes;
            carts->buckets[i].nodes = node->next;
            free(node);
        }
        pthread_mutex_destroy(&carts->buckets[i].lock);
    }
    free(carts);
}

// Must hold bucket->lock.
static struct cart *find(struct bucket *bucket, long customer)
{
    struct node *node = bucket->nodes;
    while (node && node->cart.customer != customer)
        node = node->next;
    return node ? &node->cart : NULL;
}

// Must hold bucket->lock.
static struct cart *insert(struct bucket *bucket, long customer)
{
    struct node *node = malloc(sizeof *node);
    if (!node)
        return NULL;
    node->cart.customer = customer;
    atomic_init(&node->cart.items, 0);
    node->next = bucket->nodes;
    bucket->nodes = node;
    return &node->cart;
}

struct cart *carts_get(struct carts *carts, long customer)
{
    struct bucket *bucket = bucket_of(carts, customer);
    pthread_mutex_lock(&bucket->lock);
    struct cart *cart = find(bucket, customer);
    if (!cart)
        cart = insert(bucket, customer);
    pthread_mutex_unlock(&bucket->lock);
    return cart;
}
