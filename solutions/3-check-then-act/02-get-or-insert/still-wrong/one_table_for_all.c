// Still wrong: one lock and one table, which all shops share.
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
    pthread_mutex_t lock; // guards buckets
};

static struct node *buckets[BUCKETS];

static struct node **bucket_of(long customer)
{
    return &buckets[(unsigned long)customer % BUCKETS];
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
        while (buckets[i]) {
            struct node *node = buckets[i];
            buckets[i] = node->next;
            free(node);
        }
    }
    pthread_mutex_destroy(&carts->lock);
    free(carts);
}

static struct cart *find(long customer)
{
    struct node *node = *bucket_of(customer);
    while (node && node->cart.customer != customer)
        node = node->next;
    return node ? &node->cart : NULL;
}

static struct cart *insert(long customer)
{
    struct node *node = malloc(sizeof *node), **bucket = bucket_of(customer);
    if (!node)
        return NULL;
    node->cart.customer = customer;
    atomic_init(&node->cart.items, 0);
    node->next = *bucket;
    *bucket = node;
    return &node->cart;
}

struct cart *carts_get(struct carts *carts, long customer)
{
    pthread_mutex_lock(&carts->lock);
    struct cart *cart = find(customer);
    if (!cart)
        cart = insert(customer);
    pthread_mutex_unlock(&carts->lock);
    return cart;
}
