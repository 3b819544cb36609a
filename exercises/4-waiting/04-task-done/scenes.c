// task_done.h, sentence by sentence.

#include "task_done.h"

#include <racelings/rendezvous.h>
#include <racelings/scenes.h>

#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>

enum { PATIENCE = 1000 }; // milliseconds, of virtual time

// ---- A web site, workers who check its pages, and readers ----

enum { PAGES = 4 };

static struct tasks *tasks;
static bool checked[PAGES]; // by a task of its own each

static void begin(int outstanding)
{
    tasks = tasks_new(outstanding);
}

static void begin_with_one(void)
{
    begin(1);
}

static void begin_with_two(void)
{
    begin(2);
}

static void begin_with_three(void)
{
    begin(3);
}

static void check_page(int page)
{
    checked[page] = true;
    tasks_done(tasks);
}

static void check_first(void)
{
    check_page(0);
}

static void check_second(void)
{
    check_page(1);
}

static void check_third(void)
{
    check_page(2);
}

static void check_first_and_another(void)
{
    tasks_add(tasks);
    check_page(0);
    check_page(2);
}

static void check_second_and_another(void)
{
    tasks_add(tasks);
    check_page(1);
    check_page(3);
}

static int pages_seen[2]; // by reader, behind tasks_wait

static int count_pages(void)
{
    int pages = 0;
    for (int i = 0; i < PAGES; i++)
        pages += checked[i];
    return pages;
}

static void first_reads(void)
{
    tasks_wait(tasks);
    pages_seen[0] = count_pages();
}

static void second_reads(void)
{
    tasks_wait(tasks);
    pages_seen[1] = count_pages();
}

static void wait_five_times(void)
{
    for (int i = 0; i < 5; i++)
        tasks_wait(tasks);
}

// Ends a scene: all `pages` are checked, and so many readers have seen them.
static void finish(int pages, int readers)
{
    wait_five_times();
    EXPECT(count_pages() == pages);
    for (int i = 0; i < readers; i++)
        scene_expect(pages_seen[i] == pages, "a reader sees all that the tasks did");
    scene_expect(!scene_timed_out(), "nobody waits until a time is up");
    tasks_free(tasks);
}

static void one_page_for_one(void)
{
    finish(1, 1);
}

static void one_page_for_two(void)
{
    finish(1, 2);
}

static void two_pages_for_one(void)
{
    finish(2, 1);
}

static void two_pages_for_two(void)
{
    finish(2, 2);
}

static void two_pages(void)
{
    finish(2, 0);
}

static void three_pages(void)
{
    finish(3, 0);
}

static void three_pages_for_one(void)
{
    finish(3, 1);
}

static void four_pages(void)
{
    finish(4, 0);
}

static void four_pages_for_one(void)
{
    finish(4, 1);
}

// ---- Readers come late, early, and in numbers ----

static void check_all_early(void)
{
    begin_with_two();
    check_first();
    check_second();
}

enum { CROWD = 20 };

static void *read_and_go(void *unused)
{
    tasks_wait(tasks);
    EXPECT(count_pages() == 2);
    return unused;
}

static void a_crowd_reads(void)
{
    for (int i = 0; i < CROWD; i++) {
        pthread_t thread;
        pthread_create(&thread, NULL, read_and_go, NULL);
        pthread_join(thread, NULL);
    }
}

static void *wait_and_go(void *unused)
{
    tasks_wait(tasks);
    return unused;
}

// Reads, and so does a friend, at the same time.
static void first_reads_with_friend(void)
{
    pthread_t thread;
    pthread_create(&thread, NULL, wait_and_go, NULL);
    first_reads();
    pthread_join(thread, NULL);
}

static void second_reads_with_friend(void)
{
    pthread_t thread;
    pthread_create(&thread, NULL, wait_and_go, NULL);
    second_reads();
    pthread_join(thread, NULL);
}

// ---- One is done long before the other ----

static struct rendezvous one_is_done = RENDEZVOUS(2);

static void check_first_and_say_so(void)
{
    check_first();
    rendezvous_meet(&one_is_done, PATIENCE);
}

static void check_second_when_told(void)
{
    scene_expect(rendezvous_meet(&one_is_done, PATIENCE), "a task waits for no other task");
    check_second();
}

// ---- A task that another worker does ----

static struct rendezvous handing_over = RENDEZVOUS(2);

static void check_first_and_hand_over_another(void)
{
    tasks_add(tasks);
    rendezvous_meet(&handing_over, PATIENCE);
    check_page(0);
}

static void check_what_is_handed_over(void)
{
    rendezvous_meet(&handing_over, PATIENCE);
    check_page(1);
}

// ---- Tasks that make others, one after the other: the count is 1 again and again ----

static void check_a_chain(void)
{
    for (int page = 0; page < PAGES - 1; page++) {
        tasks_add(tasks);
        check_page(page);
    }
    check_page(PAGES - 1);
}

// ---- More tasks than a byte counts ----

enum { MANY = 300 };

static void begin_with_many(void)
{
    begin(MANY);
    for (int i = 2; i < MANY; i++)
        tasks_done(tasks);
}

static void begin_and_add_many(void)
{
    begin(1);
    for (int i = 1; i < MANY; i++)
        tasks_add(tasks);
    for (int i = 2; i < MANY; i++)
        tasks_done(tasks);
}

// As many as a byte can count, and one more: with one done, a byte would say that none is left.
enum { ONE_BYTE = 256 };

static void begin_with_a_byte_and_one(void)
{
    begin(ONE_BYTE + 1);
    check_page(0);
}

static void check_second_and_all_others(void)
{
    for (int i = 1; i < ONE_BYTE; i++)
        tasks_done(tasks);
    check_page(1);
}

// ---- Two counts that have nothing to do with each other ----

static struct tasks *others;

static void begin_two(void)
{
    begin_with_one();
    others = tasks_new(2);
    tasks_done(others);
}

static void wait_for_others(void)
{
    tasks_wait(others);
}

static void finish_others_and_check_first(void)
{
    tasks_done(others);
    tasks_wait(others);
    check_first();
}

static void both_are_finished(void)
{
    tasks_wait(others);
    tasks_free(others);
    one_page_for_one();
}

// ---- What a count leaves behind ----

static long allocated_before;

// What is allocated once for all counts is here by now.
static void use_one_count(void)
{
    begin_with_one();
    tasks_add(tasks);
    tasks_done(tasks);
    tasks_done(tasks);
    tasks_wait(tasks);
    tasks_free(tasks);
    allocated_before = scene_allocated();
    begin_with_one();
}

static void nothing_is_left(void)
{
    two_pages_for_one();
    scene_expect(scene_allocated() == allocated_before, "nothing stays allocated");
}

static void check_two_of_one(void)
{
    tasks_add(tasks);
    check_first();
    check_second();
}

const struct scene scenes[] = {
    {"one task",
     "Returns when all tasks are done, and all they did is there to be seen.",
     begin_with_one,
     {check_first, first_reads},
     one_page_for_one},
    {"two tasks",
     "Returns when all tasks are done, and all they did is there to be seen.",
     begin_with_two,
     {check_first, check_second, first_reads},
     two_pages_for_one},
    {"two tasks, nobody reads",
     "The count for `outstanding` tasks",
     begin_with_two,
     {check_first, check_second},
     two_pages},
    {"three tasks",
     "The count for `outstanding` tasks",
     begin_with_three,
     {check_first, check_second, check_third},
     three_pages},
    {"two readers",
     "Any number of threads may call it, early or late.",
     begin_with_one,
     {check_first, first_reads, second_reads},
     one_page_for_two},
    {"four readers",
     "Any number of threads may call it, early or late.",
     begin_with_one,
     {check_first, first_reads_with_friend, second_reads_with_friend},
     one_page_for_two},
    {"two late ones",
     "Any number of threads may call it, early or late.",
     check_all_early,
     {first_reads, second_reads},
     two_pages_for_two},
    {"a crowd is late",
     "Any number of threads may call it, early or late.",
     check_all_early,
     {a_crowd_reads, first_reads},
     two_pages_for_one},
    {"one more",
     "One task more.",
     begin_with_one,
     {check_two_of_one, first_reads},
     two_pages_for_one},
    {"one more from one of two",
     "A task may add others before it is done itself.",
     begin_with_two,
     {check_first_and_another, check_second, first_reads},
     three_pages_for_one},
    {"one more from each",
     "Called by a task that is not done yet.",
     begin_with_two,
     {check_first_and_another, check_second_and_another},
     four_pages},
    {"a chain", "One task more.", begin_with_one, {check_a_chain, first_reads}, four_pages_for_one},
    {"handed over",
     "One task more.",
     begin_with_one,
     {check_first_and_hand_over_another, check_what_is_handed_over, first_reads},
     two_pages_for_one},
    {"one long before the other",
     "Waits for no other task.",
     begin_with_two,
     {check_first_and_say_so, check_second_when_told},
     two_pages},
    {"one before the other, and a reader",
     "A task is done. Called once for each.",
     begin_with_two,
     {check_first_and_say_so, check_second_when_told, first_reads},
     two_pages_for_one},
    {"the last of many",
     "A task is done.",
     begin_with_many,
     {check_first, check_second, first_reads},
     two_pages_for_one},
    {"the last of many that were added",
     "One task more.",
     begin_and_add_many,
     {check_first, check_second, first_reads},
     two_pages_for_one},
    {"a byte and one",
     "Returns when all tasks are done",
     begin_with_a_byte_and_one,
     {check_second_and_all_others, first_reads},
     two_pages_for_one},
    {"two counts",
     "The count for `outstanding` tasks",
     begin_two,
     {finish_others_and_check_first, first_reads},
     both_are_finished},
    {"a reader at each of two counts",
     "Any number of threads may call it, early or late.",
     begin_two,
     {first_reads, wait_for_others, finish_others_and_check_first},
     both_are_finished},
    {"nothing left",
     "The caller frees it when nobody uses it any more.",
     use_one_count,
     {check_two_of_one, first_reads},
     nothing_is_left},
    {.name = NULL},
};
