// In turn: a thread goes on while it can and gives no way, then the next one by number. No chance
// in it: the dry run, from which a search learns.

#include "choose.h"

static int choose_turn(struct choosing *choosing)
{
    unsigned current = choosing->current;
    if (choosing->current_enabled && !choose_gives_way(choosing))
        return (int)current;
    uint64_t later = choosing->enabled & ~(choose_bit(current) | (choose_bit(current) - 1));
    return __builtin_ctzll(later != 0 ? later : choosing->enabled);
}

static unsigned pick_first(struct choosing *choosing, unsigned count)
{
    (void)choosing;
    (void)count;
    return 0;
}

const struct chooser chooser_turn = {"turn", 0, NULL, choose_turn, pick_first};
