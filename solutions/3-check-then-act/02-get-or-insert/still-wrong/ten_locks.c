// Still wrong: ten locks for 64 buckets. Customers of one bucket may have different locks: 0 and 64 have.
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
    pthread_mutex_t locks[10];
    struct node *buckets[BUCKETS];
};

static struct node **bucket_of(struct carts *carts, long customer)
{
    return &carts->buckets[(unsigned long)customer % BUCKETS];
}

struct carts *carts_new(void)
{
    struct carts *carts = calloc(1, sizeof *carts);
    if (carts)
        for (int i = 0; i < 10; i++)
            pthread_mutex_init(&carts->locks[i], NULL);
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
    for (int i = 0; i < 10; i++)
        pthread_mutex_destroy(&carts->locks[i]);
    free(carts);
}

static struct cart *find(struct carts *carts, long customer)
{
    struct node *node = *bucket_of(carts, customer);
    while (node && node->cart.customer != customer)
        node = node->next;
    return node ? &node->cart : NULL;
}

static struct cart *insert(struct carts *carts, long customer)
{
    struct node *node = malloc(sizeof *node), **bucket = bucket_of(carts, customer);
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
    pthread_mutex_t *lock = &carts->locks[(unsigned long)customer % 10];
    pthread_mutex_lock(lock);
    struct cart *cart = find(carts, customer);
    if (!cart)
        cart = insert(carts, customer);
    pthread_mutex_unlock(lock);
    return cart;
}
