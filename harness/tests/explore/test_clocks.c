// What C11 and POSIX say happens before what: a table of small runs, each right or racy, and random runs
// against the standard's words taken literally.

#include "fake_engine.h"
#include "trace.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static const struct litmus {
    const char *idea;
    const char *trace;
    bool races;
} table[] = {
    {"nothing orders them", "a: write x; b: write x", true},
    {"two reads", "a: read x; b: read x", false},
    {"two objects", "a: write x; b: write y", false},

    {"creation", "m: write x, create a; a: write x", false},
    {"after creation", "m: create a, write x; a: write x", true},
    {"join", "m: create a; a: write x; m: join a, write x", false},
    {"before the join", "m: create a; a: write x; m: write x, join a", true},
    {"joined by another", "m: create a, create b; a: write x; b: join a, write y; m: write x",
     true},
    {"siblings", "m: create a, create b; a: write x; b: write x", true},
    {"a grandchild", "m: create a; a: write x, create b; b: write x", false},

    {"one mutex", "a: lock m, write x, unlock m; b: lock m, write x, unlock m", false},
    {"two mutexes", "a: lock m, write x, unlock m; b: lock n, write x, unlock n", true},
    {"after the unlock", "a: lock m, unlock m, write x; b: lock m, write x, unlock m", true},
    {"two hands later", "a: lock m, write x, unlock m; b: lock m, unlock m; c: lock m, write x",
     false},

    {"atomic with atomic", "a: store f rlx; b: update f rlx; c: load f rlx", false},
    {"atomic with plain", "a: store f sc; b: read f", true},
    {"plain with atomic", "a: write f; b: load f acq", true},
    {"two that only read", "a: read f; b: load f rlx", false},

    {"publication", "a: write x, store f rel; b: load f acq, read x", false},
    {"by the default order", "a: write x, store f sc; b: load f sc, read x", false},
    {"relaxed store", "a: write x, store f rlx; b: load f acq, read x", true},
    {"relaxed load", "a: write x, store f rel; b: load f rlx, read x", true},
    {"another flag", "a: write x, store f rel; b: load g acq, read x", true},
    {"written after it", "a: store f rel, write x; b: load f acq, read x", true},
    {"read before the store", "b: load f acq; a: write x, store f rel; b: read x", true},
    {"through a third thread",
     "a: write x, store f rel; b: load f acq, store g rel; c: load g acq, read x", false},
    {"the third thread loads relaxed",
     "a: write x, store f rel; b: load f rlx, store g rel; c: load g acq, read x", true},

    {"another's store ends the sequence",
     "a: write x, store f rel; b: store f rlx; c: load f acq, read x", true},
    {"another's releasing store too",
     "a: write x, store f rel; b: store f rel; c: load f acq, read x", true},
    {"its own store goes on", "a: write x, store f rel, store f rlx; b: load f acq, read x", false},
    {"its own, after another's",
     "a: write x, store f rel; b: store f rlx; a: store f rlx; c: load f acq, read x", true},
    {"an update goes on", "a: write x, store f rel; b: update f rlx; c: load f acq, read x", false},
    {"many updates",
     "a: write x, store f rel; b: update f rlx; c: update f rlx; b: update f rlx; "
     "d: load f acq, read x",
     false},
    {"its own store behind another's update",
     "a: write x, store f rel; b: update f acqrel; a: store f rlx; c: load f acq, read x", false},
    {"the update's own head ends there",
     "a: store f rel; b: write x, update f rel; a: store f rlx; c: load f acq, read x", true},
    {"an update heads too", "a: write x, update f rel; b: update f rlx; c: load f acq, read x",
     false},
    {"a relaxed update heads nothing", "a: write x, update f rlx; b: load f acq, read x", true},
    {"a counter of references",
     "a: write x, update f rel; b: write y, update f acqrel, write x, write y", false},
    {"a relaxed counter of references", "a: write x, update f rlx; b: update f rlx, write x", true},
    {"both heads of a counter",
     "a: write x, update f rel; b: write y, update f rel; c: update f acq, write x, write y",
     false},

    {"a flag that its own thread began plainly", "a: write f, store f rel; b: load f acq", false},
    {"an update acquires before it accesses", "a: read f, store f rel; b: update f acqrel", false},

    {"two fences", "a: write x, fence rel, store f rlx; b: load f rlx, fence acq, read x", false},
    {"fences of all orders", "a: write x, fence sc, store f rlx; b: load f rlx, fence sc, read x",
     false},
    {"no release fence", "a: write x, store f rlx; b: load f rlx, fence acq, read x", true},
    {"no acquire fence", "a: write x, fence rel, store f rlx; b: load f rlx, read x", true},
    {"a fence of the wrong kind",
     "a: write x, fence acq, store f rlx; b: load f rlx, fence rel, read x", true},
    {"a fence too early", "a: fence rel, write x, store f rlx; b: load f rlx, fence acq, read x",
     true},
    {"an acquire fence too early",
     "a: write x, fence rel; b: load f rlx, fence acq; a: store f rlx; b: read x", true},
    {"a fence and a load", "a: write x, fence rel, store f rlx; b: load f acq, read x", false},
    {"a store and a fence", "a: write x, store f rel; b: load f rlx, fence acq, read x", false},
    {"a fence for an update", "a: write x, fence rel, update f rlx; b: load f acq, read x", false},
    {"fence and another's update",
     "a: write x, fence rel, store f rlx; b: update f rlx; c: load f acq, read x", false},
    {"fences order nothing by themselves", "a: write x, fence sc; b: fence sc, read x", true},
    {"the last reference", "a: write x, update f rel; b: update f rel, fence acq, write x", false},
};

static void small_runs(void **state)
{
    (void)state;
    unsigned wrong = 0;
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        struct trace trace = trace_parse(table[i].trace);
        bool races = trace_play(&trace) != 0;
        if (races == table[i].races)
            continue;
        wrong++;
        print_error("%s: %s\n", table[i].idea, races ? "races" : "does not race");
        trace_print(&trace);
    }
    assert_int_equal(wrong, 0);
}

// Few threads, flags and words, so that much happens between them. Plain accesses are rare: most
// would race.
static struct trace random_trace(uint64_t seed)
{
    static const int orders[] = {__ATOMIC_RELAXED, __ATOMIC_RELAXED, __ATOMIC_ACQUIRE,
                                 __ATOMIC_RELEASE, __ATOMIC_ACQ_REL, __ATOMIC_SEQ_CST};
    static const enum verb verbs[] = {READ, WRITE, LOAD, LOAD, STORE, UPDATE, FENCE, STORE};
    struct trace trace = {.count = 4 + (unsigned)(random_next(&seed) % 12)};
    for (unsigned i = 0; i < trace.count; i++) {
        struct trace_step *step = &trace.steps[i];
        step->thread = 1 + (unsigned)(random_next(&seed) % 3);
        step->verb = verbs[random_next(&seed) % 8];
        step->order = orders[random_next(&seed) % 6];
        step->object = (unsigned)(random_next(&seed) % 2) + (step->verb <= WRITE ? 2 : 0);
        if (step->verb <= WRITE && random_next(&seed) % 16 == 0)
            step->object = 0; // a plain access of a flag
    }
    return trace;
}

static void random_runs(void **state)
{
    (void)state;
    unsigned wrong = 0, racy = 0, runs = 100000;
    for (unsigned seed = 1; seed <= runs && wrong < 3; seed++) {
        struct trace trace = random_trace(seed);
        uint32_t expected = trace_judge(&trace), raced = trace_play(&trace);
        racy += expected != 0;
        if (expected == raced)
            continue;
        wrong++;
        print_error("run %u: objects %x race, found %x\n", seed, expected, raced);
        trace_print(&trace);
    }
    assert_int_equal(wrong, 0);
    assert_true(racy >= runs / 4 && racy <= runs / 4 * 3); // both kinds are tried
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(small_runs),
        cmocka_unit_test(random_runs),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
