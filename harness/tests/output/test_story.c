// Stories as people read them, compared with the whole text that is expected. The stories are made
// here; the lines of their source are those of `source`.

#include "judge/story.h"
#include "output/story_json.h"
#include "output/story_text.h"
#include "tests/fixture.h"
#include "tests/tty.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>
#include <string.h>
#include <talloc.h>

static const char source[] =
    "counter->value++;\n"                                               // 1
    "    pthread_mutex_lock(&from->lock);\n"                            // 2
    "    pthread_mutex_lock(&to->lock);\n"                              // 3
    "    pthread_mutex_unlock(&to->lock);\n"                            // 4
    "    pthread_cond_wait(&gate->opened, &gate->lock);\n"              // 5
    "    list->head = node;\n"                                          // 6
    "    total += prices[i] * amounts[i] + taxes[i] - reductions[i];\n" // 7
    "    tram->lamp = 10;\n"                                            // 8
    "    tram->door = 9;\n";                                            // 9

enum { VALUE = 0x10000, LOCK_A = 0x20000, LOCK_B = 0x20100 };

static struct place at_line(int line, int column)
{
    return (struct place){.function = "f", .file = "a.c", .line = line, .column = column};
}

static struct step access_step(int thread, enum deed deed, uint64_t before, uint64_t after)
{
    return (struct step){.thread = thread,
                         .deed = deed,
                         .object = VALUE,
                         .size = 8,
                         .before = before,
                         .after = after,
                         .place = at_line(1, 15)};
}

static struct step lock_step(int thread, enum deed deed, unsigned long lock, int line)
{
    return (struct step){.thread = thread, .deed = deed, .object = lock, .place = at_line(line, 5)};
}

static char *told(struct fixture *fixture, struct finding *finding)
{
    char *text = NULL;
    size_t size;
    put(fixture, "a.c", source);
    story_name(fixture->context, fixture->root, finding);
    FILE *out = open_memstream(&text, &size);
    story_tell(out, fixture->root, "counter", finding, NULL);
    fclose(out);
    char *copy = talloc_strdup(fixture->context, text);
    free(text);
    return copy;
}

static char *told_at(struct fixture *fixture, struct finding *finding, unsigned short columns)
{
    struct tty tty = tty_begin(columns);
    char *text = told(fixture, finding);
    tty_end(tty);
    return text;
}

static void assert_told(struct fixture *fixture, struct finding *finding, const char *expected)
{
    assert_string_equal(told(fixture, finding), expected);
    assert_string_equal(told_at(fixture, finding, 200), expected); // no wider than it is read well
    assert_fits(expected, 80);
    for (unsigned short columns = 40; columns < 80; columns++)
        assert_fits(told_at(fixture, finding, columns), columns);
}

// A lost update, and the schedule beside it that loses none. That the threads start in another
// order decides nothing.
static void a_lost_update(void **state)
{
    struct step starts[] = {{.thread = 1, .deed = DEED_START}, {.thread = 2, .deed = DEED_START}};
    struct step bad[] = {starts[0],
                         starts[1],
                         access_step(1, DEED_READ, 0, 0),
                         access_step(2, DEED_READ, 0, 0),
                         access_step(2, DEED_WRITE, 0, 1),
                         access_step(1, DEED_WRITE, 1, 1)};
    struct step good[] = {starts[1],
                          starts[0],
                          access_step(1, DEED_READ, 0, 0),
                          access_step(1, DEED_WRITE, 0, 1),
                          access_step(2, DEED_READ, 1, 1),
                          access_step(2, DEED_WRITE, 1, 2)};
    struct story story = {.scene = "two at once",
                          .promise = "Adds one.",
                          .found_at = 6,
                          .schedule = "two_at_once/x1:1.2-2.9",
                          .bad = {bad, 6},
                          .good = {good, 6}};
    struct finding finding = {.kind = KIND_WRONG_RESULT, .what = "it holds two", .story = &story};
    assert_told(*state, &finding,
                "\n"
                "  The scene \"two at once\" checks: \"Adds one.\"\n"
                "\n"
                "  The 6th schedule tried shows it:\n"
                "\n"
                "  T1                       T2                       a.c\n"
                "  1 counter->value++;                               counter->value is 0\n"
                ">                          1 counter->value++;      counter->value 0 -> 1\n"
                "  1 counter->value++;                               counter->value stays 1\n"
                "\n"
                "  > marks where it turns: the nearest schedule that goes well lets T1 go on\n"
                "  there.\n"
                "\n"
                "  T1                       T2                       a.c\n"
                "> 1 counter->value++;                               counter->value 0 -> 1\n"
                "                           1 counter->value++;      counter->value 1 -> 2\n"
                "\n"
                "  See it again: racelings replay counter two_at_once/x1:1.2-2.9\n");
    assert_string_equal(
        told_at(*state, &finding, 60),
        "\n"
        "  The scene \"two at once\" checks: \"Adds one.\"\n"
        "\n"
        "  The 6th schedule tried shows it:\n"
        "\n"
        "  T1              T2                  a.c\n"
        "  1 counter->value++;                 counter->value is 0\n"
        ">                 1 counter->value++; counter->value 0 -> 1\n"
        "  1 counter->value++;                 counter->value stays 1\n"
        "\n"
        "  > marks where it turns: the nearest schedule that goes\n"
        "  well lets T1 go on there.\n"
        "\n"
        "  T1               T2                  a.c\n"
        "> 1 counter->value++;                  counter->value 0 -> 1\n"
        "                   1 counter->value++; counter->value 1 -> 2\n"
        "\n"
        "  See it again:\n"
        "      racelings replay counter two_at_once/x1:1.2-2.9\n");
    assert_non_null(strstr(told_at(*state, &finding, 40), // no room for a column each
                           "  thread                a.c\n"
                           "  T1   1 counter->va... counter->value\n"
                           "                        is 0\n"
                           "> T2   1 counter->va... counter->value 0\n"
                           "                        -> 1\n"));
    char *steps = NULL;
    size_t size;
    FILE *out = open_memstream(&steps, &size);
    story_tell_steps(out, ((struct fixture *)*state)->root, &finding);
    fclose(out);
    assert_non_null(strstr(steps, "No data race is part of this"));
    assert_non_null(strstr(steps, "T2 comes in between two steps of T1"));
    free(steps);

    struct step alone[] = {{.thread = 0, .deed = DEED_CREATE, .object = 1},
                           access_step(1, DEED_READ, 0, 0),
                           access_step(1, DEED_WRITE, 0, 1)};
    struct story of_one = {.schedule = "x1:", .bad = {alone, 3}};
    struct finding by_itself = {.kind = KIND_WRONG_RESULT, .what = "wrong", .story = &of_one};
    out = open_memstream(&steps, &size);
    story_tell_steps(out, ((struct fixture *)*state)->root, &by_itself);
    fclose(out);
    assert_non_null(strstr(steps, "what one thread does comes to that by itself."));
    assert_null(strstr(steps, "order of the steps decides"));
    free(steps);
}

// The circle, with both places of both threads; main, which joins them, is left out.
static void a_deadlock(void **state)
{
    struct step bad[] = {{.thread = 0, .deed = DEED_CREATE, .object = 2},
                         lock_step(1, DEED_LOCK, LOCK_A, 2),
                         lock_step(2, DEED_LOCK, LOCK_B, 2)};
    struct place places[] = {at_line(2, 5), at_line(3, 5)};
    struct holding holds[] = {{.object = LOCK_A, .taken = {&places[0], 1}},
                              {.object = LOCK_B, .taken = {&places[0], 1}}};
    struct standing_thread threads[] = {
        {.thread = 0, .stand = STAND_WAITS, .deed = DEED_JOIN, .object = 2},
        {.thread = 1,
         .stand = STAND_WAITS,
         .deed = DEED_LOCK,
         .object = LOCK_B,
         .where = {&places[1], 1},
         .holds = &holds[0],
         .hold_count = 1},
        {.thread = 2,
         .stand = STAND_WAITS,
         .deed = DEED_LOCK,
         .object = LOCK_A,
         .where = {&places[1], 1},
         .holds = &holds[1],
         .hold_count = 1}};
    struct story story = {.schedule = "x1:1.2-2.2",
                          .found_at = 21,
                          .bad = {bad, 3},
                          .threads = threads,
                          .thread_count = 3};
    struct finding finding = {.kind = KIND_DEADLOCK, .what = "stuck", .story = &story};
    assert_told(*state, &finding,
                "\n"
                "  T1 waits for from->lock #2, which T2 holds\n"
                "      a.c:3, in f\n"
                "          3 |     pthread_mutex_lock(&to->lock);\n"
                "            |     ^\n"
                "  T2 took it\n"
                "      a.c:2, in f\n"
                "          2 |     pthread_mutex_lock(&from->lock);\n"
                "            |     ^\n"
                "  T2 waits for from->lock #1, which T1 holds\n"
                "      a.c:3, in f\n"
                "          3 |     pthread_mutex_lock(&to->lock);\n"
                "            |     ^\n"
                "  T1 took it\n"
                "      a.c:2, in f\n"
                "          2 |     pthread_mutex_lock(&from->lock);\n"
                "            |     ^\n"
                "\n"
                "  The 21st schedule tried shows it:\n"
                "\n"
                "  T1                  T2                                 a.c\n"
                "  2 pthread_mutex_lock(&from->lock);                     locks from->lock #1\n"
                "                      2 pthread_mutex_lock(&from->lock); locks from->lock #2\n"
                "  3 pthread_mutex_lock(&to->lock);                       waits for from->lock #2\n"
                "                      3 pthread_mutex_lock(&to->lock);   waits for from->lock #1\n"
                "\n"
                "  See it again: racelings replay counter x1:1.2-2.2\n");
}

// A thread that waits to be woken, one that goes in circles, and one that waits for what no step
// was about.
static void waiting_otherwise(void **state)
{
    struct place places[] = {at_line(5, 5), at_line(1, 15), at_line(3, 5), at_line(2, 5)};
    struct step bad[] = {lock_step(1, DEED_WAIT, LOCK_A, 5), access_step(2, DEED_READ, 0, 0)};
    struct standing_thread threads[] = {{.thread = 1,
                                         .stand = STAND_WAITS,
                                         .deed = DEED_WAKE,
                                         .object = LOCK_A,
                                         .where = {&places[0], 1}},
                                        {.thread = 2,
                                         .stand = STAND_SPINS,
                                         .deed = DEED_READ,
                                         .object = VALUE,
                                         .where = {&places[1], 1}},
                                        {.thread = 3,
                                         .stand = STAND_WAITS,
                                         .deed = DEED_TAKE,
                                         .object = LOCK_B,
                                         .where = {&places[2], 1}}};
    struct story story = {
        .schedule = "x1:", .bad = {bad, 2}, .threads = threads, .thread_count = 3};
    struct finding finding = {.kind = KIND_NO_PROGRESS, .what = "stuck", .story = &story};
    const char *text = told(*state, &finding);
    assert_non_null(strstr(text, "T1 waits to be woken from gate->opened\n"));
    assert_non_null(strstr(text, "T2 looks again and again at counter->value\n"));
    assert_non_null(strstr(text, "T3 waits for to->lock to be posted\n      a.c:3, in f\n"));
    assert_non_null(strstr(text, "waits for to->lock\n"));
    threads[2].poster = 1;
    threads[2].posts = (struct trace){&places[3], 1};
    text = told(*state, &finding);
    assert_non_null(strstr(text, "T3 waits for to->lock, which T1 posts\n      a.c:3, in f\n"));
    assert_non_null(strstr(text, "T1 does not come to posting it\n      a.c:2, in f\n"));
    threads[1].stand = STAND_WAITS; // nobody runs on, who might still wake the other
    assert_non_null(
        strstr(told(*state, &finding),
               "T1 waits to be woken from gate->opened, and nobody is left to do it\n"));
    threads[1].stand = STAND_SPINS;
    places[2].function = "a_function_whose_name_leaves_no_room_beside_the_place_where_it_is_called";
    assert_non_null(strstr(told(*state, &finding), "      a.c:3,\n        in a_function_whose_"));
}

// No schedule came to an end: where the thread was that still ran, and who waits for its lock.
static void no_end(void **state)
{
    struct place places[] = {at_line(1, 15), at_line(2, 5)};
    struct holding holding = {.object = LOCK_A, .taken = {&places[1], 1}};
    struct step bad[] = {lock_step(2, DEED_LOCK, LOCK_A, 2), access_step(2, DEED_READ, 7, 7)};
    struct standing_thread threads[] = {{.thread = 1,
                                         .stand = STAND_WAITS,
                                         .deed = DEED_LOCK,
                                         .object = LOCK_A,
                                         .where = {&places[1], 1}},
                                        {.thread = 2,
                                         .stand = STAND_RUNS,
                                         .where = {&places[0], 1},
                                         .holds = &holding,
                                         .hold_count = 1}};
    struct story story = {
        .schedule = "x1:", .bad = {bad, 2}, .threads = threads, .thread_count = 2};
    struct finding finding = {.kind = KIND_NO_END, .what = "no end", .story = &story};
    const char *text = told(*state, &finding);
    assert_non_null(strstr(text, "T1 waits for from->lock, which T2 holds\n      a.c:2, in f\n"));
    assert_non_null(strstr(text, "T2 took it\n      a.c:2, in f\n"));
    assert_non_null(
        strstr(text, "T2 was still running when the schedule was cut off\n      a.c:1, in f\n"));
    assert_non_null(strstr(text, " still runs\n"));
    finding.kind = KIND_DEADLOCK; // who could go on is no part of that
    assert_null(strstr(told(*state, &finding), "still run"));
}

// Falling asleep and waking are told, in the middle of a long stretch too, and whether anybody has
// signalled. What main did before there was another thread is not.
static void a_sleeper(void **state)
{
    enum { WRITES = 10, ASLEEP = 6, AWAKE = 7 };
    struct step bad[WRITES + 5] = {access_step(0, DEED_WRITE, 70, 71),
                                   {.thread = 0, .deed = DEED_CREATE}};
    size_t count = 2;
    for (uint64_t i = 0; i < WRITES; i++) {
        bad[count++] = access_step(1, DEED_WRITE, i, i + 1);
        if (count != ASLEEP)
            continue;
        bad[count++] = lock_step(1, DEED_WAIT, LOCK_A, 5);
        bad[count++] = lock_step(1, DEED_WAKE, LOCK_A, 5);
    }
    bad[count++] = access_step(2, DEED_READ, WRITES, WRITES);
    struct story story = {.schedule = "x1:", .bad = {bad, count}};
    struct finding finding = {.kind = KIND_WRONG_RESULT, .what = "wrong", .story = &story};
    assert_told(*state, &finding,
                "\n"
                "  Step by step:\n"
                "\n"
                "  T1                       T2                   a.c\n"
                "  1 counter->value++;                           counter->value 0 -> 1\n"
                "  1 counter->value++;                           counter->value 1 -> 2\n"
                "  1 counter->value++;                           counter->value 2 -> 3\n"
                "  1 counter->value++;                           counter->value 3 -> 4\n"
                "  5 pthread_cond_wait(&gate->opened, &gate->... waits on gate->opened\n"
                "  5 pthread_cond_wait(&gate->opened, &gate->... wakes, without a signal of\n"
                "                                                gate->opened\n"
                "  (3 more steps)\n"
                "  1 counter->value++;                           counter->value 7 -> 8\n"
                "  1 counter->value++;                           counter->value 8 -> 9\n"
                "  1 counter->value++;                           counter->value 9 -> 10\n"
                "                           1 counter->value++;  counter->value is 10\n"
                "\n"
                "  See it again: racelings replay counter x1:\n");
    char *steps = NULL;
    size_t size;
    FILE *out = open_memstream(&steps, &size);
    story_tell_steps(out, ((struct fixture *)*state)->root, &finding);
    fclose(out);
    assert_non_null(strstr(steps, "T1 wakes though nobody has signalled"));
    free(steps);

    bad[AWAKE + 1] = bad[AWAKE];
    bad[AWAKE] = lock_step(2, DEED_SIGNAL, LOCK_A, 5);
    assert_non_null(strstr(told(*state, &finding), " wakes from gate->opened\n"));
}

// To be cancelled is told, though it touches no memory that threads share.
static void a_cancelled_thread(void **state)
{
    struct step bad[] = {
        access_step(1, DEED_WRITE, 0, 1),
        {.thread = 2, .deed = DEED_CANCEL, .place = at_line(5, 5)},
        access_step(1, DEED_READ, 1, 1),
    };
    struct story story = {.schedule = "x1:", .bad = {bad, sizeof bad / sizeof *bad}};
    struct finding finding = {.kind = KIND_WRONG_RESULT, .what = "wrong", .story = &story};
    assert_non_null(strstr(told(*state, &finding), " cancels a thread\n"));
}

// What a thread does in one go is one row, and the middle of a long stretch another.
static void folds(void **state)
{
    enum { ROUNDS = 10 };
    struct step bad[2 * ROUNDS + 5];
    size_t count = 0;
    bad[count++] = access_step(1, DEED_READ, 7, 7);
    bad[count++] = (struct step){.thread = 2, .deed = DEED_START};
    for (int i = 0; i < ROUNDS; i++)
        bad[count++] = access_step(2, DEED_WRITE, (uint64_t)i, (uint64_t)i + 1);
    bad[count++] = (struct step){.thread = 2, .deed = DEED_EXIT};
    for (int i = 0; i < ROUNDS; i++)
        bad[count++] = access_step(1, DEED_WRITE, (uint64_t)i, (uint64_t)i + 1);
    struct story story = {.schedule = "x1:", .bad = {bad, count}};
    struct finding finding = {.kind = KIND_WRONG_RESULT, .what = "wrong", .story = &story};
    assert_told(*state, &finding,
                "\n"
                "  Step by step:\n"
                "\n"
                "  T1                       T2                       a.c\n"
                "  1 counter->value++;                               counter->value is 7\n"
                "                           (runs from start to end)\n"
                "  1 counter->value++;                               counter->value 0 -> 1\n"
                "  1 counter->value++;                               counter->value 1 -> 2\n"
                "  1 counter->value++;                               counter->value 2 -> 3\n"
                "  (4 more steps)\n"
                "  1 counter->value++;                               counter->value 7 -> 8\n"
                "  1 counter->value++;                               counter->value 8 -> 9\n"
                "  1 counter->value++;                               counter->value 9 -> 10\n"
                "\n"
                "  See it again: racelings replay counter x1:\n");
}

// Six threads have no columns; of a long story the end is told, and what lies around the decisive
// step.
static void many_threads_and_many_rows(void **state)
{
    enum { STEPS = 100, DECISIVE = 30 };
    struct step bad[STEPS], good[DECISIVE + 1];
    for (int i = 0; i < STEPS; i++)
        bad[i] = access_step(i % 6, DEED_WRITE, (uint64_t)i, (uint64_t)i + 1);
    memcpy(good, bad, sizeof good);
    good[DECISIVE].thread = 3;
    struct story story = {.schedule = "x1:", .bad = {bad, STEPS}, .good = {good, DECISIVE + 1}};
    struct finding finding = {.kind = KIND_WRONG_RESULT, .what = "wrong", .story = &story};
    const char *text = told(*state, &finding);
    assert_non_null(strstr(text, "\n  (26 more steps)\n"));
    assert_non_null(strstr(text, "\n> main 1 counter->value++;"));
    assert_non_null(strstr(text, "counter->value 30 -> 31\n"));
    assert_non_null(strstr(text, "T4   1 counter->value++;"));
    assert_non_null(strstr(text, "counter->value 99 -> 100\n"));
    assert_null(strstr(text, "counter->value 60 -> 61\n"));
    assert_non_null(strstr(text, "lets T3 go on"));
}

// Of the schedule that goes well no more is told than how it goes on from there.
static void a_long_way_that_goes_well(void **state)
{
    enum { STEPS = 21 };
    struct step bad[] = {access_step(1, DEED_WRITE, 0, 1), access_step(2, DEED_WRITE, 1, 2)};
    struct step good[STEPS];
    good[0] = bad[0];
    for (int i = 1; i < STEPS; i++)
        good[i] = access_step(i % 2 ? 1 : 2, DEED_WRITE, (uint64_t)i, (uint64_t)i + 1);
    struct story story = {.schedule = "x1:", .bad = {bad, 2}, .good = {good, STEPS}};
    struct finding finding = {.kind = KIND_WRONG_RESULT, .what = "wrong", .story = &story};
    const char *text = told(*state, &finding);
    assert_non_null(strstr(text, "> 1 counter->value++;                               "
                                 "counter->value 1 -> 2\n"));
    assert_non_null(strstr(text, "counter->value 7 -> 8\n  (13 more steps)\n\n"));
    assert_null(strstr(text, "counter->value 8 -> 9\n"));
}

// What the explorer fills memory with before it is written to, and when it is freed, is no number
// of the program's. One byte may hold anything.
static void filled_memory(void **state)
{
    const uint64_t freed = 0x5a5a5a5a5a5a5a5a, fresh = 0xa5a5a5a5a5a5a5a5;
    struct step bad[] = {
        access_step(1, DEED_READ, freed, freed), access_step(2, DEED_WRITE, fresh, 3),
        access_step(1, DEED_READ, freed >> 32, freed >> 32), access_step(2, DEED_WRITE, 'Z', 4)};
    bad[2].size = 4;
    bad[3].size = 1;
    struct story story = {.schedule = "x1:", .bad = {bad, 4}};
    struct finding finding = {.kind = KIND_WRONG_RESULT, .what = "wrong", .story = &story};
    const char *text = told(*state, &finding);
    const char *first = strstr(text, "counter->value is freed memory\n");
    assert_non_null(first);
    assert_non_null(strstr(first + 1, "counter->value is freed memory\n"));
    assert_non_null(strstr(text, "counter->value unset -> 3\n"));
    assert_non_null(strstr(text, "counter->value 90 -> 4\n"));
}

// Pointers have no names in the source: they are numbered, and the null pointer is called so.
static void values(void **state)
{
    struct step bad[] = {
        {.thread = 1,
         .deed = DEED_WRITE,
         .object = VALUE,
         .size = 8,
         .before = 0,
         .after = 0x200000000010,
         .place = at_line(6, 16)},
        {.thread = 2,
         .deed = DEED_WRITE,
         .object = VALUE,
         .size = 8,
         .before = 0x200000000010,
         .after = 0x200000000040,
         .place = at_line(6, 16)},
        {.thread = 1,
         .deed = DEED_WRITE,
         .object = VALUE + 8,
         .size = 4,
         .before = 5,
         .after = 0xffffffff,
         .place = at_line(1, 15)},
        {.thread = 2,
         .deed = DEED_READ,
         .object = VALUE + 8,
         .size = 4,
         .before = 0xffffffff,
         .after = 0xffffffff,
         .place = at_line(1, 15)},
        {.thread = 2,
         .deed = DEED_WRITE,
         .object = VALUE + 16,
         .size = 8,
         .before = 0x4000000000000000,
         .after = 0x4004000000000000,
         .place = at_line(7, 11)},
        {.thread = 1,
         .deed = DEED_READ,
         .object = VALUE + 16,
         .size = 8,
         .before = 0x4004000000000000,
         .after = 0x4004000000000000,
         .place = at_line(7, 11)},
    };
    struct story story = {.schedule = "x1:", .bad = {bad, 6}};
    struct finding finding = {.kind = KIND_WRONG_RESULT, .what = "wrong", .story = &story};
    const char *text = told(*state, &finding);
    assert_non_null(strstr(text, "list->head NULL -> p1\n"));
    assert_non_null(strstr(text, "list->head p1 -> p2\n"));
    assert_non_null(strstr(text, "counter->value 5 -> -1\n"));
    assert_non_null(strstr(text, "counter->value is -1\n"));
    assert_non_null(strstr(text, "total 2 -> 2.5\n"));
    assert_null(strstr(text, "0x2000"));
    bad[1].after = VALUE + 8; // between VALUE and VALUE + 16 all is the program's own
    assert_non_null(strstr(told(*state, &finding), "list->head p1 -> p2\n"));
    bad[1].after = VALUE + 17;
    assert_non_null(strstr(told(*state, &finding), "list->head p1 -> 65553\n"));
}

// Which locks were held at each access of a race, and the story only up to the race.
static void a_race(void **state)
{
    struct place places[] = {at_line(1, 15), at_line(1, 15)};
    places[0].address = 0x401000, places[1].address = 0x402000;
    struct step bad[] = {lock_step(1, DEED_LOCK, LOCK_A, 2), access_step(1, DEED_WRITE, 0, 1),
                         lock_step(1, DEED_UNLOCK, LOCK_A, 4), access_step(2, DEED_READ, 1, 1),
                         access_step(2, DEED_WRITE, 1, 2)};
    bad[1].place.address = places[0].address;
    bad[3].place.address = places[1].address;
    struct access accesses[] = {{.thread = 2, .size = 8, .trace = {&places[1], 1}},
                                {.thread = 1, .size = 8, .write = true, .trace = {&places[0], 1}}};
    struct story story = {.schedule = "x1:", .bad = {bad, 5}, .memory = VALUE};
    struct finding finding = {.kind = KIND_DATA_RACE,
                              .what = "race",
                              .accesses = accesses,
                              .access_count = 2,
                              .story = &story};
    const char *text = told(*state, &finding);
    assert_null(strstr(text, "1 -> 2"));
    assert_non_null(strstr(text, "counter->value is 1\n"));
    assert_null(accesses[0].locks[0]);
    assert_string_equal(accesses[1].locks[0], "from->lock");
    assert_null(accesses[1].locks[1]);
}

// Both accesses of a race are told, however long the story: in the middle of one thread's stretch,
// and in the middle of many rows.
static void a_race_in_a_long_story(void **state)
{
    enum { STEPS = 60, EARLIER = 25, OTHERS_ALONE = 0x403000 };
    struct place places[] = {at_line(1, 15), at_line(1, 15)};
    places[0].address = 0x401000, places[1].address = 0x402000;
    struct access accesses[] = {{.thread = 2, .size = 8, .trace = {&places[1], 1}},
                                {.thread = 1, .size = 8, .write = true, .trace = {&places[0], 1}}};
    for (int threads = 1; threads <= 3; threads += 2) {
        struct step bad[STEPS];
        for (int i = 0; i < STEPS; i++) {
            bad[i] = access_step(i % threads + 1, DEED_WRITE, (uint64_t)i, (uint64_t)i + 1);
            bad[i].place.address = OTHERS_ALONE;
        }
        bad[EARLIER].thread = 1, bad[EARLIER].place = places[0];
        bad[STEPS - 1].thread = 2, bad[STEPS - 1].place = places[1];
        struct story story = {.schedule = "x1:", .bad = {bad, STEPS}, .memory = VALUE};
        struct finding finding = {.kind = KIND_DATA_RACE,
                                  .what = "race",
                                  .accesses = accesses,
                                  .access_count = 2,
                                  .story = &story};
        const char *text = told(*state, &finding);
        assert_non_null(strstr(text, "counter->value 25 -> 26\n"));
        assert_non_null(strstr(text, "counter->value 59 -> 60\n"));
        assert_null(strstr(text, "counter->value 24 -> 25\n"));
        assert_null(strstr(text, "counter->value 26 -> 27\n"));
    }
}

// Two bit-fields are one object to the machine: it is called by both, and its digits show them.
static void bit_fields(void **state)
{
    struct step bad[] = {access_step(1, DEED_WRITE, 0x65, 0x6a),
                         access_step(2, DEED_READ, 0x6a, 0x6a)};
    for (int i = 0; i < 2; i++) {
        bad[i].size = 1;
        bad[i].place = at_line(8 + i, 16);
    }
    struct story story = {.schedule = "x1:", .bad = {bad, 2}, .found_at = 1};
    struct finding finding = {.kind = KIND_WRONG_RESULT, .what = "wrong", .story = &story};
    const char *text = told(*state, &finding);
    assert_non_null(strstr(text, "8 tram->lamp = 10;"));
    assert_non_null(strstr(text, "tram->lamp, door 0x65 -> 0x6a\n"));
    assert_non_null(strstr(text, "tram->lamp, door is 0x6a\n"));
    bad[0].name = bad[1].name = NULL;
    bad[1].place = at_line(8, 16); // one member alone is a number
    assert_non_null(strstr(told(*state, &finding), "tram->lamp 101 -> 106\n"));
}

// The name of the file at the head keeps to the width, too: the columns of the threads give way.
static void long_file_name(void **state)
{
    struct fixture *fixture = *state;
    struct step bad[] = {access_step(1, DEED_READ, 0, 0), access_step(2, DEED_WRITE, 0, 1)};
    for (int i = 0; i < 2; i++) {
        bad[i].place = at_line(7, 11);
        bad[i].place.file = "what_they_all_have_ordered.c";
    }
    put(fixture, "what_they_all_have_ordered.c", source);
    struct story story = {.schedule = "x1:", .bad = {bad, 2}, .found_at = 1};
    struct finding finding = {.kind = KIND_WRONG_RESULT, .what = "wrong", .story = &story};
    const char *text = told(fixture, &finding), *head = strstr(text, "  T1 ");
    assert_non_null(strstr(head, "what_they_all_have_ordered.c\n"));
    assert_true(strcspn(head, "\n") <= 80);
}

// What a thread does over and over is told once.
static void repeated_steps(void **state)
{
    struct step bad[9];
    for (size_t i = 0; i < 8; i++)
        bad[i] = access_step(1, DEED_READ, 0, 0);
    bad[8] = access_step(2, DEED_WRITE, 0, 1);
    struct story story = {.schedule = "x1:", .bad = {bad, 9}, .found_at = 1};
    struct finding finding = {.kind = KIND_WRONG_RESULT, .what = "wrong", .story = &story};
    const char *text = told(*state, &finding);
    const char *first = strstr(text, "counter->value is 0\n");
    assert_non_null(first);
    assert_non_null(strstr(first, "  (7 more steps)\n"));
    assert_null(strstr(first + 1, "counter->value is 0\n"));
    assert_non_null(strstr(text, "counter->value 0 -> 1\n"));
}

static void as_json(void **state)
{
    struct fixture *fixture = *state;
    struct step bad[] = {access_step(1, DEED_READ, 0, 0), access_step(2, DEED_WRITE, 0, 1)};
    struct story story = {.schedule = "x1:1.2", .bad = {bad, 2}, .found_at = 3};
    struct finding finding = {.kind = KIND_WRONG_RESULT, .what = "wrong", .story = &story};
    struct search search = {.schedules = 12, .exhausted = true};
    struct reading reading = {.searches = &search, .search_count = 1};
    put(fixture, "a.c", source);
    story_name(fixture->context, fixture->root, &finding);
    json_t *object = story_json(fixture->root, &finding), *tried = tried_json(&reading);
    const json_t *row = json_array_get(json_object_get(object, "rows"), 1);
    assert_int_equal(json_array_size(json_object_get(object, "rows")), 2);
    assert_int_equal(json_integer_value(json_object_get(row, "thread")), 2);
    assert_int_equal(json_integer_value(json_object_get(row, "line")), 1);
    assert_string_equal(json_string_value(json_object_get(row, "source")), "counter->value++;");
    assert_string_equal(json_string_value(json_object_get(row, "effect")), "counter->value 0 -> 1");
    assert_true(json_is_null(json_object_get(object, "good")));
    assert_string_equal(json_string_value(json_object_get(object, "schedule")), "x1:1.2");
    assert_int_equal(json_integer_value(json_object_get(json_array_get(tried, 0), "schedules")),
                     12);
    assert_true(json_is_true(json_object_get(json_array_get(tried, 0), "exhausted")));
    json_decref(object);
    json_decref(tried);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, fixture_setup, fixture_teardown)

int main(void)
{
    setenv("NO_COLOR", "1", 1);
    const struct CMUnitTest tests[] = {
        TEST(a_lost_update),
        TEST(a_deadlock),
        TEST(waiting_otherwise),
        TEST(no_end),
        TEST(a_sleeper),
        TEST(a_cancelled_thread),
        TEST(folds),
        TEST(values),
        TEST(filled_memory),
        TEST(many_threads_and_many_rows),
        TEST(a_long_way_that_goes_well),
        TEST(a_race),
        TEST(a_race_in_a_long_story),
        TEST(bit_fields),
        TEST(long_file_name),
        TEST(repeated_steps),
        TEST(as_json),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
