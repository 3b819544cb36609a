// `rounds` times a professor asks for a book from the stacks, and while it is being fetched a child comes
// who wants one from the shelf. The book from the stacks is not found before the child has been served: a
// librarian who is down there himself would look for it for ever, so he is sent up again.
//
// On the first morning there is a congress: as many professors, up to CONGRESS, ask before the child does.

#include "desk.h"
#include "stacks.h"

#include <racelings/remains.h>
#include <racelings/rendezvous.h>

#include <pthread.h>
#include <semaphore.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

enum { PROFESSOR, CHILD, READERS };
enum { COMIC = 7, ATLAS = 100 }; // books from 100 on are in the stacks
enum { CONGRESS = 40, LONG_MS = 8000 };

static struct desk *desk;
static pthread_t librarian;
static long rounds;

static long given[READERS], to_others, by_others;
static long professors;          // at the congress
static atomic_bool congress;     // while it lasts
static long away;                // how often the librarian went down; only he counts
static atomic_bool child_waited; // until the atlas was found, or rather was not

static struct rendezvous down_there = RENDEZVOUS(2); // the one who fetches, and the child
static struct rendezvous meanwhile = RENDEZVOUS(2);  // the one who fetches, and the child's comic
static struct rendezvous atlas_given = RENDEZVOUS(2);
static struct rendezvous congress_over = RENDEZVOUS(2);
static sem_t child_has_gone; // in a congress: for each of those who fetch

bool stacks_have(int book)
{
    return book >= ATLAS;
}

// The stacks of a scene (scenes.c); NULL in this program.
void (*stacks_fetch_in_scene)(int book);

// Whether the child has been served while somebody looked for an atlas.
static bool meet_child(void)
{
    if (!congress)
        return rendezvous_meet(&meanwhile, LONG_MS);
    struct timespec until;
    clock_gettime(CLOCK_REALTIME, &until);
    until.tv_sec += LONG_MS / 1000;
    return sem_timedwait(&child_has_gone, &until) == 0;
}

void stacks_fetch(int book)
{
    if (stacks_fetch_in_scene) {
        stacks_fetch_in_scene(book);
        return;
    }
    if (!congress)
        rendezvous_meet(&down_there, LONG_MS);
    if (pthread_equal(pthread_self(), librarian))
        away++;
    else if (!child_waited && !meet_child())
        child_waited = true;
}

static void give_in_congress(int book)
{
    for (int i = 0; book == COMIC && i < professors; i++)
        sem_post(&child_has_gone);
    if (given[PROFESSOR] == professors && given[CHILD] == 1)
        rendezvous_meet(&congress_over, LONG_MS);
}

static void give(void *unused, int reader, int book)
{
    (void)unused;
    by_others += !pthread_equal(pthread_self(), librarian);
    if (reader != (book == ATLAS ? PROFESSOR : CHILD)) {
        to_others++;
        return;
    }
    given[reader]++;
    if (congress)
        give_in_congress(book);
    else if (book == ATLAS)
        rendezvous_meet(&atlas_given, LONG_MS);
    else if (away == 0 && !child_waited)
        rendezvous_meet(&meanwhile, LONG_MS);
}

static void hold_congress(void)
{
    sem_init(&child_has_gone, 0, 0);
    congress = true;
    for (long i = 0; i < professors; i++)
        desk_ask(desk, PROFESSOR, ATLAS);
    desk_ask(desk, CHILD, COMIC);
    rendezvous_meet(&congress_over, LONG_MS);
    congress = false;
}

static void *ask(void *unused)
{
    hold_congress();
    for (long i = 0; i < rounds; i++) {
        desk_ask(desk, PROFESSOR, ATLAS);
        rendezvous_meet(&down_there, LONG_MS);
        desk_ask(desk, CHILD, COMIC);
        rendezvous_meet(&atlas_given, LONG_MS);
    }
    desk_close(desk);
    return unused;
}

int main(int argc, char **argv)
{
    rounds = argc > 1 ? atol(argv[1]) : 100;
    professors = rounds < CONGRESS ? rounds : CONGRESS;
    librarian = pthread_self();
    desk = desk_new(give, NULL);
    pthread_t readers;
    pthread_create(&readers, NULL, ask, NULL);
    desk_run(desk);
    pthread_join(readers, NULL);

    struct remains_of_others others = remains_open_others();
    desk_free(desk);
    int closed = remains_close_others(others);
    long atlases = rounds + professors, comics = rounds + 1;
    printf("want: %ld atlases and %ld comics, got: %ld and %ld\n", atlases, comics,
           given[PROFESSOR], given[CHILD]);
    if (away > 0)
        printf("%ld times nobody was at the desk\n", away);
    if (child_waited)
        printf("a child had to wait until the atlas was found\n");
    if (to_others > 0 || by_others > 0)
        printf("%ld books to the wrong reader, %ld not by the librarian\n", to_others, by_others);
    if (closed > 0)
        printf("%d descriptors of others were closed\n", closed);
    bool all_served = given[PROFESSOR] == atlases && given[CHILD] == comics && to_others == 0;
    return all_served && away == 0 && by_others == 0 && !child_waited && closed == 0 ? 0 : 1;
}
