// publish.h, sentence by sentence.

#include "publish.h"

#include <racelings/rendezvous.h>
#include <racelings/scenes.h>

#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>

enum { PATIENCE = 1000 }; // milliseconds, of virtual time

// ---- A station, whose forecasts go from cold and calm to cold and windy ----

static struct board *board;
static atomic_bool on_its_way; // set just before the first one is published
static long last_number;       // of the forecasts that were put up

static struct forecast make_forecast(long number)
{
    return (struct forecast){number, -5 * (number - 1), 100 * (number - 1)};
}

static bool is_whole(struct forecast forecast)
{
    struct forecast good = make_forecast(forecast.number);
    return forecast.temperature == good.temperature && forecast.wind == good.wind;
}

static void publish_up_to(long number)
{
    atomic_store_explicit(&on_its_way, true, memory_order_relaxed);
    while (last_number < number)
        board_publish(board, make_forecast(++last_number));
}

static void open_station(void)
{
    board = board_new();
}

static void open_with_one(void)
{
    open_station();
    publish_up_to(1);
}

static void open_with_two(void)
{
    open_station();
    publish_up_to(2);
}

static void publish_first(void)
{
    publish_up_to(1);
}

static void publish_two(void)
{
    publish_up_to(2);
}

static void publish_three(void)
{
    publish_up_to(3);
}

// ---- Readers, one for each part of a scene ----

struct reader {
    struct forecast first, again;
    long looks;
};

static struct reader readers[2];

static struct forecast read_board(void)
{
    struct forecast forecast = board_read(board);
    scene_expect(atomic_load_explicit(&on_its_way, memory_order_relaxed),
                 "a reader waits for the first forecast");
    return forecast;
}

static void read_once(struct reader *own)
{
    own->first = read_board();
    own->looks = 1;
}

static void read_twice(struct reader *own)
{
    read_once(own);
    own->again = read_board();
    own->looks = 2;
}

static void first_reads(void)
{
    read_once(&readers[0]);
}

static void second_reads(void)
{
    read_once(&readers[1]);
}

static void first_reads_twice(void)
{
    read_twice(&readers[0]);
}

static void second_reads_twice(void)
{
    read_twice(&readers[1]);
}

static void expect_forecast(struct forecast forecast, long oldest)
{
    scene_expect(is_whole(forecast), "the forecast is whole");
    scene_expect(oldest <= forecast.number && forecast.number <= last_number,
                 "the newest forecast that there was");
}

// Ends a scene: when the readers came, `oldest` was up or about to be.
static void close_station(long oldest)
{
    for (int i = 0; i < 2; i++) {
        if (readers[i].looks > 0)
            expect_forecast(readers[i].first, oldest);
        if (readers[i].looks > 1)
            expect_forecast(readers[i].again, readers[i].first.number);
    }
    for (int i = 0; i < 5; i++)
        expect_forecast(board_read(board), last_number);
    scene_expect(!scene_timed_out(), "nobody waits until a time is up");
    board_free(board);
}

static void all_saw_one_that_was_up(void)
{
    close_station(1);
}

static void all_saw_the_second_or_later(void)
{
    close_station(2);
}

// ---- What was put up before is seen by who comes then ----

static struct rendezvous it_is_up = RENDEZVOUS(2);

static void publish_two_and_say_so(void)
{
    publish_up_to(2);
    rendezvous_meet(&it_is_up, PATIENCE);
}

static void read_when_told(void)
{
    rendezvous_meet(&it_is_up, PATIENCE);
    first_reads();
}

// ---- What comes along with a forecast ----

static long warnings[3]; // by number of the forecast; guarded by nothing but the board

static void publish_with_warnings(void)
{
    for (long number = 1; number <= 2; number++) {
        warnings[number] = 10 * number;
        publish_up_to(number);
    }
}

static void read_with_warning(void)
{
    struct forecast forecast = read_board();
    scene_expect(forecast.number <= 2 && warnings[forecast.number] == 10 * forecast.number,
                 "the warning comes with the forecast");
}

// ---- Very many forecasts, after one was read: whoever reads may take so long ----

enum { MORE_THAN_ANYBODY_KEEPS = 1100 };
static struct rendezvous first_is_read = RENDEZVOUS(2);

static void read_before(void)
{
    first_reads();
    rendezvous_meet(&first_is_read, PATIENCE);
}

static void publish_very_many_after(void)
{
    rendezvous_meet(&first_is_read, PATIENCE);
    publish_up_to(MORE_THAN_ANYBODY_KEEPS);
}

// ---- The station reads its own board ----

static void publish_and_read(void)
{
    for (long number = 1; number <= 2; number++) {
        publish_up_to(number);
        expect_forecast(board_read(board), number);
    }
}

// ---- So many forecasts that old ones would have to be written over ----

enum { MANY = 40, VERY_MANY = 300 };

static void publish_many(void)
{
    publish_up_to(MANY);
}

static void open_after_very_many(void)
{
    open_station();
    for (long number = 1; number <= VERY_MANY; number++) {
        publish_up_to(number);
        expect_forecast(board_read(board), number);
    }
}

static void publish_one_more(void)
{
    publish_up_to(VERY_MANY + 1);
}

static void all_saw_one_of_the_last(void)
{
    close_station(VERY_MANY);
}

// ---- More readers than anybody has thought of, one after the other ----

enum { CROWD = 20 };

static void *read_and_go(void *unused)
{
    EXPECT(is_whole(board_read(board)));
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

// Reads, and so does a friend, at the same time.
static void read_with_friend(struct reader *own)
{
    pthread_t thread;
    pthread_create(&thread, NULL, read_and_go, NULL);
    read_once(own);
    pthread_join(thread, NULL);
}

static void first_reads_with_friend(void)
{
    read_with_friend(&readers[0]);
}

static void second_reads_with_friend(void)
{
    read_with_friend(&readers[1]);
}

// ---- Two boards that have nothing to do with each other ----

static struct board *north;

static void open_two_boards(void)
{
    open_station();
    north = board_new();
    board_publish(north, make_forecast(1));
}

static void publish_in_the_north_and_first(void)
{
    board_publish(north, make_forecast(2));
    EXPECT(board_read(north).number == 2);
    publish_first();
}

static void both_are_up(void)
{
    EXPECT(board_read(north).number == 2);
    board_free(north);
    all_saw_one_that_was_up();
}

// ---- What a board leaves behind ----

static long allocated_before;

// What is allocated once for all boards is here by now.
static void use_one_board(void)
{
    open_station();
    board_publish(board, make_forecast(1));
    board_read(board);
    board_free(board);
    allocated_before = scene_allocated();
    open_station();
}

static void nothing_is_left(void)
{
    all_saw_one_that_was_up();
    board_free(board_new()); // always empty
    scene_expect(scene_allocated() == allocated_before, "nothing stays allocated");
}

const struct scene scenes[] = {
    {"one waits",
     "waits for the first",
     open_station,
     {publish_first, first_reads},
     all_saw_one_that_was_up},
    {"two wait",
     "waits for the first",
     open_station,
     {publish_first, first_reads, second_reads},
     all_saw_one_that_was_up},
    {"empty at first",
     "An empty board",
     open_station,
     {publish_two, first_reads, second_reads},
     all_saw_one_that_was_up},
    {"four wait",
     "Any number of threads may call this.",
     open_station,
     {publish_first, first_reads_with_friend, second_reads_with_friend},
     all_saw_one_that_was_up},
    {"nobody is there",
     "Puts up a forecast.",
     open_station,
     {publish_three},
     all_saw_one_that_was_up},
    {"the station looks",
     "Only one thread calls this.",
     open_station,
     {publish_and_read, first_reads},
     all_saw_one_that_was_up},
    {"the next one",
     "Gives the newest forecast, whole",
     open_with_one,
     {publish_two, first_reads, second_reads},
     all_saw_one_that_was_up},
    {"the next two",
     "Gives the newest forecast, whole",
     open_with_one,
     {publish_three, first_reads_twice},
     all_saw_one_that_was_up},
    {"first and next",
     "Gives the newest forecast, whole",
     open_station,
     {publish_two, first_reads_twice},
     all_saw_one_that_was_up},
    {"two read twice",
     "Gives the newest forecast",
     open_with_one,
     {publish_two, first_reads_twice, second_reads_twice},
     all_saw_one_that_was_up},
    {"two long up",
     "Gives the newest forecast",
     open_with_two,
     {publish_three, first_reads, second_reads},
     all_saw_the_second_or_later},
    {"up when one comes",
     "Gives the newest forecast",
     open_with_one,
     {publish_two_and_say_so, read_when_told},
     all_saw_the_second_or_later},
    {"many forecasts",
     "Gives the newest forecast, whole",
     open_with_one,
     {publish_many, first_reads},
     all_saw_one_that_was_up},
    {"very many forecasts",
     "1 for the first, then 2, 3",
     open_after_very_many,
     {publish_one_more, first_reads, second_reads},
     all_saw_one_of_the_last},
    {"warnings",
     "Whoever reads it sees what was done before it was put up.",
     open_station,
     {publish_with_warnings, read_with_warning},
     all_saw_one_that_was_up},
    {"one reads slowly",
     "Gives the newest forecast, whole",
     open_with_one,
     {publish_very_many_after, read_before},
     all_saw_one_that_was_up},
    {"a crowd",
     "Any number of threads may call this.",
     open_with_one,
     {publish_two, a_crowd_reads},
     all_saw_one_that_was_up},
    {"two boards",
     "An empty board",
     open_two_boards,
     {publish_in_the_north_and_first, first_reads},
     both_are_up},
    {"nothing left",
     "The caller frees it, when no other thread uses it.",
     use_one_board,
     {publish_three, first_reads},
     nothing_is_left},
    {.name = NULL},
};
