// rwlock_writer.h, sentence by sentence.

#include "rwlock_writer.h"

#include <racelings/rendezvous.h>
#include <racelings/scenes.h>

#include <pthread.h>
#include <stdbool.h>
#include <stddef.h>

enum { PATIENCE = 1000 }; // milliseconds, of virtual time

// ---- Departures, of which no two have anything in common ----

static const struct departure first = {600, 1};
static const struct departure second = {615, 2};
static const struct departure third = {630, 3};

static struct board *board;

static bool same(struct departure one, struct departure other)
{
    return one.minute == other.minute && one.platform == other.platform;
}

static void open_station(void)
{
    board = board_new(first);
}

static void change_to_second(void)
{
    board_change(board, second);
}

static void change_to_third(void)
{
    board_change(board, third);
}

// ---- Travellers, one for each part of a scene ----

struct traveller {
    struct departure seen;
    int looks; // how often `look` was called
};

enum { TRAVELLERS = 21, COMPANY = TRAVELLERS / 3 };
static struct traveller travellers[TRAVELLERS];

static void look_quickly(const struct departure *departure, void *context)
{
    struct traveller *own = context;
    own->seen = *departure;
    own->looks++;
}

static void first_looks(void)
{
    board_show(board, look_quickly, &travellers[0]);
}

static void second_looks(void)
{
    board_show(board, look_quickly, &travellers[1]);
}

static void third_looks(void)
{
    board_show(board, look_quickly, &travellers[2]);
}

static struct departure shown_at_last(void)
{
    struct traveller guard = {.looks = 0};
    board_show(board, look_quickly, &guard);
    scene_expect(guard.looks == 1, "the guard is shown the board once");
    return guard.seen;
}

// Ends a scene: the board shows this and was shown `looks` times.
static void close_station(struct departure last, long looks)
{
    scene_expect(board_shown(board) == looks, "the number of looks");
    scene_expect(same(shown_at_last(), last), "the board shows what it was changed to");
    scene_expect(board_shown(board) == looks + 1, "every look is counted");
    board_free(board);
}

// ---- Two boards that have nothing to do with each other ----

static struct board *north, *south;

static void open_north(void)
{
    north = board_new(first);
    board_show(north, look_quickly, &travellers[0]);
    board_change(north, third);
}

static void open_south(void)
{
    south = board_new(second);
    board_show(south, look_quickly, &travellers[1]);
    board_show(south, look_quickly, &travellers[2]);
}

static void each_has_its_own(void)
{
    EXPECT(same(travellers[0].seen, first));
    EXPECT(same(travellers[1].seen, second) && same(travellers[2].seen, second));
    EXPECT(board_shown(north) == 1);
    EXPECT(board_shown(south) == 2);
    board_free(north);
    board_free(south);
}

// ---- What is counted ----

static void two_have_looked(void)
{
    scene_expect(travellers[0].looks == 1 && travellers[1].looks == 1,
                 "both travellers have looked");
    EXPECT(same(travellers[0].seen, first) && same(travellers[1].seen, first));
    close_station(first, 2);
}

static void three_have_looked(void)
{
    scene_expect(travellers[2].looks == 1, "the third traveller has looked");
    EXPECT(same(travellers[0].seen, first) && same(travellers[2].seen, first));
    close_station(first, 3);
}

static long shown_first, shown_again;

static void ask_twice(void)
{
    shown_first = board_shown(board);
    shown_again = board_shown(board);
}

static void the_answers_fit(void)
{
    scene_expect(0 <= shown_first && shown_first <= shown_again && shown_again <= 2,
                 "what is shown is what there was, and does not go back");
    two_have_looked();
}

// Two who ask: neither is in the other's way.
static void open_and_look(void)
{
    open_station();
    first_looks();
    second_looks();
}

static void one_asks(void)
{
    shown_first = board_shown(board);
}

static void other_asks(void)
{
    shown_again = board_shown(board);
}

static void both_were_told(void)
{
    scene_expect(shown_first == 2, "what came before is shown");
    scene_expect(shown_again == 2, "what came before is shown");
    two_have_looked();
}

// ---- What is changed ----

static void second_or_third_is_shown(void)
{
    struct departure last = shown_at_last();
    EXPECT(same(last, second) || same(last, third));
    close_station(last, 1); // the guard's own look
}

static void first_or_second_was_seen(void)
{
    scene_expect(travellers[0].looks == 1, "the traveller has looked");
    EXPECT(same(travellers[0].seen, first) || same(travellers[0].seen, second));
    close_station(second, 1);
}

static void change_and_look(void)
{
    change_to_second();
    first_looks();
}

static void first_is_gone(void)
{
    EXPECT(same(travellers[0].seen, second) || same(travellers[0].seen, third));
    struct departure last = shown_at_last();
    EXPECT(same(last, second) || same(last, third));
    close_station(last, 2); // one was the guard's
}

static void first_and_second_look(void)
{
    first_looks();
    second_looks();
}

// What one traveller has seen twice does not go back.
static void never_back(void)
{
    EXPECT(same(travellers[0].seen, first) || same(travellers[0].seen, second));
    EXPECT(same(travellers[1].seen, second) || same(travellers[1].seen, travellers[0].seen));
    close_station(second, 2);
}

static const struct departure latest = {1439, 500}; // the last minute of the day

static void change_to_latest(void)
{
    board_change(board, latest);
}

static void latest_is_shown(void)
{
    EXPECT(same(travellers[0].seen, first) || same(travellers[0].seen, latest));
    close_station(latest, 1);
}

// ---- Travellers who look at the same time ----

static struct rendezvous two_look = RENDEZVOUS(2), three_look = RENDEZVOUS(3);
static struct rendezvous all_look = RENDEZVOUS(TRAVELLERS);

static void look_with(struct rendezvous *others, const struct departure *departure, void *context)
{
    look_quickly(departure, context);
    scene_expect(rendezvous_meet(others, PATIENCE), "they look at the same time");
}

static void look_with_one(const struct departure *departure, void *context)
{
    look_with(&two_look, departure, context);
}

static void look_with_two(const struct departure *departure, void *context)
{
    look_with(&three_look, departure, context);
}

static void look_with_all(const struct departure *departure, void *context)
{
    look_with(&all_look, departure, context);
}

static void first_looks_with_one(void)
{
    board_show(board, look_with_one, &travellers[0]);
}

static void second_looks_with_one(void)
{
    board_show(board, look_with_one, &travellers[1]);
}

static void first_looks_with_two(void)
{
    board_show(board, look_with_two, &travellers[0]);
}

static void second_looks_with_two(void)
{
    board_show(board, look_with_two, &travellers[1]);
}

static void third_looks_with_two(void)
{
    board_show(board, look_with_two, &travellers[2]);
}

static void *look_in_the_crowd(void *traveller)
{
    board_show(board, look_with_all, traveller);
    return NULL;
}

// Look together, each in a thread of its own.
static void look_in_company(struct traveller *company)
{
    pthread_t threads[COMPANY];
    for (int i = 1; i < COMPANY; i++)
        pthread_create(&threads[i], NULL, look_in_the_crowd, &company[i]);
    look_in_the_crowd(&company[0]);
    for (int i = 1; i < COMPANY; i++)
        pthread_join(threads[i], NULL);
}

static void first_company_looks(void)
{
    look_in_company(&travellers[0]);
}

static void second_company_looks(void)
{
    look_in_company(&travellers[COMPANY]);
}

static void third_company_looks(void)
{
    look_in_company(&travellers[2 * COMPANY]);
}

static void all_travellers_have_looked(void)
{
    for (int i = 0; i < TRAVELLERS; i++)
        EXPECT(travellers[i].looks == 1 && same(travellers[i].seen, first));
    close_station(first, TRAVELLERS);
}

// ---- A traveller who looks while others come and go ----

static void look_while_others_come_and_go(const struct departure *departure, void *context)
{
    look_quickly(departure, context);
    scene_expect(rendezvous_meet(&two_look, PATIENCE), "somebody comes");
    scene_expect(rendezvous_meet(&two_look, PATIENCE), "who does not wait for one who looks");
}

static void first_looks_slowly(void)
{
    board_show(board, look_while_others_come_and_go, &travellers[0]);
}

static void second_comes_and_goes(void)
{
    rendezvous_meet(&two_look, PATIENCE);
    second_looks();
    rendezvous_meet(&two_look, PATIENCE);
}

static void ask_meanwhile(void)
{
    rendezvous_meet(&two_look, PATIENCE);
    ask_twice();
    rendezvous_meet(&two_look, PATIENCE);
}

static void one_has_looked(void)
{
    scene_expect(0 <= shown_first && shown_first <= shown_again && shown_again <= 1,
                 "what is shown is what there was, and does not go back");
    scene_expect(travellers[0].looks == 1, "the traveller has looked");
    close_station(first, 1);
}

// ---- A change is about to come while somebody looks ----

static void look_until_change(const struct departure *departure, void *context)
{
    look_quickly(departure, context);
    rendezvous_meet(&two_look, PATIENCE);
    struct traveller *own = context;
    scene_expect(same(*departure, own->seen), "what is shown stays as it is");
}

static void first_looks_until_change(void)
{
    board_show(board, look_until_change, &travellers[0]);
}

static void change_when_seen(void)
{
    rendezvous_meet(&two_look, PATIENCE);
    change_to_second();
}

static void first_was_seen(void)
{
    EXPECT(travellers[0].looks == 1 && same(travellers[0].seen, first));
    close_station(second, 1);
}

// One more looks, or changes the board, at the same time.
static void look_twice_at_the_same(const struct departure *departure, void *context)
{
    look_quickly(departure, context);
    struct traveller *own = context;
    scene_expect(same(*departure, own->seen), "what is shown stays as it is");
}

static void third_looks_twice_at_the_same(void)
{
    board_show(board, look_twice_at_the_same, &travellers[2]);
}

static void both_saw_a_departure(void)
{
    EXPECT(same(travellers[0].seen, first));
    EXPECT(same(travellers[2].seen, first) || same(travellers[2].seen, second));
    close_station(second, 2);
}

static void one_of_three_was_seen(void)
{
    struct departure seen = travellers[2].seen, last = shown_at_last();
    EXPECT(same(seen, first) || same(seen, second) || same(seen, third));
    EXPECT(same(last, second) || same(last, third));
    close_station(last, 2); // one was the guard's
}

// ---- More looks than a byte counts, and more travellers than anybody has thought of ----

enum { LOOKS = 300, THREADS = 20 };

static void open_after_many_looks(void)
{
    open_station();
    for (int i = 1; i <= LOOKS; i++) {
        EXPECT(same(shown_at_last(), first));
        EXPECT(board_shown(board) == i);
    }
}

static void many_have_looked(void)
{
    scene_expect(travellers[0].looks == 1 && travellers[1].looks == 1,
                 "both travellers have looked");
    close_station(first, LOOKS + 2);
}

static void *look_and_go(void *unused)
{
    struct departure seen = shown_at_last();
    EXPECT(same(seen, first) || same(seen, second));
    return unused;
}

static void many_look_in_turns(void)
{
    for (int i = 0; i < THREADS; i++) {
        pthread_t thread;
        pthread_create(&thread, NULL, look_and_go, NULL);
        pthread_join(thread, NULL);
    }
}

static void all_have_looked(void)
{
    scene_expect(travellers[1].looks == 1, "the second traveller has looked");
    close_station(first, THREADS + 1);
}

// ---- What a board leaves behind ----

static long allocated_before;

// What is allocated once for all boards is here by now.
static void use_one_board(void)
{
    open_station();
    change_to_second();
    shown_at_last();
    board_free(board);
    allocated_before = scene_allocated();
    open_station();
}

static void nothing_is_left(void)
{
    first_or_second_was_seen();
    scene_expect(scene_allocated() == allocated_before, "nothing stays allocated");
}

const struct scene scenes[] = {
    {"two boards", "A board that shows `first`", NULL, {open_north, open_south}, each_has_its_own},
    {"two at once",
     "How often board_show was called.",
     open_station,
     {first_looks, second_looks},
     two_have_looked},
    {"three at once",
     "How often board_show was called.",
     open_station,
     {first_looks, second_looks, third_looks},
     three_have_looked},
    {"asking meanwhile",
     "Any thread may ask at any time.",
     open_station,
     {first_looks, second_looks, ask_twice},
     the_answers_fit},
    {"two who ask",
     "Any thread may ask at any time.",
     open_and_look,
     {one_asks, other_asks},
     both_were_told},
    {"a change and a look",
     "Calls look(departure, context) with what the board shows",
     open_station,
     {change_to_second, first_looks},
     first_or_second_was_seen},
    {"two changes",
     "Shows `next` from now on.",
     open_station,
     {change_to_second, change_to_third},
     second_or_third_is_shown},
    {"one's own change",
     "Shows `next` from now on.",
     open_station,
     {change_and_look, change_to_third},
     first_is_gone},
    {"never back",
     "Shows `next` from now on.",
     open_station,
     {change_to_second, first_and_second_look},
     never_back},
    {"very late",
     "Shows `next` from now on.",
     open_station,
     {change_to_latest, first_looks},
     latest_is_shown},
    {"two together",
     "Any number of threads may be looking at the same time",
     open_station,
     {first_looks_with_one, second_looks_with_one},
     two_have_looked},
    {"three together",
     "Any number of threads may be looking at the same time",
     open_station,
     {first_looks_with_two, second_looks_with_two, third_looks_with_two},
     three_have_looked},
    {"many together",
     "Any number of threads may be looking at the same time",
     open_station,
     {first_company_looks, second_company_looks, third_company_looks},
     all_travellers_have_looked},
    {"one comes and goes",
     "of all calls, only board_change waits for somebody who looks",
     open_station,
     {first_looks_slowly, second_comes_and_goes},
     two_have_looked},
    {"one asks meanwhile",
     "of all calls, only board_change waits for somebody who looks",
     open_station,
     {first_looks_slowly, ask_meanwhile},
     one_has_looked},
    {"a change is about to come",
     "which stays as it is until `look` has returned",
     open_station,
     {first_looks_until_change, change_when_seen},
     first_was_seen},
    {"a change and another look",
     "which stays as it is until `look` has returned",
     open_station,
     {first_looks_until_change, change_when_seen, third_looks_twice_at_the_same},
     both_saw_a_departure},
    {"two changes and a look",
     "which stays as it is until `look` has returned",
     open_station,
     {change_to_second, change_to_third, third_looks_twice_at_the_same},
     one_of_three_was_seen},
    {"many looks",
     "How often board_show was called.",
     open_after_many_looks,
     {first_looks, second_looks},
     many_have_looked},
    {"many travellers",
     "How often board_show was called.",
     open_station,
     {many_look_in_turns, second_looks},
     all_have_looked},
    {"nothing left",
     "The caller frees it when nobody looks any more.",
     use_one_board,
     {change_to_second, first_looks},
     nothing_is_left},
    {.name = NULL},
};
