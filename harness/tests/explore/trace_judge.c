// Data races by the words of C11 (5.1.2.4, 7.17.4), with nothing clever: every pair of steps is looked
// at. What is called X, Y, A and B there is so here.

#include "trace.h"

#include <stdbool.h>

static const struct trace *run;

static bool acquires(unsigned i)
{
    int order = run->steps[i].order;
    enum verb verb = run->steps[i].verb;
    return (verb == LOAD || verb == UPDATE || verb == FENCE) &&
           (order == __ATOMIC_ACQUIRE || order == __ATOMIC_ACQ_REL || order == __ATOMIC_SEQ_CST);
}

static bool releases(unsigned i)
{
    int order = run->steps[i].order;
    enum verb verb = run->steps[i].verb;
    return (verb == STORE || verb == UPDATE || verb == FENCE) &&
           (order == __ATOMIC_RELEASE || order == __ATOMIC_ACQ_REL || order == __ATOMIC_SEQ_CST);
}

static bool is_fence(unsigned i)
{
    return run->steps[i].verb == FENCE;
}

// An atomic operation that writes, or reads, an object.
static bool writes(unsigned i)
{
    return run->steps[i].verb == STORE || run->steps[i].verb == UPDATE;
}

static bool reads(unsigned i)
{
    return run->steps[i].verb == LOAD || run->steps[i].verb == UPDATE;
}

// Sequenced before: the same thread, earlier.
static bool sequenced(unsigned i, unsigned j)
{
    return i < j && run->steps[i].thread == run->steps[j].thread;
}

// Whether atomic read Y takes its value from the release sequence that atomic write X heads, or would head
// if it released.
static bool reads_from_sequence(unsigned y, unsigned x)
{
    if (!reads(y) || !writes(x) || x >= y || run->steps[y].object != run->steps[x].object)
        return false;
    for (unsigned i = x + 1; i < y; i++)
        if (run->steps[i].object == run->steps[x].object && run->steps[i].verb == STORE &&
            run->steps[i].thread != run->steps[x].thread)
            return false;
    return true;
}

// Whether A (a release operation, or a fence) synchronizes with B (an acquire operation, or a fence).
static bool synchronizes(unsigned a, unsigned b)
{
    if (!releases(a) || !acquires(b))
        return false;
    for (unsigned x = 0; x < run->count; x++)
        for (unsigned y = 0; y < run->count; y++) {
            bool from_a = is_fence(a) ? sequenced(a, x) : x == a;
            bool to_b = is_fence(b) ? sequenced(y, b) : y == b;
            if (from_a && to_b && reads_from_sequence(y, x))
                return true;
        }
    return false;
}

static bool conflict(unsigned i, unsigned j)
{
    const struct trace_step *a = &run->steps[i], *b = &run->steps[j];
    bool writing = a->verb == WRITE || b->verb == WRITE || writes(i) || writes(j);
    bool plain = a->verb <= WRITE || b->verb <= WRITE;
    return a->object == b->object && !is_fence(i) && !is_fence(j) && writing && plain;
}

uint32_t trace_judge(const struct trace *trace)
{
    static bool before[TRACE_STEPS_MOST][TRACE_STEPS_MOST];
    run = trace;
    uint32_t raced = 0;
    for (unsigned j = 0; j < run->count; j++) // all that is before j is earlier in the trace
        for (unsigned i = j; i-- > 0;) {
            before[i][j] = sequenced(i, j) || synchronizes(i, j);
            for (unsigned k = i + 1; k < j; k++)
                before[i][j] = before[i][j] || (before[i][k] && before[k][j]);
            if (!before[i][j] && conflict(i, j))
                raced |= UINT32_C(1) << run->steps[i].object;
        }
    return raced;
}
