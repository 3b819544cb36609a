// Each pair of scenes asks for one thing in two orders, and each scene breaks its promise in one of
// them: who claims to have tried all orders must have met both (test_programs.c).

#define _GNU_SOURCE
#include <errno.h>
#include <pthread.h>
#include <racelings/scenes.h>
#include <semaphore.h>
#include <stddef.h>

static pthread_mutex_t first, second;
static sem_t semaphore;
static int seen[2];

static void set_up(void)
{
    pthread_mutexattr_t robust;
    pthread_mutexattr_init(&robust);
    pthread_mutexattr_setrobust(&robust, PTHREAD_MUTEX_ROBUST);
    pthread_mutex_init(&first, &robust);
    pthread_mutex_init(&second, &robust);
    sem_init(&semaphore, 0, 1);
    seen[0] = seen[1] = -1;
}

// ---- Whether a thread has ended ----

static void *end_at_once(void *unused)
{
    return unused;
}

static void look_for_its_end(void)
{
    pthread_t thread;
    pthread_create(&thread, NULL, end_at_once, NULL);
    seen[0] = pthread_tryjoin_np(thread, NULL);
    if (seen[0] == EBUSY)
        pthread_join(thread, NULL);
}

static void it_had_ended(void)
{
    EXPECT(seen[0] == 0);
}

static void it_had_not_ended(void)
{
    EXPECT(seen[0] == EBUSY);
}

// ---- How much a semaphore holds ----

static void look_at_the_count(void)
{
    sem_getvalue(&semaphore, &seen[0]);
}

static void take_one(void)
{
    sem_wait(&semaphore);
}

static void one_was_left(void)
{
    EXPECT(seen[0] == 1);
}

static void none_was_left(void)
{
    EXPECT(seen[0] == 0);
}

// ---- Mutexes that a thread leaves behind ----

static void leave_both(void)
{
    pthread_mutex_lock(&first);
    pthread_mutex_lock(&second);
}

static int try(pthread_mutex_t *mutex)
{
    int error = pthread_mutex_trylock(mutex);
    if (error == 0 || error == EOWNERDEAD)
        pthread_mutex_unlock(mutex);
    return error;
}

static void try_both(void)
{
    seen[0] = try(&first);
    seen[1] = try(&second);
}

static void first_was_never_left(void)
{
    EXPECT(seen[0] != EOWNERDEAD);
}

static void first_was_not_held(void)
{
    EXPECT(seen[0] != EBUSY);
}

static void only_first_was_never_left(void)
{
    EXPECT(!(seen[0] == EOWNERDEAD && seen[1] == EBUSY));
}

const struct scene scenes[] = {
    {"had ended", "wrong result", set_up, {look_for_its_end}, it_had_ended},
    {"had not ended", "wrong result", set_up, {look_for_its_end}, it_had_not_ended},
    {"one left", "wrong result", set_up, {look_at_the_count, take_one}, one_was_left},
    {"none left", "wrong result", set_up, {look_at_the_count, take_one}, none_was_left},
    {"never left", "wrong result", set_up, {leave_both, try_both}, first_was_never_left},
    {"not held", "wrong result", set_up, {leave_both, try_both}, first_was_not_held},
    {"only one left", "wrong result", set_up, {leave_both, try_both}, only_first_was_never_left},
    {0},
};

int main(void)
{
    return 0;
}
