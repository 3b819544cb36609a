// The search as a whole, on the tiny machine in place of the engine.

#include "search.h"
#include "toy_programs.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>
#include <sys/mman.h>

#include <cmocka.h>

// ---- The machine as an engine ----

static struct {
    const struct toy_program *program;
    bool (*wrong)(const struct toy *toy); // whether a run's result is; NULL: never
    bool dies_apart;                      // the program ends the process of the exhaustive search
    bool wrong_inside_only, wrong_apart_only;
    bool times_out, times_out_inside, unsupported;
    uint64_t dear;       // the effort of each run; 0: its steps
    unsigned first_racy; // the first run in which a place is newly found racy,
    unsigned new_racy;   // and in how many from then on
    unsigned runs;
    unsigned own;       // of these, runs in a process of their own,
    unsigned by_chance; // and runs by chance
    struct outcome outcome;
} engine;

static void *map(size_t size)
{
    void *memory = mmap(NULL, size, PROT_READ | PROT_WRITE,
                        MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    assert_ptr_not_equal(memory, MAP_FAILED);
    return memory;
}

static void fill_states(const struct toy *toy)
{
    struct outcome *outcome = &engine.outcome;
    uint64_t live = toy_live(toy);
    for (unsigned id = 0; id < toy->program->threads; id++) {
        if ((live >> id & 1) == 0)
            continue;
        struct thread_state *state = &outcome->states[outcome->state_count++];
        state->id = (uint8_t)id;
        state->state = STATE_WAITS;
        state->next = toy_next(toy, id);
    }
}

static enum ending ending_of(const struct toy *toy, bool complete, bool inside)
{
    if (engine.unsupported)
        return ENDED_UNSUPPORTED;
    if (!complete)
        return ENDED_PRUNED;
    if (toy_live(toy) != 0)
        return ENDED_DEADLOCK;
    bool wrong = engine.wrong != NULL && engine.wrong(toy);
    if (inside ? engine.wrong_apart_only : engine.wrong_inside_only)
        return ENDED_WELL;
    return wrong ? ENDED_WRONG : ENDED_WELL;
}

static struct outcome *run(const struct schedule *schedule)
{
    static struct toy toy;
    static struct script script;
    struct outcome *outcome = &engine.outcome;
    struct toy_program program = *engine.program;
    program.spurious = schedule->spurious_most > 0;
    bool complete = toy_run(&toy, &program, schedule);
    engine.by_chance += schedule->spurious_in > 0;
    memset(outcome, 0, offsetof(struct outcome, faults));
    if (engine.unsupported)
        strcpy(outcome->text, "fork");
    outcome->threads = engine.program->threads;
    outcome->step_count = toy.count;
    memcpy(outcome->steps, toy.steps, toy.count * sizeof *toy.steps);
    toy_script(&toy, &script);
    outcome->segment_count = script.segment_count;
    memcpy(outcome->segments, script.segments, script.segment_count * sizeof *script.segments);
    outcome->pick_count = script.pick_count;
    memcpy(outcome->picks, script.picks, script.pick_count * sizeof *script.picks);
    outcome->ending = ending_of(&toy, complete, schedule->inside);
    outcome->main_returned = true;
    outcome->effort = engine.dear > 0 ? engine.dear : toy.count;
    outcome->spurious = toy.spurious_spent;
    outcome->timeouts = engine.times_out || (engine.times_out_inside && schedule->inside);
    outcome->new_racy =
        engine.runs >= engine.first_racy && engine.runs - engine.first_racy < engine.new_racy;
    engine.runs++;
    engine.own += !schedule->inside;
    fill_states(&toy);
    return outcome;
}

static bool apart(void (*stage)(void *argument), void *argument)
{
    stage(argument);
    return !engine.dies_apart;
}

static const struct runner runner = {run, apart, map, map};

static const struct search usual = {.runner = &runner,
                                    .scene = MAIN_SCENE,
                                    .seed = 1,
                                    .runs = 1000,
                                    .steps = 100000,
                                    .effort = 100000,
                                    .effort_in_all = 200000,
                                    .schedules = 50,
                                    .after = 5,
                                    .replays = 400,
                                    .steps_most = 60,
                                    .woken = 20,
                                    .spurious_most = 1};

static void begin(const struct toy_program *program)
{
    memset(&engine, 0, offsetof(typeof(engine), outcome));
    engine.program = program;
}

// ---- Programs ----

#define EXIT                                                                                       \
    {                                                                                              \
        OP_EXIT, 0, 0, 0                                                                           \
    }
#define SECTION                                                                                    \
    {OP_LOCK, 0, 0, 0}, {OP_UPDATE, 0, 0, 0},                                                      \
    {                                                                                              \
        OP_UNLOCK, 0, 0, 0                                                                         \
    }

// 6 orders of the critical sections.
static const struct toy_program counter = {
    .threads = 2, .lines = {{SECTION, SECTION, EXIT}, {SECTION, SECTION, EXIT}}};

static const struct toy_program lost_update = {
    .threads = 3,
    .lines = {{{OP_UPDATE, 1, 0, 0}, EXIT},
              {{OP_UPDATE, 2, 0, 0}, {OP_READ, 0, 0, 0}, {OP_WRITE, 0, 1, 0}, EXIT},
              {{OP_UPDATE, 2, 0, 0}, {OP_READ, 0, 0, 0}, {OP_WRITE, 0, 1, 0}, EXIT}}};

static bool update_is_lost(const struct toy *toy)
{
    unsigned reads = 0;
    for (uint32_t i = 0; i < toy->count; i++) {
        const struct operation *done = &toy->steps[i].done;
        reads += done->op == OP_READ;
        if (done->op == OP_WRITE)
            return reads == 2;
    }
    return false;
}

static const struct toy_program opposite_locks = {
    .threads = 2,
    .lines = {
        {{OP_LOCK, 0, 0, 0}, {OP_LOCK, 1, 0, 0}, {OP_UNLOCK, 1, 0, 0}, {OP_UNLOCK, 0, 0, 0}, EXIT},
        {{OP_LOCK, 1, 0, 0},
         {OP_LOCK, 0, 0, 0},
         {OP_UNLOCK, 0, 0, 0},
         {OP_UNLOCK, 1, 0, 0},
         EXIT}}};

static const char *string_of(const struct finding *finding)
{
    static char text[200];
    script_print(&finding->script, text, sizeof text);
    return text;
}

// ---- Tests ----

static void test_exhausted(void **state)
{
    (void)state;
    begin(&counter);
    const struct search_result *result = search_run(&usual);
    assert_true(result->exhausted);
    assert_string_equal(result->reason, "");
    assert_int_equal(result->schedules, 1 + 6); // the dry run is one more
    assert_int_equal(result->finding_count, 0);
    assert_int_equal(result->threads, 2);
    assert_int_equal(result->longest, 14);
}

static void test_wrong_result(void **state)
{
    (void)state;
    begin(&lost_update);
    engine.wrong = update_is_lost;
    const struct search_result *result = search_run(&usual);
    assert_int_equal(result->finding_count, 1);
    assert_false(result->exhausted);
    assert_string_not_equal(result->reason, "");
    assert_int_equal(result->findings[0].signature.kind, KIND_WRONG);
    assert_string_equal(string_of(&result->findings[0]), "x1:1.3-2.2");
    assert_true(result->findings[0].has_good);
    assert_in_range(result->findings[0].found_at, 2, result->schedules);
}

static void test_deadlock(void **state)
{
    (void)state;
    begin(&opposite_locks);
    const struct search_result *result = search_run(&usual);
    assert_int_equal(result->finding_count, 1);
    assert_int_equal(result->findings[0].signature.kind, KIND_DEADLOCK);
    assert_string_equal(string_of(&result->findings[0]), "x1:0.2-1.2");
}

// By chance alone it is found as well, after as many schedules in every search.
static void test_by_chance(void **state)
{
    struct search search = usual;
    (void)state;
    search.runs = 0;
    begin(&lost_update);
    engine.wrong = update_is_lost;
    const struct search_result *one = search_run(&search), *other = search_run(&search);
    assert_int_equal(one->finding_count, 1);
    assert_in_range(one->findings[0].found_at, 2, 1 + search.schedules);
    assert_int_equal(one->findings[0].found_at, other->findings[0].found_at);
    assert_int_equal(one->schedules, one->findings[0].found_at + search.after);
    assert_string_equal(string_of(&one->findings[0]), "x1:1.3-2.2");
    search.seed = 2;
    assert_int_equal(search_run(&search)->finding_count, 1);
}

static void test_budget(void **state)
{
    struct search search = usual;
    (void)state;
    search.runs = 5;
    begin(&counter);
    const struct search_result *result = search_run(&search);
    assert_false(result->exhausted);
    assert_string_equal(result->reason, "there are more schedules than the search may run");
    assert_int_equal(result->schedules, 1 + 5 + search.schedules);
    search.runs = 6;
    assert_true(search_run(&search)->exhausted);
    search.steps = 30; // three runs of 14 steps
    assert_int_equal(search_run(&search)->schedules, 1 + 3 + search.schedules);
    search.steps = usual.steps;
    search.effort = 30;
    result = search_run(&search);
    assert_false(result->exhausted);
    assert_in_range(result->schedules, 1 + 3 + 40, 1 + 3 + search.schedules - 1);
}

static bool is_always_wrong(const struct toy *toy)
{
    (void)toy;
    return true;
}

// Where one process may hold many runs, those that show nothing new are not processes of their own; what is
// found is the same.
static void test_inside(void **state)
{
    struct search search = usual;
    (void)state;
    search.runs = 0;
    begin(&lost_update);
    engine.wrong = update_is_lost;
    const struct search_result *apart = search_run(&search);
    search.runs = 1;
    begin(&lost_update);
    engine.wrong = update_is_lost;
    const struct search_result *inside = search_run(&search);
    assert_int_equal(inside->findings[0].found_at, apart->findings[0].found_at + 1);
    assert_int_equal(inside->schedules, apart->schedules + 1);
    assert_string_equal(string_of(&inside->findings[0]), string_of(&apart->findings[0]));
    assert_int_equal(engine.own, 4); // the dry run, that one, its short form and its neighbour
    begin(&lost_update);
    assert_int_equal(search_run(&search)->schedules, 1 + 1 + search.schedules);
    assert_int_equal(engine.own, 1);
    begin(&lost_update);
    engine.wrong = is_always_wrong;
    assert_int_equal(search_run(&search)->schedules, 1 + search.after);
    assert_int_equal(engine.own, 2); // the dry run and its short form
}

// What fails is made short inside one process; where it does not fail there, in processes of its own.
static void test_shrunk(void **state)
{
    struct search search = usual;
    (void)state;
    search.runs = 0;
    begin(&lost_update);
    engine.wrong = update_is_lost;
    const struct search_result *result = search_run(&search);
    assert_string_equal(string_of(&result->findings[0]), "x1:1.3-2.2");
    assert_int_equal(engine.own, result->schedules + 2); // it and its neighbour are confirmed
    begin(&lost_update);
    engine.wrong = update_is_lost;
    engine.wrong_apart_only = true;
    result = search_run(&search);
    assert_string_equal(string_of(&result->findings[0]), "x1:1.3-2.2");
    assert_true(result->findings[0].has_good);
    assert_in_range(engine.own, result->schedules + 3, result->schedules + search.replays);
}

// Each thread updates the same `times` times.
static struct toy_program updates(unsigned threads, unsigned times)
{
    struct toy_program program = {.threads = threads};
    for (unsigned id = 0; id < threads; id++) {
        for (unsigned i = 0; i < times; i++)
            program.lines[id][i] = (struct toy_line){OP_UPDATE, 0, 0, 0};
        program.lines[id][times] = (struct toy_line)EXIT;
    }
    return program;
}

// What the last run that is allowed exhausts is exhausted; what would take many times as much is given
// up early.
static void test_hopeless(void **state)
{
    (void)state;
    struct search search = usual;
    struct toy_program few = updates(2, 6), many = updates(4, 6);
    search.runs = 924; // 12 over 6
    begin(&few);
    assert_true(search_run(&search)->exhausted);
    begin(&many);
    const struct search_result *result = search_run(&search);
    assert_false(result->exhausted);
    assert_string_equal(result->reason, "there are more schedules than the search may run");
    assert_in_range(result->schedules, 1 + 924 / 64 + search.schedules,
                    1 + 924 * 3 / 4 + search.schedules);
    search.alone = true;
    assert_int_equal(search_run(&search)->schedules, 1 + 924 + search.schedules);
}

// What has become no proof is not brought to its end.
static void test_no_proof(void **state)
{
    (void)state;
    struct search search = usual;
    struct toy_program few = updates(2, 6);
    begin(&few);
    engine.times_out_inside = true;
    const struct search_result *result = search_run(&search);
    assert_false(result->exhausted);
    assert_non_null(strstr(result->reason, "time-out"));
    assert_in_range(result->schedules, 1 + search.runs / 2 + search.schedules,
                    1 + search.runs * 3 / 5 + search.schedules);
    search.alone = true;
    assert_int_equal(search_run(&search)->schedules, 1 + 924 + search.schedules);
}

// Waits with `if`, and then reads.
static const struct toy_program hasty_waiter = {.threads = 2,
                                                .lines = {{{OP_LOCK, 0, 0, 0},
                                                           {OP_READ, 0, 0, 1},
                                                           {OP_WAIT, 0, 0, 0},
                                                           {OP_READ, 0, 0, 0},
                                                           {OP_UNLOCK, 0, 0, 0},
                                                           EXIT},
                                                          {{OP_LOCK, 0, 0, 0},
                                                           {OP_WRITE, 0, 1, 0},
                                                           {OP_SIGNAL, 0, 0, 0},
                                                           {OP_UNLOCK, 0, 0, 0},
                                                           EXIT}}};

static bool read_too_early(const struct toy *toy)
{
    unsigned reads = 0;
    for (uint32_t i = 0; i < toy->count; i++) {
        const struct operation *done = &toy->steps[i].done;
        reads += done->op == OP_READ;
        if (done->op == OP_WRITE)
            return reads == 2;
    }
    return false;
}

// What only shows if a wait ends for nothing is found after all else has been seen to go well.
static void test_woken_for_nothing(void **state)
{
    struct search search = usual;
    (void)state;
    begin(&hasty_waiter);
    engine.wrong = read_too_early;
    const struct search_result *result = search_run(&search);
    assert_int_equal(result->finding_count, 1);
    assert_int_equal(result->findings[0].signature.kind, KIND_WRONG);
    assert_int_equal(result->findings[0].script.pick_count, 1);
    assert_false(result->exhausted);
    search.woken = 0;
    result = search_run(&search);
    assert_int_equal(result->finding_count, 0);
    assert_true(result->exhausted);
}

// Counters that are wrong in schedules by chance only: what is wrong there is no step that the reduction
// knows, such as a part of the stack that is used again.
static bool wrong_by_chance(const struct toy *toy)
{
    (void)toy;
    return engine.by_chance > 2;
}

// What is exhausted is tried a few times more by chance, though nobody waits for a condition.
static void test_exhausted_and_tried(void **state)
{
    (void)state;
    begin(&counter);
    const struct search_result *result = search_run(&usual);
    assert_true(result->exhausted);
    assert_int_equal(engine.by_chance, 8);
    assert_int_equal(engine.runs, result->schedules + 8);
    begin(&counter);
    engine.wrong = wrong_by_chance;
    result = search_run(&usual);
    assert_false(result->exhausted);
    assert_int_equal(result->finding_count, 1);
}

// Schedules that are very dear are few, also those in which somebody wakes for nothing.
static void test_dear(void **state)
{
    struct search search = usual;
    (void)state;
    search.runs = 0;
    begin(&counter);
    engine.dear = 3000; // 40 by chance, and no more than 100000 allow
    assert_int_equal(search_run(&search)->schedules, 1 + 40);
    engine.dear = 30000; // 7 are more than 200000
    assert_int_equal(search_run(&search)->schedules, 1 + 7);
    engine.dear = 3000000;
    assert_int_equal(search_run(&search)->schedules, 1 + 4);
    search.runs = 6;
    search.effort = 100000000;
    begin(&hasty_waiter);
    engine.dear = 3000000;
    const struct search_result *result = search_run(&search);
    assert_true(result->exhausted);
    assert_in_range(result->woken, 1, 4);
    assert_true(result->effort < 20 * engine.dear);
}

// What fails is shortened by few replays then.
static void test_dear_replays(void **state)
{
    struct search search = usual;
    (void)state;
    search.runs = 0;
    begin(&lost_update);
    engine.wrong = update_is_lost;
    engine.dear = EFFORT_MOST;
    const struct search_result *result = search_run(&search);
    assert_int_equal(result->finding_count, 1);
    assert_true(result->effort <= (result->schedules + 12) * engine.dear);
}

// No proof where something decided that was not explored; and then nobody tries.
static void test_time_out(void **state)
{
    (void)state;
    begin(&counter);
    engine.times_out = true;
    const struct search_result *result = search_run(&usual);
    assert_false(result->exhausted);
    assert_non_null(strstr(result->reason, "time-out"));
    assert_int_equal(result->schedules, 1 + usual.schedules);
}

// What is found inside one process must be found in one of its own.
static void test_not_confirmed(void **state)
{
    (void)state;
    begin(&lost_update);
    engine.wrong = update_is_lost;
    engine.wrong_inside_only = true;
    const struct search_result *result = search_run(&usual);
    assert_int_equal(result->finding_count, 0);
    assert_false(result->exhausted);
    assert_non_null(strstr(result->reason, "in a process of its own"));
}

static void test_process_ends(void **state)
{
    (void)state;
    begin(&counter);
    engine.dies_apart = true;
    const struct search_result *result = search_run(&usual);
    assert_false(result->exhausted);
    assert_non_null(strstr(result->reason, "ended the process"));
}

static void test_unsupported(void **state)
{
    (void)state;
    begin(&counter);
    engine.unsupported = true;
    const struct search_result *result = search_run(&usual);
    assert_false(result->exhausted);
    assert_string_equal(result->unsupported, "fork");
    assert_int_equal(result->schedules, 1);
}

// Each place that is newly found racy is learned by one more run in turn, be it found by chance or in the
// first run of all.
static void test_learns_again(void **state)
{
    struct search search = usual;
    (void)state;
    search.runs = 0;
    for (unsigned first = 0; first < 3; first++) {
        begin(&counter);
        engine.first_racy = first;
        engine.new_racy = 1;
        assert_int_equal(search_run(&search)->schedules, 1 + search.schedules + 1);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_exhausted),
        cmocka_unit_test(test_wrong_result),
        cmocka_unit_test(test_deadlock),
        cmocka_unit_test(test_by_chance),
        cmocka_unit_test(test_budget),
        cmocka_unit_test(test_inside),
        cmocka_unit_test(test_shrunk),
        cmocka_unit_test(test_hopeless),
        cmocka_unit_test(test_no_proof),
        cmocka_unit_test(test_time_out),
        cmocka_unit_test(test_woken_for_nothing),
        cmocka_unit_test(test_exhausted_and_tried),
        cmocka_unit_test(test_not_confirmed),
        cmocka_unit_test(test_process_ends),
        cmocka_unit_test(test_unsupported),
        cmocka_unit_test(test_learns_again),
        cmocka_unit_test(test_dear),
        cmocka_unit_test(test_dear_replays),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
