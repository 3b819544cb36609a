// The reduction against brute force: on small programs made up at random, every interleaving is
// run, and the classes of those that differ only in the order of independent operations are
// counted. The reduction must see every result, run each class, and none twice.

#include "dependence.h"
#include "dpor.h"
#include "toy_programs.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#include <cmocka.h>

// ---- Sets of numbers ----

struct entry {
    uint64_t key, value;
};

struct set {
    size_t count, room;
    struct entry *entries; // open addressing; a key of 0 is empty
};

static struct entry *entry_of(const struct set *set, uint64_t key)
{
    size_t at = key & (set->room - 1);
    while (set->entries[at].key != 0 && set->entries[at].key != key)
        at = (at + 1) & (set->room - 1);
    return &set->entries[at];
}

static bool contains(const struct set *set, uint64_t key)
{
    return set->room > 0 && entry_of(set, key | 1)->key != 0;
}

static void grow(struct set *set)
{
    struct set larger = {0, set->room == 0 ? 64 : 2 * set->room, NULL};
    larger.entries = calloc(larger.room, sizeof *larger.entries);
    assert_non_null(larger.entries);
    for (size_t i = 0; i < set->room; i++)
        if (set->entries[i].key != 0)
            *entry_of(&larger, set->entries[i].key) = set->entries[i];
    larger.count = set->count;
    free(set->entries);
    *set = larger;
}

// Puts the key in, with its value if it is new. Gives its entry; `is_new` may be NULL.
static struct entry *put(struct set *set, uint64_t key, uint64_t value, bool *is_new)
{
    if (2 * set->count >= set->room)
        grow(set);
    struct entry *entry = entry_of(set, key | 1);
    if (is_new != NULL)
        *is_new = entry->key == 0;
    if (entry->key == 0) {
        *entry = (struct entry){key | 1, value};
        set->count++;
    }
    return entry;
}

// ---- Classes ----

// Equal for two runs that differ only in the order of independent operations: the sum over all
// steps of what is done and how many steps of each thread happen before it.
static uint64_t class_of(const struct toy *toy)
{
    uint32_t clocks[TOY_STEPS][TOY_THREADS], current[TOY_THREADS][TOY_THREADS];
    uint64_t sum = 0;
    memset(current, 0, sizeof current);
    for (uint32_t i = 0; i < toy->count; i++) {
        const struct step *step = &toy->steps[i];
        uint32_t *clock = current[step->thread];
        for (uint32_t earlier = 0; earlier < i; earlier++) {
            if (toy->steps[earlier].thread == step->thread ||
                relation_between(toy->steps, earlier, i, &step->done, step->thread) ==
                    RELATION_NONE)
                continue;
            for (unsigned id = 0; id < TOY_THREADS; id++)
                if (clocks[earlier][id] > clock[id])
                    clock[id] = clocks[earlier][id];
        }
        clock[step->thread] = step->event;
        memcpy(clocks[i], clock, sizeof clocks[i]);
        uint64_t hash = toy_mix(step->thread, step->event);
        hash = toy_mix(hash, (uint64_t)step->done.op * 16 + step->choice);
        for (unsigned id = 0; id < TOY_THREADS; id++)
            hash = toy_mix(hash, clock[id]);
        sum += hash;
    }
    return sum;
}

// ---- Brute force ----

enum { INTERLEAVINGS_MOST = 2000 };

struct brute {
    uint64_t interleavings;
    struct set classes; // with the result of each
    struct set results;
    bool differs; // two runs of one class came to different results
};

static void run_all(struct brute *brute, const struct toy *toy)
{
    uint64_t enabled = toy_enabled(toy);
    if (brute->interleavings > INTERLEAVINGS_MOST)
        return;
    if (enabled == 0) {
        uint64_t result = toy_result(toy);
        brute->interleavings++;
        brute->differs |= put(&brute->classes, class_of(toy), result, NULL)->value != result;
        put(&brute->results, result, 0, NULL);
        return;
    }
    for (unsigned id = 0; id < toy->program->threads; id++) {
        if ((enabled >> id & 1) == 0)
            continue;
        for (unsigned choice = 0; choice < toy_choices(toy, id); choice++) {
            struct toy copy = *toy;
            toy_step(&copy, id, choice);
            run_all(brute, &copy);
        }
    }
}

// ---- The reduction ----

struct reduced {
    uint64_t runs, pruned, twice, strayed;
    struct set classes, results;
};

// Memory for one reduction, given back by forget_memory.
static char *memory;
static size_t memory_used;
enum { MEMORY_MOST = 1 << 30 };

static void *take_memory(size_t size)
{
    void *taken = memory + memory_used;
    memory_used += (size + 4095) & ~(size_t)4095;
    assert_true(memory_used <= MEMORY_MOST);
    return taken;
}

static void new_memory(void)
{
    memory = mmap(NULL, MEMORY_MOST, PROT_READ | PROT_WRITE,
                  MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    assert_ptr_not_equal(memory, MAP_FAILED);
    memory_used = 0;
}

static void forget_memory(void)
{
    assert_int_equal(munmap(memory, MEMORY_MOST), 0);
}

static void note_run(struct reduced *reduced, const struct toy *toy)
{
    bool is_new;
    put(&reduced->classes, class_of(toy), 0, &is_new);
    put(&reduced->results, toy_result(toy), 0, NULL);
    reduced->twice += !is_new;
}

static void take_trace(struct dpor *dpor, const struct toy *toy, bool complete)
{
    struct operation waiting[THREADS_MAX] = {0};
    struct trace trace = {toy->steps, toy->count, complete ? toy_live(toy) : 0, waiting, !complete};
    for (unsigned id = 0; id < toy->program->threads; id++)
        waiting[id] = toy_next(toy, id);
    dpor_take(dpor, &trace);
}

static void reduce(struct reduced *reduced, const struct toy_program *program)
{
    struct toy toy;
    new_memory();
    struct dpor *dpor = dpor_new(take_memory);
    do {
        struct schedule schedule = {.chooser = &chooser_reduction, .learned = dpor_plan(dpor)};
        schedule.prefix = dpor_prefix(dpor, &schedule.prefix_length);
        bool complete = toy_run(&toy, program, &schedule);
        if (complete)
            note_run(reduced, &toy);
        take_trace(dpor, &toy, complete);
    } while (dpor_next(dpor));
    struct dpor_counts counts = dpor_counts(dpor);
    reduced->runs = counts.runs;
    reduced->pruned = counts.pruned;
    reduced->strayed = counts.strayed + counts.overflowed;
    forget_memory();
}

// ---- One against the other ----

struct comparison {
    unsigned programs;
    uint64_t interleavings, classes, runs, pruned, twice;
};

static size_t missing(const struct set *all, const struct set *seen)
{
    size_t count = 0;
    for (size_t i = 0; i < all->room; i++)
        count += all->entries[i].key != 0 && !contains(seen, all->entries[i].key);
    return count;
}

// False if the program has too many interleavings.
static bool compare(struct comparison *sum, const struct toy_program *program)
{
    struct brute brute = {0};
    struct reduced reduced = {0};
    struct toy toy;
    toy_begin(&toy, program);
    run_all(&brute, &toy);
    bool compared = brute.interleavings <= INTERLEAVINGS_MOST;
    if (compared) {
        reduce(&reduced, program);
        size_t results = missing(&brute.results, &reduced.results);
        size_t classes = missing(&brute.classes, &reduced.classes);
        bool good = !brute.differs && results == 0 && classes == 0 && reduced.strayed == 0;
        if (!good) {
            toy_print(program);
            print_message("%zu results and %zu of %zu classes missed, %lu strayed, classes %s\n",
                          results, classes, brute.classes.count, (unsigned long)reduced.strayed,
                          brute.differs ? "of different results" : "sound");
        }
        assert_true(good);
        sum->programs++;
        sum->interleavings += brute.interleavings;
        sum->classes += brute.classes.count;
        sum->runs += reduced.runs;
        sum->pruned += reduced.pruned;
        sum->twice += reduced.twice;
    }
    free(brute.classes.entries);
    free(brute.results.entries);
    free(reduced.classes.entries);
    free(reduced.results.entries);
    return compared;
}

// Compares on programs of two threads with `pieces` pieces each, and of three with one less.
static struct comparison compare_family(enum toy_family family, unsigned pieces)
{
    enum { PROGRAMS = 40 };
    struct comparison sum = {0};
    for (uint64_t seed = 1; sum.programs < PROGRAMS; seed++) {
        struct toy_program program;
        unsigned threads = 2 + seed % 2;
        toy_make(&program, family, threads, pieces + 2 - threads, seed * 1000 + family);
        compare(&sum, &program);
    }
    print_message("%-16s %u programs: %lu interleavings, %lu classes, %lu runs\n",
                  toy_family_names[family], sum.programs, (unsigned long)sum.interleavings,
                  (unsigned long)sum.classes, (unsigned long)sum.runs);
    return sum;
}

static void optimal(enum toy_family family, unsigned pieces)
{
    struct comparison sum = compare_family(family, pieces);
    assert_int_equal(sum.pruned, 0);
    assert_int_equal(sum.twice, 0);
    assert_int_equal(sum.runs, sum.classes);
}

static void test_memory(void **state)
{
    (void)state;
    optimal(TOY_MEMORY, 3);
}

static void test_mutexes(void **state)
{
    (void)state;
    optimal(TOY_MUTEXES, 2);
}

static void test_semaphores(void **state)
{
    (void)state;
    optimal(TOY_SEMAPHORES, 3);
}

static void test_conditions(void **state)
{
    (void)state;
    optimal(TOY_CONDITIONS, 2);
}

static void test_rwlocks(void **state)
{
    (void)state;
    optimal(TOY_RWLOCKS, 2);
}

static void test_meetings(void **state)
{
    (void)state;
    optimal(TOY_MEETINGS, 3);
}

static void test_threads_made(void **state)
{
    (void)state;
    optimal(TOY_THREADS_MADE, 2);
}

static void test_once(void **state)
{
    (void)state;
    optimal(TOY_ONCE, 2);
}

static void test_spins(void **state)
{
    (void)state;
    optimal(TOY_SPINS, 3);
}

static void test_all(void **state)
{
    (void)state;
    optimal(TOY_ALL, 2);
}

// ---- Programs whose numbers are known ----

static uint64_t runs_of(const struct toy_program *program)
{
    struct reduced reduced = {0};
    reduce(&reduced, program);
    assert_int_equal(reduced.twice + reduced.pruned + reduced.strayed, 0);
    free(reduced.classes.entries);
    free(reduced.results.entries);
    return reduced.runs;
}

// Two threads that each enter a critical section `times` times, under a mutex or a semaphore of 1.
static struct toy_program counter(unsigned times, enum op enter, enum op leave)
{
    struct toy_program program = {.threads = 2, .counts = {1}};
    for (unsigned id = 0; id < 2; id++)
        for (unsigned i = 0; i < times; i++) {
            program.lines[id][3 * i] = (struct toy_line){enter, 0, 0, 0};
            program.lines[id][3 * i + 1] = (struct toy_line){OP_UPDATE, 0, 0, 0};
            program.lines[id][3 * i + 2] = (struct toy_line){leave, 0, 0, 0};
        }
    for (unsigned id = 0; id < 2; id++)
        program.lines[id][3 * times] = (struct toy_line){OP_EXIT, 0, 0, 0};
    return program;
}

// The share explored begins with little and grows, since here all is known early.
static void test_share(void **state)
{
    struct toy_program program = counter(4, OP_LOCK, OP_UNLOCK);
    struct toy toy;
    double share = 0, least = 1;
    (void)state;
    new_memory();
    struct dpor *dpor = dpor_new(take_memory);
    for (bool more = true; more;) {
        struct schedule schedule = {.chooser = &chooser_reduction, .learned = dpor_plan(dpor)};
        schedule.prefix = dpor_prefix(dpor, &schedule.prefix_length);
        take_trace(dpor, &toy, toy_run(&toy, &program, &schedule));
        more = dpor_next(dpor);
        share = more ? dpor_share(dpor) : share;
        least = share < least ? share : least;
        assert_true(share > 0 && share < 1);
    }
    assert_true(least < 0.51 && share > 0.9);
    forget_memory();
}

// One run for each order of the critical sections, whatever keeps them apart.
static void test_counter(void **state)
{
    static const unsigned central[] = {1, 2, 6, 20, 70, 252, 924}; // 2n over n
    (void)state;
    for (unsigned times = 1; times < sizeof central / sizeof *central; times++) {
        struct toy_program mutex = counter(times, OP_LOCK, OP_UNLOCK);
        struct toy_program semaphore = counter(times, OP_SEM_WAIT, OP_SEM_POST);
        struct toy_program writers = counter(times, OP_WRITE_LOCK, OP_RW_UNLOCK);
        struct toy_program readers = counter(times, OP_READ_LOCK, OP_RW_UNLOCK);
        assert_int_equal(runs_of(&mutex), central[times]);
        assert_int_equal(runs_of(&semaphore), central[times]);
        assert_int_equal(runs_of(&writers), central[times]);
        assert_int_equal(runs_of(&readers), central[times]); // of the updates themselves
    }
}

// Whether a waiter that reads what only the first of two posts announces can see it missing.
static void test_either_post_will_do(void **state)
{
    static const struct toy_program program = {
        .threads = 3,
        .lines = {{{OP_WRITE, 0, 1, 0}, {OP_SEM_POST, 0, 0, 0}, {OP_EXIT, 0, 0, 0}},
                  {{OP_SEM_POST, 0, 0, 0}, {OP_EXIT, 0, 0, 0}},
                  {{OP_SEM_WAIT, 0, 0, 0}, {OP_READ, 0, 0, 0}, {OP_EXIT, 0, 0, 0}}}};
    struct comparison sum = {0};
    (void)state;
    assert_true(compare(&sum, &program));
    assert_int_equal(sum.runs, sum.classes);
}

// Who arrives first at a barrier does not matter: one run.
static void test_arrivals_commute(void **state)
{
    struct toy_program program = {.threads = 4, .parties = 4};
    (void)state;
    for (unsigned id = 0; id < 4; id++) {
        program.lines[id][0] = (struct toy_line){OP_BARRIER_ARRIVE, 0, 0, 0};
        program.lines[id][1] = (struct toy_line){OP_BARRIER_ARRIVE, 0, 0, 0};
        program.lines[id][2] = (struct toy_line){OP_EXIT, 0, 0, 0};
    }
    assert_int_equal(runs_of(&program), 1);
}

// More threads than meet at once: any of them may be the one that finds nobody.
static void test_one_is_left(void **state)
{
    struct toy_program program = {.threads = 3, .parties = 2};
    struct comparison sum = {0};
    (void)state;
    for (unsigned id = 0; id < 3; id++) {
        program.lines[id][0] = (struct toy_line){OP_MEET, 0, 0, 0};
        program.lines[id][1] = (struct toy_line){OP_EXIT, 0, 0, 0};
    }
    assert_true(compare(&sum, &program));
    assert_int_equal(sum.classes, 3);
    assert_int_equal(sum.runs, 3);
}

// Two signals, and one who waits: outside of the mutex it is all the same who signals; but one of
// them may come too early.
static void test_signals_race(void **state)
{
    static const struct toy_program program = {
        .threads = 3,
        .lines = {{{OP_LOCK, 0, 0, 0},
                   {OP_WAIT, 0, 0, 0},
                   {OP_WAIT, 0, 0, 0},
                   {OP_UNLOCK, 0, 0, 0},
                   {OP_EXIT, 0, 0, 0}},
                  {{OP_SIGNAL, 0, 0, 0}, {OP_EXIT, 0, 0, 0}},
                  {{OP_SIGNAL, 0, 0, 0}, {OP_EXIT, 0, 0, 0}}}};
    struct comparison sum = {0};
    (void)state;
    assert_true(compare(&sum, &program));
    assert_int_equal(sum.runs, sum.classes);
}

// What the tiny machine does not have: there, threads have their numbers from the beginning, nobody
// looks whether another has ended, or how much a semaphore holds.
static void test_other_relations(void **state)
{
    static const char semaphore;
    static const struct {
        struct operation earlier, later;
        enum relation relation;
    } table[] = {
        {{.op = OP_CREATE, .object = (void *)3},
         {.op = OP_CREATE, .object = (void *)4},
         RELATION_RACING},
        {{.op = OP_EXIT, .object = (void *)3},
         {.op = OP_READ, .object = (void *)3},
         RELATION_RACING},
        {{.op = OP_READ, .object = (void *)3},
         {.op = OP_EXIT, .object = (void *)3},
         RELATION_RACING},
        {{.op = OP_EXIT, .object = (void *)3},
         {.op = OP_JOIN, .object = (void *)3},
         RELATION_REQUIRED},
        {{.op = OP_EXIT, .object = (void *)3}, {.op = OP_EXIT, .object = (void *)4}, RELATION_NONE},
        {{.op = OP_SEM_TRY, .object = &semaphore, .detail = 0},
         {.op = OP_SEM_WAIT, .object = &semaphore},
         RELATION_NONE},
        {{.op = OP_SEM_TRY, .object = &semaphore, .detail = 2},
         {.op = OP_SEM_WAIT, .object = &semaphore},
         RELATION_RACING},
    };
    (void)state;
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        const struct step step = {.thread = 2, .done = table[i].earlier};
        assert_int_equal(relation_between(&step, 0, 1, &table[i].later, 1), table[i].relation);
        if (table[i].relation == RELATION_RACING)
            assert_true(operations_conflict(&table[i].earlier, &table[i].later));
    }
}

// Waits that may end for nothing are one more choice.
static void test_spurious(void **state)
{
    struct comparison sum = {0};
    (void)state;
    for (uint64_t seed = 1; sum.programs < 40; seed++) {
        struct toy_program program;
        toy_make(&program, TOY_CONDITIONS, 2 + seed % 2, 2, seed);
        program.spurious = true;
        compare(&sum, &program);
    }
    assert_int_equal(sum.twice, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_memory),
        cmocka_unit_test(test_mutexes),
        cmocka_unit_test(test_semaphores),
        cmocka_unit_test(test_conditions),
        cmocka_unit_test(test_rwlocks),
        cmocka_unit_test(test_meetings),
        cmocka_unit_test(test_threads_made),
        cmocka_unit_test(test_once),
        cmocka_unit_test(test_spins),
        cmocka_unit_test(test_all),
        cmocka_unit_test(test_share),
        cmocka_unit_test(test_counter),
        cmocka_unit_test(test_either_post_will_do),
        cmocka_unit_test(test_arrivals_commute),
        cmocka_unit_test(test_one_is_left),
        cmocka_unit_test(test_signals_race),
        cmocka_unit_test(test_other_relations),
        cmocka_unit_test(test_spurious),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
