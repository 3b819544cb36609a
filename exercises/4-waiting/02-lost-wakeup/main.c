// A service starts `rounds` times. Each time two requests come in while the database opens its
// gate, and one when it has long been open. Requests are threads; the main thread is the database.
// In a long run so many requests wait at a last gate that a byte would say there is nobody.
//
// A request that sleeps at an open gate is given PATIENCE_MS, and then freed by opening the gate
// again.

#include "lost_wakeup.h"

#include <pthread.h>
#include <racelings/asleep.h>
#include <racelings/rendezvous.h>
#include <semaphore.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum { EARLY = 2, LATE = 1, REQUESTS = EARLY + LATE, PATIENCE_MS = 1500, LONG_MS = 10000 };

static struct gate **gates;
static long rounds;
static atomic_bool overslept; // then the service starts no more

static struct rendezvous start = RENDEZVOUS(1 + REQUESTS);   // the database and the requests
static struct rendezvous recovering = RENDEZVOUS(1 + LATE);  // the database and those who come late
static struct rendezvous opened = RENDEZVOUS(1 + LATE);      // the same
static struct rendezvous through = RENDEZVOUS(1 + REQUESTS); // all have passed the gate

// Every other start takes a while, so that the early requests are at the gate before it opens. The
// database and the late one pass the time by meeting, which gives the others time to get there.
static void recover(long i)
{
    for (int step = i % 2 == 0 ? 3 : 0; step > 0; step--)
        rendezvous_meet(&recovering, LONG_MS);
}

static void *request(void *data)
{
    bool late = *(const bool *)data;
    for (long i = 0; i < rounds; i++) {
        rendezvous_meet(&start, LONG_MS);
        if (atomic_load_explicit(&overslept, memory_order_relaxed))
            return NULL;
        if (late) {
            recover(i);
            rendezvous_meet(&opened, LONG_MS);
        }
        gate_wait(gates[i]);
        rendezvous_meet(&through, LONG_MS);
    }
    return NULL;
}

// Opens the gates, one after the other. Returns how many of them all requests got through.
static long open_gates(void)
{
    for (long i = 0; i < rounds; i++) {
        rendezvous_meet(&start, LONG_MS);
        recover(i);
        gate_open(gates[i]);
        rendezvous_meet(&opened, LONG_MS);
        if (rendezvous_meet(&through, PATIENCE_MS))
            continue;
        atomic_store_explicit(&overslept, true, memory_order_relaxed);
        gate_open(gates[i]);
        if (!rendezvous_meet(&through, PATIENCE_MS)) {
            printf("want: %ld starts, got: %ld; then a request slept on at an open gate\n", rounds,
                   i);
            exit(1); // it cannot be woken
        }
        if (i + 1 < rounds)
            rendezvous_meet(&start, LONG_MS);
        return i;
    }
    return rounds;
}

// ---- A crowd at the gate ----

enum { LONG_RUN = 1000, CROWD = 256, SMALL_STACK = 65536, ENOUGH_MS = 100 };

static struct gate *last_gate;
static struct watched crowd[CROWD];
static sem_t at_last_gate;
static struct rendezvous crowd_through = RENDEZVOUS(1 + CROWD);

static void *wait_in_the_crowd(void *self)
{
    asleep_watch_me(self);
    sem_post(&at_last_gate);
    gate_wait(last_gate);
    rendezvous_meet(&crowd_through, LONG_MS);
    return NULL;
}

// What the process has computed so far.
static long computed_ms(void)
{
    struct timespec time;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
    return time.tv_sec * 1000 + time.tv_nsec / 1000000;
}

// Has the crowd fall asleep at the gate, one after the other. Returns how many they are: fewer, if
// they compute instead of sleeping, for then nobody has to be woken.
static int gather(pthread_t threads[CROWD])
{
    const long since = computed_ms();
    int count = 0;
    pthread_attr_t small;
    pthread_attr_init(&small);
    pthread_attr_setstacksize(&small, SMALL_STACK);
    for (; count < CROWD && computed_ms() - since < ENOUGH_MS; count++) {
        if (pthread_create(&threads[count], &small, wait_in_the_crowd, &crowd[count]) != 0)
            abort();
        sem_wait(&at_last_gate);
        asleep_or_busy(&crowd[count]);
    }
    pthread_attr_destroy(&small);
    return count;
}

static bool crowd_gets_through(void)
{
    pthread_t threads[CROWD];
    last_gate = gate_new();
    sem_init(&at_last_gate, 0, 0);
    int count = gather(threads);
    crowd_through.parties = 1 + count;
    gate_open(last_gate);
    if (!rendezvous_meet(&crowd_through, PATIENCE_MS))
        return false;
    for (int i = 0; i < count; i++)
        pthread_join(threads[i], NULL);
    gate_free(last_gate);
    sem_destroy(&at_last_gate);
    return true;
}

int main(int argc, char **argv)
{
    rounds = argc > 1 ? atol(argv[1]) : 1000;
    gates = calloc((size_t)rounds, sizeof(struct gate *));
    for (long i = 0; i < rounds; i++)
        gates[i] = gate_new();

    pthread_t threads[REQUESTS];
    bool late[REQUESTS];
    for (int i = 0; i < REQUESTS; i++) {
        late[i] = i >= EARLY;
        pthread_create(&threads[i], NULL, request, &late[i]);
    }
    long got = open_gates();
    for (int i = 0; i < REQUESTS; i++)
        pthread_join(threads[i], NULL);

    printf("want: %ld starts, got: %ld%s\n", rounds, got,
           got < rounds ? "; then a request slept on at an open gate" : "");
    if (rounds >= LONG_RUN && got == rounds && !crowd_gets_through()) {
        printf("want: %d requests through one gate, got: fewer, the others sleep on\n", CROWD);
        exit(1); // they cannot be woken
    }
    for (long i = 0; i < rounds; i++)
        gate_free(gates[i]);
    free(gates);
    return got == rounds ? 0 : 1;
}
