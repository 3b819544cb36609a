// lazy_init.h, sentence by sentence.

#include "lazy_init.h"

#include <racelings/rendezvous.h>
#include <racelings/scenes.h>

#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <string.h>

// Of main.c: how many lines settings_load has read so far, and what it waits for.
extern atomic_int settings_lines_read;
extern void (*settings_disk)(void);

static int lines_of_the_file; // how many lines it reads each time

// ---- Requests, one for each part of a scene ----

struct request {
    const struct settings *got;
    bool complete; // what it got, as it found it
};

static struct request requests[3];

static bool is_complete(const struct settings *settings)
{
    return settings && settings->thumbnail_width == 320 && settings->jpeg_quality == 85 &&
           strcmp(settings->bucket, "holiday-photos") == 0;
}

static void request(int number)
{
    requests[number].got = settings_get();
    requests[number].complete = is_complete(requests[number].got);
}

static void first_request(void)
{
    request(0);
}

static void second_request(void)
{
    request(1);
}

static void third_request(void)
{
    request(2);
}

// Ends a scene: the first `count` requests have got the same.
static void close_service(int count)
{
    for (int i = 0; i < count; i++) {
        scene_expect(requests[i].got == requests[0].got, "all get the same object");
        scene_expect(requests[i].complete, "the settings are complete");
    }
    EXPECT(settings_get() == requests[0].got);
    settings_free();
}

static void two_were_served(void)
{
    close_service(2);
}

static void three_were_served(void)
{
    close_service(3);
}

// ---- How often the file is read ----

// Finds out how long the file is.
static void measure_file(void)
{
    struct settings own;
    settings_load(&own);
    lines_of_the_file = atomic_exchange(&settings_lines_read, 0);
}

static void measure_file_that_nobody_read(void)
{
    scene_expect(settings_lines_read == 0, "nothing is read before somebody asks");
    measure_file();
}

static void two_have_read_it_once(void)
{
    scene_expect(settings_lines_read == lines_of_the_file, "it was read once");
    two_were_served();
    scene_expect(settings_lines_read == lines_of_the_file, "it is not read again");
}

static void three_have_read_it_once(void)
{
    scene_expect(settings_lines_read == lines_of_the_file, "it was read once");
    three_were_served();
}

// ---- A disk that takes its time ----

enum { ONE_HOUR = 3600000 }; // milliseconds, of virtual time

static struct rendezvous nobody_comes = RENDEZVOUS(2);

static void take_an_hour(void)
{
    rendezvous_meet(&nobody_comes, ONE_HOUR);
}

static void measure_slow_disk(void)
{
    measure_file();
    settings_disk = take_an_hour;
}

// ---- A request that comes when the settings are there, and asks again and again ----

static void measure_file_and_ask(void)
{
    measure_file();
    third_request();
}

static void ask_five_times(void)
{
    first_request();
    for (int i = 0; i < 4; i++)
        EXPECT(settings_get() == requests[0].got);
}

// ---- More threads than anybody has thought of, one after the other ----

enum { THREADS = 20 };

static void *ask_and_go(void *unused)
{
    EXPECT(settings_get() == requests[0].got);
    return unused;
}

static void many_ask_in_turns(void)
{
    first_request();
    for (int i = 0; i < THREADS; i++) {
        pthread_t thread;
        pthread_create(&thread, NULL, ask_and_go, NULL);
        pthread_join(thread, NULL);
    }
}

// ---- Nobody asks ----

static void come_and_go(void)
{
}

static void nothing_was_read(void)
{
    scene_expect(settings_lines_read == 0, "the settings are not read before somebody asks");
    settings_free();
    scene_expect(settings_lines_read == 0, "the settings are not read before somebody asks");
    scene_expect(scene_allocated() == 0, "nothing stays allocated");
}

// ---- What the service leaves behind ----

static void nothing_is_left(void)
{
    two_were_served();
    scene_expect(scene_allocated() == 0, "nothing stays allocated");
}

const struct scene scenes[] = {
    {"two at once",
     "all calls, from any thread, return the same object",
     NULL,
     {first_request, second_request},
     two_were_served},
    {"three at once",
     "all calls, from any thread, return the same object",
     NULL,
     {first_request, second_request, third_request},
     three_were_served},
    {"many threads",
     "all calls, from any thread, return the same object",
     NULL,
     {many_ask_in_turns, second_request},
     two_were_served},
    {"read by one of two",
     "The first call reads them, no call reads them again",
     measure_file_that_nobody_read,
     {first_request, second_request},
     two_have_read_it_once},
    {"read by one of three",
     "slow, to be done once",
     measure_file,
     {first_request, second_request, third_request},
     three_have_read_it_once},
    {"a slow disk",
     "slow, to be done once",
     measure_slow_disk,
     {first_request, second_request},
     two_have_read_it_once},
    {"not again",
     "no call reads them again",
     measure_file_and_ask,
     {ask_five_times, second_request},
     three_have_read_it_once},
    {"nobody asks", "if anything", NULL, {come_and_go}, nothing_was_read},
    {"nothing left",
     "Frees what settings_get made",
     NULL,
     {first_request, second_request},
     nothing_is_left},
    {.name = NULL},
};
