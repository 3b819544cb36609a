#include "trace.h"

#include "fake_engine.h"

#include "clocks.h"
#include "races.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static const char *const verbs[] = {"read",  "write", "load",   "store",  "update",
                                    "fence", "lock",  "unlock", "create", "join"};
static const char *const orders[] = {[__ATOMIC_RELAXED] = "rlx",
                                     [__ATOMIC_ACQUIRE] = "acq",
                                     [__ATOMIC_RELEASE] = "rel",
                                     [__ATOMIC_ACQ_REL] = "acqrel",
                                     [__ATOMIC_SEQ_CST] = "sc"};
enum { VERBS = sizeof verbs / sizeof *verbs, ORDERS = sizeof orders / sizeof *orders };

// ---- Text ----

static unsigned thread_called(char letter)
{
    return letter == 'm' ? 0 : (unsigned)(letter - 'a') + 1;
}

static char name_of(unsigned thread)
{
    return thread == 0 ? 'm' : (char)('a' + thread - 1);
}

// The next word of *text, which is moved behind it; "" at its end.
static const char *next_word(const char **text)
{
    static char word[16];
    *text += strspn(*text, " ,;");
    size_t length = strcspn(*text, " ,;");
    assert_true(length < sizeof word);
    memcpy(word, *text, length);
    word[length] = '\0';
    *text += length;
    return word;
}

static unsigned find(const char *word, const char *const *words, unsigned count)
{
    for (unsigned i = 0; i < count; i++)
        if (words[i] != NULL && strcmp(words[i], word) == 0)
            return i;
    fail_msg("\"%s\" is no word of a trace", word);
    return 0;
}

struct trace trace_parse(const char *text)
{
    struct trace trace = {0};
    unsigned thread = 0;
    for (const char *word; *(word = next_word(&text)) != '\0';) {
        if (word[1] == ':') {
            thread = thread_called(word[0]);
            continue;
        }
        assert_true(trace.count < TRACE_STEPS_MOST);
        struct trace_step *step = &trace.steps[trace.count++];
        step->thread = thread;
        step->verb = find(word, verbs, VERBS);
        if (step->verb == CREATE || step->verb == JOIN)
            step->object = thread_called(next_word(&text)[0]);
        else if (step->verb != FENCE)
            step->object = (unsigned)(next_word(&text)[0] - 'a');
        if (step->verb >= LOAD && step->verb <= FENCE)
            step->order = (int)find(next_word(&text), orders, ORDERS);
    }
    return trace;
}

void trace_print(const struct trace *trace)
{
    for (unsigned i = 0; i < trace->count; i++) {
        const struct trace_step *step = &trace->steps[i];
        print_error("    %c: %s", name_of(step->thread), verbs[step->verb]);
        if (step->verb == CREATE || step->verb == JOIN)
            print_error(" %c", name_of(step->object));
        else if (step->verb != FENCE)
            print_error(" %c", (char)('a' + step->object));
        if (step->verb >= LOAD && step->verb <= FENCE)
            print_error(" %s", orders[step->order]);
        print_error("\n");
    }
}

// ---- The race detector ----

static uint64_t objects[26];

static void atomic_step(const struct trace_step *step, uintptr_t pc)
{
    uint64_t *object = &objects[step->object];
    bool reads = step->verb != STORE, writes = step->verb != LOAD;
    if (reads)
        clock_load(object, step->order);
    races_access(object, sizeof *object, ACCESS_ATOMIC | (writes ? ACCESS_WRITE : 0), pc);
    if (step->verb == STORE)
        clock_store(object, step->order);
    else if (step->verb == UPDATE)
        clock_update(object, step->order);
}

static void play_step(const struct trace_step *step, uintptr_t pc)
{
    uint64_t *object = &objects[step->object];
    fake_switch(step->thread);
    switch (step->verb) {
    case READ: races_access(object, sizeof *object, ACCESS_READ, pc); break;
    case WRITE: races_access(object, sizeof *object, ACCESS_WRITE, pc); break;
    case FENCE: clock_fence(step->order); break;
    case LOCK: clock_acquire(object); break;
    case UNLOCK: clock_release(object); break;
    case CREATE: fake_create(step->object); break;
    case JOIN: fake_join(step->object); break;
    default: atomic_step(step, pc);
    }
}

static bool creates(const struct trace *trace)
{
    for (unsigned i = 0; i < trace->count; i++)
        if (trace->steps[i].verb == CREATE)
            return true;
    return false;
}

uint32_t trace_play(const struct trace *trace)
{
    fake_begin();
    for (unsigned id = 1; id < FAKE_THREADS && !creates(trace); id++)
        fake_create(id);
    for (unsigned i = 0; i < trace->count; i++)
        play_step(&trace->steps[i], i + 1); // every step is a place of its own
    uint32_t raced = 0;
    for (unsigned i = 0; i < fake_fault_count; i++)
        raced |= UINT32_C(1) << ((const uint64_t *)fake_faults[i].object - objects);
    return raced;
}
