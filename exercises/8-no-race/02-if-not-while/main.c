// Four people go to a sauna for two, `rounds` times each, and count heads inside.

#include "sauna.h"

#include <racelings/rendezvous.h>

#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>

enum { PLACES = 2, PEOPLE = 4, LONG_MS = 10000 };

static struct sauna *sauna;
static long rounds;
static atomic_int inside;  // between coming in and going out
static atomic_int crowd;   // the most that were inside at a time
static atomic_long visits; // that came to an end

static struct rendezvous start = RENDEZVOUS(PEOPLE);

static void count_heads(void)
{
    int heads = atomic_fetch_add_explicit(&inside, 1, memory_order_relaxed) + 1;
    int most = atomic_load_explicit(&crowd, memory_order_relaxed);
    while (heads > most && !atomic_compare_exchange_weak_explicit(
                               &crowd, &most, heads, memory_order_relaxed, memory_order_relaxed))
        ;
}

static void *go_to_sauna(void *unused)
{
    rendezvous_meet(&start, LONG_MS);
    for (long i = 0; i < rounds; i++) {
        sauna_enter(sauna);
        count_heads();
        atomic_fetch_sub_explicit(&inside, 1, memory_order_relaxed);
        sauna_leave(sauna);
        atomic_fetch_add_explicit(&visits, 1, memory_order_relaxed);
    }
    return unused;
}

int main(int argc, char **argv)
{
    rounds = argc > 1 ? atol(argv[1]) : 10000;
    sauna = sauna_new(PLACES);
    pthread_t threads[PEOPLE];
    for (int i = 0; i < PEOPLE; i++)
        pthread_create(&threads[i], NULL, go_to_sauna, NULL);
    for (int i = 0; i < PEOPLE; i++)
        pthread_join(threads[i], NULL);

    long want = rounds * PEOPLE;
    printf("want: %ld visits, got: %ld; at most %d inside, got: %d\n", want, visits, PLACES, crowd);
    int right = visits == want && crowd <= PLACES && sauna_guests(sauna) == 0;
    sauna_free(sauna);
    return right ? 0 : 1;
}
