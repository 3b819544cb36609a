// Shrinking: whatever schedule a bug was found with, the string that is left is the same, and
// short.

#include "shrink.h"
#include "toy_programs.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

static struct script script, trial, good;
static struct toy toy;

// ---- Programs with a bug, and how it shows ----

#define EXIT                                                                                       \
    {                                                                                              \
        OP_EXIT, 0, 0, 0                                                                           \
    }

// Two threads add to a number by reading and writing it; a third has nothing to do with that.
static const struct toy_program lost_update = {
    .threads = 3,
    .lines = {{{OP_UPDATE, 1, 0, 0}, {OP_UPDATE, 1, 0, 0}, EXIT},
              {{OP_UPDATE, 2, 0, 0}, {OP_READ, 0, 0, 0}, {OP_WRITE, 0, 1, 0}, EXIT},
              {{OP_UPDATE, 2, 0, 0}, {OP_READ, 0, 0, 0}, {OP_WRITE, 0, 1, 0}, EXIT}}};

static bool update_is_lost(void)
{
    unsigned reads = 0;
    for (uint32_t i = 0; i < toy.count; i++) {
        const struct operation *done = &toy.steps[i].done;
        reads += done->op == OP_READ;
        if (done->op == OP_WRITE)
            return reads == 2;
    }
    return false;
}

static const struct toy_program opposite_locks = {.threads = 2,
                                                  .lines = {{{OP_UPDATE, 1, 0, 0},
                                                             {OP_LOCK, 0, 0, 0},
                                                             {OP_LOCK, 1, 0, 0},
                                                             {OP_UNLOCK, 1, 0, 0},
                                                             {OP_UNLOCK, 0, 0, 0},
                                                             EXIT},
                                                            {{OP_UPDATE, 1, 0, 0},
                                                             {OP_LOCK, 1, 0, 0},
                                                             {OP_LOCK, 0, 0, 0},
                                                             {OP_UNLOCK, 0, 0, 0},
                                                             {OP_UNLOCK, 1, 0, 0},
                                                             EXIT}}};

// The signal may come before the wait.
static const struct toy_program lost_signal = {
    .threads = 2,
    .lines = {
        {{OP_UPDATE, 1, 0, 0}, {OP_LOCK, 0, 0, 0}, {OP_WAIT, 0, 0, 0}, {OP_UNLOCK, 0, 0, 0}, EXIT},
        {{OP_UPDATE, 1, 0, 0},
         {OP_LOCK, 0, 0, 0},
         {OP_SIGNAL, 0, 0, 0},
         {OP_UNLOCK, 0, 0, 0},
         EXIT}}};

// One of three waiters wakes all, the others nobody: who is woken first?
static const struct toy_program wrong_waiter = {
    .threads = 4,
    .lines = {{{OP_LOCK, 0, 0, 0},
               {OP_WAIT, 0, 0, 0},
               {OP_BROADCAST, 0, 0, 0},
               {OP_UNLOCK, 0, 0, 0},
               EXIT},
              {{OP_LOCK, 0, 0, 0}, {OP_WAIT, 0, 0, 0}, {OP_UNLOCK, 0, 0, 0}, EXIT},
              {{OP_LOCK, 0, 0, 0}, {OP_WAIT, 0, 0, 0}, {OP_UNLOCK, 0, 0, 0}, EXIT},
              {{OP_LOCK, 0, 0, 0}, {OP_SIGNAL, 0, 0, 0}, {OP_UNLOCK, 0, 0, 0}, EXIT}}};

// Shows if thread 0 begins just when the others, in either order, have made one step and two.
static const struct toy_program narrow = {
    .threads = 3,
    .lines = {{{OP_UPDATE, 0, 0, 0}, EXIT},
              {{OP_UPDATE, 1, 0, 0}, {OP_UPDATE, 1, 0, 0}, {OP_UPDATE, 1, 0, 0}, EXIT},
              {{OP_UPDATE, 2, 0, 0}, {OP_UPDATE, 2, 0, 0}, {OP_UPDATE, 2, 0, 0}, EXIT}}};

static void steps_before_thread_0(unsigned steps[TOY_THREADS])
{
    for (uint32_t i = 0; toy.steps[i].thread != 0; i++)
        steps[toy.steps[i].thread]++;
}

static bool hits(void)
{
    unsigned steps[TOY_THREADS] = {0};
    steps_before_thread_0(steps);
    return steps[1] == 1 && steps[2] == 2;
}

static bool comes_near(void)
{
    unsigned steps[TOY_THREADS] = {0};
    steps_before_thread_0(steps);
    return steps[1] != 1;
}

static bool somebody_waits(void)
{
    return toy_live(&toy) != 0;
}

static bool some_wait_though_all_were_there(void)
{
    unsigned waits = 0;
    for (uint32_t i = 0; i < toy.count && toy.steps[i].done.op != OP_SIGNAL; i++)
        waits += toy.steps[i].done.op == OP_WAIT;
    return toy_live(&toy) != 0 && waits == 3;
}

// Whether thread 1 has begun before thread 2, as it does when all take turns.
static bool has_gone_first(void)
{
    unsigned thread = 0;
    for (uint32_t i = 0; i < toy.count && thread == 0; i++)
        thread = toy.steps[i].thread;
    return thread == 1;
}

struct bug {
    const struct toy_program *program;
    bool (*shows)(void);
    const char *shrunk;
    const char *near; // goes well, and leaves `shrunk` as late as can be: there a thread goes on
    bool (*differs)(void); // another bug; may be NULL
};

static const struct bug bugs[] = {
    {&lost_update, update_is_lost, "x1:1.3-2.2", "x1:1.4294967295", NULL},
    {&opposite_locks, somebody_waits, "x1:0.3-1.2", "x1:0.4294967295", somebody_waits},
    {&lost_signal, somebody_waits, "x1:1.2", NULL, somebody_waits},
    {&wrong_waiter, some_wait_though_all_were_there, "x1:~3.2.1", NULL, somebody_waits},
    {&narrow, hits, "x1:1.2-2.3-0.2", "x1:1.2-2.4294967295", comes_near},
    {&narrow, has_gone_first, "x1:", "x1:0.4294967295-2.4294967295", NULL},
};

static enum replayed replay(void *argument, const struct script *asked)
{
    const struct bug *bug = argument;
    struct schedule schedule = {.replay = true,
                                .segments = asked->segments,
                                .segment_count = asked->segment_count,
                                .picks = asked->picks,
                                .pick_count = asked->pick_count};
    toy_run(&toy, bug->program, &schedule);
    if (bug->shows())
        return REPLAY_FAILS;
    return bug->differs != NULL && bug->differs() ? REPLAY_DIFFERS : REPLAY_GOES_WELL;
}

static struct shrinking shrinking_of(const struct bug *bug)
{
    return (struct shrinking){.replay = replay,
                              .argument = (void *)(uintptr_t)bug,
                              .replays_most = 400,
                              .script = &script,
                              .trial = &trial,
                              .good = &good};
}

// Runs by chance until the bug shows: its script is in `script`.
static void find(const struct bug *bug, const struct chooser *chooser, uint64_t *seed)
{
    do {
        struct schedule schedule = {.chooser = chooser, .seed = ++*seed * 7919, .length = 12};
        toy_run(&toy, bug->program, &schedule);
    } while (!bug->shows());
    toy_script(&toy, &script);
}

// ---- Tests ----

static void test_one_string_for_a_bug(void **state)
{
    static char text[1 << 12];
    (void)state;
    for (size_t i = 0; i < sizeof bugs / sizeof *bugs; i++)
        for (size_t c = 0; choosers[c] != NULL; c++) {
            uint64_t seed = 0;
            for (unsigned times = 0; times < 50; times++) {
                struct shrinking shrinking = shrinking_of(&bugs[i]);
                find(&bugs[i], choosers[c], &seed);
                shrink(&shrinking);
                script_print(&script, text, sizeof text);
                assert_string_equal(text, bugs[i].shrunk);
                assert_int_equal(replay((void *)(uintptr_t)&bugs[i], &script), REPLAY_FAILS);
            }
        }
}

// The neighbour that goes well does, and is the nearest.
static void test_good_neighbour(void **state)
{
    static char text[1 << 12];
    (void)state;
    for (size_t i = 0; i < sizeof bugs / sizeof *bugs; i++) {
        uint64_t seed = 0;
        for (unsigned times = 0; times < 50; times++) {
            struct shrinking shrinking = shrinking_of(&bugs[i]);
            find(&bugs[i], &chooser_walk, &seed);
            shrink(&shrinking);
            assert_true(shrinking.has_good);
            assert_int_equal(replay((void *)(uintptr_t)&bugs[i], &good), REPLAY_GOES_WELL);
            script_print(&good, text, sizeof text);
            if (bugs[i].near != NULL)
                assert_string_equal(text, bugs[i].near);
        }
    }
}

static void test_stays_within_budget(void **state)
{
    (void)state;
    for (uint32_t most = 0; most < 30; most++) {
        uint64_t seed = 5;
        struct shrinking shrinking = shrinking_of(&bugs[0]);
        shrinking.replays_most = most;
        find(&bugs[0], &chooser_walk, &seed);
        shrink(&shrinking);
        assert_true(shrinking.replays <= most);
        assert_int_equal(replay((void *)(uintptr_t)&bugs[0], &script), REPLAY_FAILS);
    }
}

// What does not fail is left alone.
static void test_what_does_not_fail(void **state)
{
    struct shrinking shrinking = shrinking_of(&bugs[0]);
    (void)state;
    script = (struct script){.segment_count = 2, .segments = {{1, 4}, {2, 4}}};
    shrink(&shrinking);
    assert_int_equal(shrinking.replays, 1);
    assert_int_equal(script.segment_count, 2);
    assert_int_equal(script.segments[0].until, 4);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_one_string_for_a_bug),
        cmocka_unit_test(test_good_neighbour),
        cmocka_unit_test(test_stays_within_budget),
        cmocka_unit_test(test_what_does_not_fail),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
