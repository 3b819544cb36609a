// A museum has opened. Two guides bring people from Pisa and from Oslo, `rounds` times each. A
// coach, the only one today, brings somebody from a new town each time, until the book is full.
//
// If there are rounds enough, a school comes first: one more than a byte counts to read at the same
// time, while somebody from a new town comes.
#include "book.h"

#include <racelings/asleep.h>
#include <racelings/rendezvous.h>

#include <pthread.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { SCHOOL = 256, ROUNDS_ENOUGH = 100 };
enum { GUIDES = 2, NEW_TOWNS = 6, TOWNS = GUIDES + NEW_TOWNS, LONG_MS = 10000 };

static const char *const towns[TOWNS] = {"Pisa", "Oslo", "Lima", "Graz",
                                         "Bern", "Cork", "Kiel", "Nara"};
static struct book *book;
static long rounds;

static struct rendezvous start = RENDEZVOUS(GUIDES + 1);

// A guide or the coach: asks for `count` towns from the first one on, in turn.
struct visitor {
    int first, count;
    long right; // how often a town stood where it should
};

static void *visit(void *data)
{
    struct visitor *visitor = data;
    rendezvous_meet(&start, LONG_MS);
    for (long i = 0; i < rounds; i++) {
        int town = visitor->first + (int)(i % visitor->count);
        visitor->right += book_line(book, towns[town]) == town;
    }
    return NULL;
}

static void check_town(void *in_order, int line, const char *town)
{
    *(int *)in_order += strcmp(town, towns[line]) == 0;
}

// ---- The school ----

static struct watched newcomer;
static struct rendezvous all_read = RENDEZVOUS(SCHOOL + 2), all_leave = RENDEZVOUS(SCHOOL + 1);

// On the first line, until the newcomer has gone in or waits. Pupils who read do not keep each other waiting.
static void linger(void *pupil, int line, const char *town)
{
    (void)pupil, (void)town;
    if (line > 0)
        return;
    rendezvous_meet(&all_read, LONG_MS);
    rendezvous_meet(&all_leave, LONG_MS);
}

static void *read_it(void *unused)
{
    book_read(book, linger, NULL);
    return unused;
}

static void *watch_newcomer(void *unused)
{
    rendezvous_meet(&all_read, LONG_MS);
    asleep_or_busy(&newcomer);
    rendezvous_meet(&all_leave, LONG_MS);
    return unused;
}

// Returns whether the newcomer, who is the calling thread, is entered on the line that is his.
static bool a_school_comes(void)
{
    book = book_new(2);
    bool good = book_line(book, towns[0]) == 0;
    asleep_watch_me(&newcomer);
    pthread_t watcher, pupils[SCHOOL];
    pthread_create(&watcher, NULL, watch_newcomer, NULL);
    for (int i = 0; i < SCHOOL; i++)
        pthread_create(&pupils[i], NULL, read_it, NULL);
    rendezvous_meet(&all_read, LONG_MS);
    good = good && book_line(book, towns[1]) == 1;
    pthread_join(watcher, NULL);
    for (int i = 0; i < SCHOOL; i++)
        pthread_join(pupils[i], NULL);
    book_free(book);
    return good;
}

int main(int argc, char **argv)
{
    rounds = argc > 1 ? atol(argv[1]) : 1000;
    if (rounds >= ROUNDS_ENOUGH && !a_school_comes()) {
        printf("while a school reads, somebody from a new town gets the wrong line\n");
        return 1;
    }
    book = book_new(TOWNS);
    struct visitor visitors[GUIDES + 1] = {{.first = GUIDES, .count = NEW_TOWNS}};
    for (int i = 0; i < GUIDES; i++) {
        book_line(book, towns[i]);
        visitors[1 + i] = (struct visitor){.first = i, .count = 1};
    }

    pthread_t threads[GUIDES + 1];
    for (int i = 0; i <= GUIDES; i++)
        pthread_create(&threads[i], NULL, visit, &visitors[i]);
    long right = 0;
    for (int i = 0; i <= GUIDES; i++) {
        pthread_join(threads[i], NULL);
        right += visitors[i].right;
    }

    long want = (GUIDES + 1) * rounds;
    int in_order = 0, in_book = GUIDES + (rounds < NEW_TOWNS ? (int)rounds : NEW_TOWNS);
    book_read(book, check_town, &in_order);
    printf("want: %ld visits and %d towns in order, got: %ld and %d\n", want, in_book, right,
           in_order);
    book_free(book);
    return right == want && in_order == in_book ? 0 : 1;
}
