// Also right: no lock; a node is put in front only if the bucket still is as it was when it was
// searched.

#include "get_or_insert.h"

#include <stdlib.h>

enum { BUCKETS = 64 };

struct node {
    struct cart cart;
    struct node *next;
};

// Nodes are only ever put in front, and taken out by nobody: what a pointer leads to stays as it
// is.
struct carts {
    struct node *_Atomic buckets[BUCKETS];
};

static struct node *_Atomic *bucket_of(struct carts *carts, long customer)
{
    return &carts->buckets[(unsigned long)customer % BUCKETS];
}

struct carts *carts_new(void)
{
    return calloc(1, sizeof(struct carts));
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
    free(carts);
}

static struct cart *find(struct node *node, long customer)
{
    while (node && node->cart.customer != customer)
        node = node->next;
    return node ? &node->cart : NULL;
}

static struct node *node_new(long customer)
{
    struct node *node = malloc(sizeof *node);
    if (node) {
        node->cart.customer = customer;
        atomic_init(&node->cart.items, 0);
    }
    return node;
}

struct cart *carts_get(struct carts *carts, long customer)
{
    struct node *_Atomic *bucket = bucket_of(carts, customer);
    struct node *first = atomic_load(bucket), *mine = NULL;
    struct cart *cart;
    while (!(cart = find(first, customer))) {
        if (!mine && !(mine = node_new(customer)))
            return NULL;
        mine->next = first;
        if (atomic_compare_exchange_strong(bucket, &first, mine))
            return &mine->cart;
        // Somebody else put a node in front, perhaps this very customer's: look again.
    }
    free(mine); // if it was made, it came too late
    return cart;
}
