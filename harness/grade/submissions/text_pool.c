// Open addressing by a hash of the text. Hashes that collide cost a comparison, no more.
#include "text_pool.h"

#include <stdint.h>
#include <string.h>
#include <talloc.h>

struct text_pool {
    const char **table; // NULL: free
    size_t room, count; // `room` is a power of two and at least twice `count`
};

// FNV-1a.
static uint64_t hash_of(const char *text)
{
    uint64_t hash = 14695981039346656037u;
    for (; *text; text++)
        hash = (hash ^ (unsigned char)*text) * 1099511628211u;
    return hash;
}

static const char **slot_of(const struct text_pool *pool, const char *text)
{
    size_t at = hash_of(text) & (pool->room - 1);
    while (pool->table[at] && strcmp(pool->table[at], text) != 0)
        at = (at + 1) & (pool->room - 1);
    return &pool->table[at];
}

static void make_room(struct text_pool *pool)
{
    struct text_pool old = *pool;
    if (2 * (old.count + 1) <= old.room)
        return;
    pool->room = 2 * old.room;
    pool->table = talloc_zero_array(pool, const char *, (unsigned)pool->room);
    for (size_t i = 0; i < old.room; i++)
        if (old.table[i])
            *slot_of(pool, old.table[i]) = old.table[i];
    talloc_free(old.table);
}

struct text_pool *text_pool_new(const void *context)
{
    enum { ROOM = 1024 };
    struct text_pool *pool = talloc_zero(context, struct text_pool);
    pool->room = ROOM;
    pool->table = talloc_zero_array(pool, const char *, ROOM);
    return pool;
}

const char *text_pool_keep(struct text_pool *pool, const char *text)
{
    make_room(pool);
    const char **slot = slot_of(pool, text);
    if (*slot) {
        talloc_free((void *)text);
        return *slot;
    }
    pool->count++;
    *slot = talloc_steal(pool, text);
    return *slot;
}
