// Makes a failing schedule short, and the same for the same bug (shrink.h). Each kind of step
// lowers what is to be low - segments, picks, numbers - and is tried until none of them succeeds
// any more.

#include "shrink.h"

#include <string.h>

// Whether the trial still fails; then it becomes the script.
static bool accept_trial(struct shrinking *shrinking)
{
    if (shrinking->replays >= shrinking->replays_most)
        return false;
    shrinking->replays++;
    enum replayed replayed = shrinking->replay(shrinking->argument, shrinking->trial);
    if (replayed == REPLAY_GOES_WELL && shrinking->good != NULL) {
        script_copy(shrinking->good, shrinking->trial);
        shrinking->has_good = true;
    }
    if (replayed != REPLAY_FAILS)
        return false;
    script_copy(shrinking->script, shrinking->trial);
    return true;
}

static struct script *new_trial(struct shrinking *shrinking)
{
    script_copy(shrinking->trial, shrinking->script);
    return shrinking->trial;
}

// ---- Fewer segments ----

// Takes `count` segments out, from the one at `first` on. Neighbours of the same thread become one.
static void remove_segments(struct script *script, uint32_t first, uint32_t count)
{
    struct segment *segments = script->segments;
    memmove(segments + first, segments + first + count,
            (script->segment_count - first - count) * sizeof *segments);
    script->segment_count -= count;
    if (first > 0 && first < script->segment_count &&
        segments[first - 1].thread == segments[first].thread)
        remove_segments(script, first - 1, 1);
}

// Tries to take out pieces of this length, wherever they are.
static bool drop_pieces(struct shrinking *shrinking, uint32_t length)
{
    bool dropped = false;
    uint32_t first = 0;
    while (first + length <= shrinking->script->segment_count) {
        remove_segments(new_trial(shrinking), first, length);
        if (accept_trial(shrinking))
            dropped = true;
        else
            first++;
    }
    return dropped;
}

// Large pieces first, as in delta debugging.
static bool drop_segments(struct shrinking *shrinking)
{
    bool dropped = false;
    uint32_t length = shrinking->script->segment_count;
    for (; length > 0; length /= 2) {
        if (length > shrinking->script->segment_count)
            continue;
        dropped |= drop_pieces(shrinking, length);
    }
    return dropped;
}

// ---- Fewer and lower picks ----

static bool drop_picks(struct shrinking *shrinking)
{
    bool dropped = false;
    for (uint32_t i = 0; i < shrinking->script->pick_count;) {
        struct script *trial = new_trial(shrinking);
        memmove(trial->picks + i, trial->picks + i + 1,
                (trial->pick_count - i - 1) * sizeof *trial->picks);
        trial->pick_count--;
        if (accept_trial(shrinking))
            dropped = true;
        else
            i++;
    }
    return dropped;
}

static bool lower_picks(struct shrinking *shrinking)
{
    bool lowered = false;
    for (uint32_t i = 0; i < shrinking->script->pick_count; i++)
        for (uint8_t value = 1; value < shrinking->script->picks[i].value; value++) {
            new_trial(shrinking)->picks[i].value = value;
            lowered |= accept_trial(shrinking);
        }
    return lowered;
}

// ---- Lower numbers ----

// Where the thread of a segment stands when the segment begins.
static uint32_t stands_at(const struct script *script, uint32_t index)
{
    for (uint32_t i = index; i-- > 0;)
        if (script->segments[i].thread == script->segments[index].thread)
            return script->segments[i].until;
    return 0;
}

// Ends a segment as early as it may be, found by halving.
static bool lower_segment(struct shrinking *shrinking, uint32_t index)
{
    bool lowered = false;
    uint32_t low = stands_at(shrinking->script, index) + 1; // everything below is known not to do
    while (low < shrinking->script->segments[index].until) {
        uint32_t middle = low + (shrinking->script->segments[index].until - low) / 2;
        new_trial(shrinking)->segments[index].until = middle;
        if (accept_trial(shrinking))
            lowered = true;
        else
            low = middle + 1;
    }
    return lowered;
}

static bool lower_segments(struct shrinking *shrinking)
{
    bool lowered = false;
    for (uint32_t i = shrinking->script->segment_count; i-- > 0;)
        lowered |= lower_segment(shrinking, i);
    return lowered;
}

// ---- Lower threads ----

// Whether one of two scripts of equal length is the lower one, by threads and then by numbers.
static bool is_lower(const struct script *one, const struct script *other)
{
    for (uint32_t i = 0; i < one->segment_count; i++)
        if (one->segments[i].thread != other->segments[i].thread)
            return one->segments[i].thread < other->segments[i].thread;
    for (uint32_t i = 0; i < one->segment_count; i++)
        if (one->segments[i].until != other->segments[i].until)
            return one->segments[i].until < other->segments[i].until;
    return false;
}

enum { CAST_MOST = 3, ROLES_MOST = 8 };

// The threads that a script names, in the order in which they come first.
struct cast {
    unsigned count;
    uint8_t threads[CAST_MOST];
};

static int part_of(const struct cast *cast, uint8_t thread)
{
    for (unsigned i = 0; i < cast->count; i++)
        if (cast->threads[i] == thread)
            return (int)i;
    return -1;
}

// False if there are too many.
static bool cast_of(const struct script *script, struct cast *cast)
{
    cast->count = 0;
    for (uint32_t i = 0; i < script->segment_count; i++) {
        uint8_t thread = script->segments[i].thread;
        if (part_of(cast, thread) >= 0)
            continue;
        if (cast->count == CAST_MOST || thread >= ROLES_MOST)
            return false;
        cast->threads[cast->count++] = thread;
    }
    return cast->count > 0;
}

// Casts anew: others play the parts. Who has no part any more changes places with whoever has it
// now.
static void recast(struct script *script, const struct cast *from, const struct cast *to)
{
    uint8_t played[THREADS_MAX];
    for (unsigned id = 0; id < THREADS_MAX; id++)
        played[id] = (uint8_t)id;
    for (unsigned part = 0; part < from->count; part++) {
        unsigned id = 0;
        while (played[id] != to->threads[part])
            id++;
        played[id] = played[from->threads[part]];
        played[from->threads[part]] = to->threads[part];
    }
    for (uint32_t i = 0; i < script->segment_count; i++)
        script->segments[i].thread = played[script->segments[i].thread];
    for (uint32_t i = 0; i < script->pick_count; i++)
        script->picks[i].thread = played[script->picks[i].thread];
}

// The number-th cast of as many, of threads up to `highest`. False if it names one twice.
static bool new_cast(struct cast *cast, unsigned count, unsigned number, unsigned highest)
{
    cast->count = 0;
    for (unsigned part = 0; part < count; part++) {
        unsigned below = 1; // so many casts differ only in the parts after this one
        for (unsigned rest = part + 1; rest < count; rest++)
            below *= highest + 1;
        uint8_t thread = (uint8_t)(number / below % (highest + 1));
        if (part_of(cast, thread) >= 0)
            return false;
        cast->threads[cast->count++] = thread;
    }
    return true;
}

// Threads that run the same code can change places: the lowest ones that do are best.
static bool lower_cast(struct shrinking *shrinking)
{
    struct cast cast, lower;
    if (!cast_of(shrinking->script, &cast))
        return false;
    unsigned highest = 0, casts = 1;
    for (unsigned part = 0; part < cast.count; part++)
        highest = cast.threads[part] > highest ? cast.threads[part] : highest;
    for (unsigned part = 0; part < cast.count; part++)
        casts *= highest + 1;
    for (unsigned number = 0; number < casts; number++) {
        if (!new_cast(&lower, cast.count, number, highest))
            continue;
        recast(new_trial(shrinking), &cast, &lower);
        if (!is_lower(shrinking->trial, shrinking->script))
            return false;
        if (accept_trial(shrinking))
            return true;
    }
    return false;
}

// ---- Segments that change places ----

// What is done by two neighbours may as well be done in the lower order.
static bool exchange_neighbours(struct shrinking *shrinking)
{
    bool lowered = false;
    for (uint32_t i = 0; i + 1 < shrinking->script->segment_count; i++) {
        struct script *trial = new_trial(shrinking);
        struct segment moved = trial->segments[i];
        trial->segments[i] = trial->segments[i + 1];
        trial->segments[i + 1] = moved;
        if (is_lower(trial, shrinking->script))
            lowered |= accept_trial(shrinking);
    }
    return lowered;
}

// ---- The nearest schedule that goes well ----

enum {
    NEAR_MOST = 32, // segments, counted from the end, at which another turn is tried
    TURNS_MOST = 8, // threads that are tried where the segments decide nothing
};

static bool goes_well(struct shrinking *shrinking)
{
    if (shrinking->replay(shrinking->argument, shrinking->trial) != REPLAY_GOES_WELL)
        return false;
    script_copy(shrinking->good, shrinking->trial);
    shrinking->has_good = true;
    return true;
}

// Where the segments are followed and the threads taking turns fail: main goes on as far as it
// comes, and then one of the others, which passes its turn to nobody.
static void find_turn(struct shrinking *shrinking)
{
    uint32_t count = shrinking->script->segment_count;
    for (uint8_t thread = 1; thread <= TURNS_MOST && count + 2 <= SEGMENTS_MOST; thread++) {
        struct script *trial = new_trial(shrinking);
        trial->segments[count] = (struct segment){.thread = 0, .until = UINT32_MAX};
        trial->segments[count + 1] = (struct segment){.thread = thread, .until = UINT32_MAX};
        trial->segment_count = count + 2;
        if (goes_well(shrinking))
            return;
    }
}

// The schedule that goes well and follows the failing one the longest: at the last switch that
// decides, the thread that is running goes on instead, as far as it comes. If none goes well,
// `good` stays what was met on the way, or becomes what another turn leads to.
static void find_near(struct shrinking *shrinking)
{
    uint32_t count = shrinking->script->segment_count, tried = 0;
    for (uint32_t index = count; index-- > 0 && tried < NEAR_MOST; tried++) {
        struct script *trial = new_trial(shrinking);
        trial->segment_count = index + 1;
        trial->segments[index].until = UINT32_MAX;
        if (goes_well(shrinking))
            return;
    }
    if (!shrinking->has_good)
        find_turn(shrinking);
}

void shrink(struct shrinking *shrinking)
{
    shrinking->replays = 0;
    shrinking->has_good = false;
    script_copy(shrinking->trial, shrinking->script);
    if (!accept_trial(shrinking))
        return;
    for (bool lowered = true; lowered;) {
        lowered = drop_segments(shrinking);
        lowered |= drop_picks(shrinking);
        lowered |= lower_picks(shrinking);
        lowered |= lower_cast(shrinking);
        lowered |= exchange_neighbours(shrinking);
        lowered |= lower_segments(shrinking);
    }
    if (shrinking->good != NULL)
        find_near(shrinking);
}
