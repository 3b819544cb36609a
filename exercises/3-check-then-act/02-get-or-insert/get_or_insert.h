// The shopping carts of a web shop: one for each customer, made when somebody first asks for it.
#pragma once

#include <stdatomic.h>

struct cart {
    long customer;
    atomic_long items;
};

struct carts;

// No carts, or NULL without memory. The caller frees it, with all carts in it.
struct carts *carts_new(void);
void carts_free(struct carts *carts);

// The cart of `customer`: the same one at every call, from any thread, for as long as `carts`
// lives. The first call makes it, empty. NULL without memory.
struct cart *carts_get(struct carts *carts, long customer);
