// The table of choosers, and what they share.

#include "choose.h"

#include <string.h>

const struct chooser *const choosers[] = {&chooser_surw, &chooser_pos, &chooser_walk, &chooser_pct,
                                          NULL};

const struct chooser *chooser_named(const char *name)
{
    for (size_t i = 0; choosers[i] != NULL; i++)
        if (strcmp(choosers[i]->name, name) == 0)
            return choosers[i];
    if (strcmp(chooser_turn.name, name) == 0)
        return &chooser_turn;
    return strcmp(chooser_reduction.name, name) == 0 ? &chooser_reduction : NULL;
}

uint32_t choose_below(struct choosing *choosing, uint32_t bound)
{
    return (uint32_t)((random_next(&choosing->random) >> 32) * bound >> 32);
}

unsigned choose_from(struct choosing *choosing, uint64_t threads)
{
    uint32_t skipped = choose_below(choosing, (uint32_t)__builtin_popcountll(threads));
    while (skipped-- > 0)
        threads &= threads - 1;
    return (unsigned)__builtin_ctzll(threads);
}

bool choose_past_measure(const struct choosing *choosing)
{
    return choosing->step > 2000 + 8 * choosing->schedule->length;
}

bool choose_gives_way(const struct choosing *choosing)
{
    enum { TURN = 300 }; // steps without a break
    return choosing->next[choosing->current]->op == OP_YIELD || choosing->same >= TURN;
}
