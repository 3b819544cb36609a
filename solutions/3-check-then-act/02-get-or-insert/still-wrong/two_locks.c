// Still wrong: a lock for looking and another for inserting keep lookers from lookers, and
// inserters from inserters, and not one from the other.
// Caught by: explore, tsan, helgrind

#include "get_or_insert.h"

#include <pthread.h>
#include <stdlib.h>

enum { BUCKETS = 64 };

struct node {
    struct cart cart;
    struct node *next;
};

struct carts {
    pthread_mutex_t looking;
    pthread_mutex_t inserting;
    struct node *buckets[BUCKETS];
};

static struct node **bucket_of(struct carts *carts, long customer)
{
    return &carts->buckets[(unsigned long)customer % BUCKETS];
}

struct carts *carts_new(void)
{
    struct carts *carts = calloc(1, sizeof *carts);
    if (carts) {
        pthread_mutex_init(&carts->looking, NULL);
        pthread_mutex_init(&carts->inserting, NULL);
    }
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
    pthread_mutex_destroy(&carts->looking);
    pthread_mutex_destroy(&carts->inserting);
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
    pthread_mutex_lock(&carts->looking);
    struct cart *cart = find(carts, customer);
    pthread_mutex_unlock(&carts->looking);

    if (!cart) {
        pthread_mutex_lock(&carts->inserting);
        cart = insert(carts, customer);
        pthread_mutex_unlock(&carts->inserting);
    }
    return cart;
}
