// Makes a failing schedule short, and the same for the same bug (shrink.h). Each kind of step lowers
// what is to be low - segments, picks, numbers - and is tried until none of them succeeds any more.

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

static void exchange(uint8_t *thread, uint8_t one, uint8_t other)
{
    *thread = *thread == one ? other : *thread == other ? one : *thread;
}

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

// Threads that run the same code can change places.
static bool exchange_threads(struct shrinking *shrinking)
{
    bool lowered = false;
    uint8_t threads = 0; // up to the highest that the script names, and one more
    for (uint32_t i = 0; i < shrinking->script->segment_count; i++)
        if (shrinking->script->segments[i].thread >= threads)
            threads = shrinking->script->segments[i].thread + 1;
    for (uint8_t one = 0; one < threads; one++)
        for (uint8_t other = one + 1; other < threads; other++) {
            struct script *trial = new_trial(shrinking);
            for (uint32_t i = 0; i < trial->segment_count; i++)
                exchange(&trial->segments[i].thread, one, other);
            for (uint32_t i = 0; i < trial->pick_count; i++)
                exchange(&trial->picks[i].thread, one, other);
            if (is_lower(trial, shrinking->script))
                lowered |= accept_trial(shrinking);
        }
    return lowered;
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
        lowered |= exchange_threads(shrinking);
        lowered |= exchange_neighbours(shrinking);
        lowered |= lower_segments(shrinking);
    }
}
