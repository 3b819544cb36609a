// desk.h, sentence by sentence.

#include "desk.h"
#include "stacks.h"

#include <racelings/rendezvous.h>
#include <racelings/scenes.h>

#include <pthread.h>
#include <semaphore.h>
#include <stdbool.h>
#include <stddef.h>
#include <sys/resource.h>
#include <time.h>

enum { PATIENCE = 1000 }; // milliseconds, of virtual time

// main.c calls this in place of its own stacks.
extern void (*stacks_fetch_in_scene)(int book);

// ---- A desk, and books that are given ----

enum { COMIC = 7, ATLAS = 100, BIBLE }; // the last two are in the stacks
enum { PROFESSOR, CHILD, VICAR, READERS };

static struct desk *desk;
static pthread_t librarian;
static int given[READERS];       // the book that each of them has
static int books_given;          // in all
static struct rendezvous errand; // the one who fetches, and the child who is served meanwhile
static bool child_comes;
static sem_t child_has_gone; // and none of those who fetch is back before
static bool two_fetch;
static struct timespec too_late; // for a child that waits: an hour, of virtual time

static void give(void *data, int reader, int book)
{
    scene_expect(data == given, "`give` is called with the data of its desk");
    scene_expect(pthread_equal(pthread_self(), librarian), "books are given by the librarian");
    if (reader == CHILD && child_comes)
        scene_expect(rendezvous_meet(&errand, PATIENCE),
                     "who wants a book from the shelf does not wait for one from the stacks");
    given[reader] = book;
    books_given++;
    for (int i = 0; two_fetch && reader == CHILD && i < 2; i++)
        sem_post(&child_has_gone);
}

static void fetch(int book)
{
    scene_expect(!pthread_equal(pthread_self(), librarian),
                 "the librarian stays at his desk while another thread fetches the book");
    scene_expect(stacks_have(book), "only what is in the stacks is fetched from there");
    if (child_comes)
        rendezvous_meet(&errand, PATIENCE);
    if (two_fetch)
        sem_timedwait(&child_has_gone, &too_late);
}

static void open_desk(void)
{
    stacks_fetch_in_scene = fetch;
    errand = (struct rendezvous)RENDEZVOUS(2);
    child_comes = two_fetch = false;
    clock_gettime(CLOCK_REALTIME, &too_late);
    too_late.tv_sec += 3600;
    books_given = 0;
    for (int i = 0; i < READERS; i++)
        given[i] = 0;
    desk = desk_new(give, given);
    scene_expect(desk != NULL, "there are descriptors for another desk");
}

static void open_desk_with_a_child(void)
{
    open_desk();
    child_comes = true;
}

static void open_desk_with_a_child_behind_two(void)
{
    open_desk();
    two_fetch = true;
    sem_init(&child_has_gone, 0, 0);
}

static void serve(void)
{
    librarian = pthread_self();
    desk_run(desk);
}

// Everybody has what he asked for; 0: has not asked.
static void went_home(int professor, int child, int vicar)
{
    scene_expect(given[PROFESSOR] == professor, "the professor has what he asked for");
    scene_expect(given[CHILD] == child, "the child has what it asked for");
    scene_expect(given[VICAR] == vicar, "the vicar has what he asked for");
    scene_expect(books_given == (professor > 0) + (child > 0) + (vicar > 0),
                 "everybody is given his book once");
    desk_free(desk);
}

// ---- One reader ----

static void child_asks(void)
{
    desk_ask(desk, CHILD, COMIC);
    desk_close(desk);
}

static void professor_asks(void)
{
    desk_ask(desk, PROFESSOR, ATLAS);
    desk_close(desk);
}

static void nobody_asks(void)
{
    desk_close(desk);
}

static void child_has_a_comic(void)
{
    went_home(0, COMIC, 0);
}

static void professor_has_the_atlas(void)
{
    went_home(ATLAS, 0, 0);
}

static void nobody_has_a_book(void)
{
    went_home(0, 0, 0);
}

// ---- Several ----

static void professor_and_child_ask(void)
{
    desk_ask(desk, PROFESSOR, ATLAS);
    child_asks();
}

static void child_and_professor_ask(void)
{
    desk_ask(desk, CHILD, COMIC);
    professor_asks();
}

static void professor_and_vicar_ask(void)
{
    desk_ask(desk, PROFESSOR, ATLAS);
    desk_ask(desk, VICAR, BIBLE);
    desk_close(desk);
}

static void child_asks_after_two(void)
{
    desk_ask(desk, PROFESSOR, ATLAS);
    desk_ask(desk, VICAR, BIBLE);
    child_asks();
}

static void professor_and_child_are_served(void)
{
    went_home(ATLAS, COMIC, 0);
}

static void professor_and_vicar_are_served(void)
{
    went_home(ATLAS, 0, BIBLE);
}

static void all_are_served(void)
{
    went_home(ATLAS, COMIC, BIBLE);
}

static void all_are_served_in_time(void)
{
    scene_expect(!scene_timed_out(),
                 "who wants a book from the shelf does not wait for one from the stacks");
    all_are_served();
}

static struct rendezvous both_asked;

static void child_asks_alone(void)
{
    desk_ask(desk, CHILD, COMIC);
    rendezvous_meet(&both_asked, PATIENCE);
}

static void vicar_asks_and_closes(void)
{
    desk_ask(desk, VICAR, COMIC + 1);
    rendezvous_meet(&both_asked, PATIENCE);
    desk_close(desk);
}

static void open_desk_for_two(void)
{
    open_desk();
    both_asked = (struct rendezvous)RENDEZVOUS(2);
}

static void child_and_vicar_are_served(void)
{
    went_home(0, COMIC, COMIC + 1);
}

// ---- Everybody has asked before it opens ----

static void a_queue_at_the_door(void)
{
    open_desk();
    desk_ask(desk, PROFESSOR, ATLAS);
    desk_ask(desk, CHILD, COMIC);
    desk_ask(desk, VICAR, BIBLE);
    desk_close(desk);
}

// ---- Readers and books have large numbers, too ----

enum { FIRST_READER = 70000, LAST_READER = 2000000000, LARGE_BOOK = 70107, STRANGE_BOOK = -70007 };

static int given_first, given_last;

static void give_by_number(void *data, int reader, int book)
{
    scene_expect(data == NULL, "`give` is called with the data of its desk");
    scene_expect(reader == FIRST_READER || reader == LAST_READER,
                 "only who has asked is given a book");
    *(reader == FIRST_READER ? &given_first : &given_last) = book;
    books_given++;
}

static void open_desk_to_many(void)
{
    open_desk();
    desk_free(desk);
    desk = desk_new(give_by_number, NULL);
}

static void two_of_many_ask(void)
{
    desk_ask(desk, FIRST_READER, LARGE_BOOK);
    desk_ask(desk, LAST_READER, STRANGE_BOOK);
    desk_close(desk);
}

static void two_of_many_are_served(void)
{
    scene_expect(given_first == LARGE_BOOK && given_last == STRANGE_BOOK && books_given == 2,
                 "each is given the book that he has asked for, once");
    desk_free(desk);
}

// ---- Two desks, and what they leave behind ----

static void two_desks(void)
{
    a_queue_at_the_door();
    struct desk *other = desk_new(give, given);
    desk_close(other);
    librarian = pthread_self();
    desk_run(other);
    scene_expect(books_given == 0, "no book is given that nobody has asked for");
    desk_free(other);
    serve();
    all_are_served();
}

enum { DAYS = 600, DESCRIPTORS = 256 };

// A day that leaves a descriptor open takes it from the later ones.
static void many_days(void)
{
    struct rlimit limit;
    getrlimit(RLIMIT_NOFILE, &limit);
    limit.rlim_cur = DESCRIPTORS;
    setrlimit(RLIMIT_NOFILE, &limit);
    open_desk();
    child_asks();
    serve();
    child_has_a_comic();
    long before = scene_allocated();
    for (int i = 0; i < DAYS; i++) {
        open_desk();
        desk_close(desk);
        serve();
        nobody_has_a_book();
    }
    scene_expect(scene_allocated() == before, "nothing stays allocated");
}

// What is needed once for all desks, or for a thread, is there after the first days.
static void days_of_errands(void)
{
    long before = 0;
    for (int day = 0; day < 4; day++) {
        open_desk();
        desk_ask(desk, VICAR, BIBLE);
        professor_asks();
        serve();
        professor_and_vicar_are_served();
        if (day == 1)
            before = scene_allocated();
    }
    scene_expect(scene_allocated() == before, "nothing stays allocated");
}

// ---- The table ----

const struct scene scenes[] = {
    {.name = "from the shelf",
     .promise = "whoever has asked is given his book once",
     .set_up = open_desk,
     .parts = {serve, child_asks},
     .end = child_has_a_comic},
    {.name = "from the stacks",
     .promise =
         "A book that the stacks have is fetched with stacks_fetch first, and not in this thread.",
     .set_up = open_desk,
     .parts = {serve, professor_asks},
     .end = professor_has_the_atlas},
    {.name = "nobody",
     .promise = "Returns when the desk has been closed and everybody has his book.",
     .set_up = open_desk,
     .parts = {serve, nobody_asks},
     .end = nobody_has_a_book},
    {.name = "a child, meanwhile",
     .promise = "Whoever wants a book from the shelf does not wait for one from the stacks.",
     .set_up = open_desk_with_a_child,
     .parts = {serve, professor_and_child_ask},
     .end = professor_and_child_are_served},
    {.name = "a child behind two",
     .promise = "Whoever wants a book from the shelf does not wait for one from the stacks.",
     .set_up = open_desk_with_a_child_behind_two,
     .parts = {serve, child_asks_after_two},
     .end = all_are_served_in_time},
    {.name = "a child, and a professor",
     .promise = "whoever has asked is given his book once",
     .set_up = open_desk,
     .parts = {serve, child_and_professor_ask},
     .end = professor_and_child_are_served},
    {.name = "two from the stacks",
     .promise = "Returns when the desk has been closed and everybody has his book.",
     .set_up = open_desk,
     .parts = {serve, professor_and_vicar_ask},
     .end = professor_and_vicar_are_served},
    {.name = "two ask at once",
     .promise = "Any thread may do so before the desk closes.",
     .set_up = open_desk_for_two,
     .parts = {serve, child_asks_alone, vicar_asks_and_closes},
     .end = child_and_vicar_are_served},
    {.name = "a queue at the door",
     .promise = "Does not wait for the book.",
     .set_up = a_queue_at_the_door,
     .parts = {serve},
     .end = all_are_served},
    {.name = "large numbers",
     .promise = "whoever has asked is given his book once",
     .set_up = open_desk_to_many,
     .parts = {serve, two_of_many_ask},
     .end = two_of_many_are_served},
    {.name = "two desks", .promise = "One librarian serves", .parts = {two_desks}},
    {.name = "days of errands",
     .promise = "The caller frees it when desk_run has returned.",
     .parts = {days_of_errands}},
    {.name = "many days",
     .promise = "The caller frees it when desk_run has returned.",
     .parts = {many_days}},
    {.name = NULL},
};
