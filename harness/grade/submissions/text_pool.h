// What many students hand in alike is kept once: a class of thousands fits into memory.
#pragma once

struct text_pool;

// An empty one, a talloc child of `context`, which then owns the texts in it.
struct text_pool *text_pool_new(const void *context);

// Takes a text, a talloc chunk, and gives the one of the pool that is the same; `text` itself is
// freed if there was one.
const char *text_pool_keep(struct text_pool *pool, const char *text);
