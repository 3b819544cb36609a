// One scene for each kind of fault; the promise says which (test_programs.c).

#define _GNU_SOURCE
#include <assert.h>
#include <pthread.h>
#include <racelings/asleep.h>
#include <racelings/rendezvous.h>
#include <racelings/scenes.h>
#include <semaphore.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <sys/mman.h>

static pthread_mutex_t one = PTHREAD_MUTEX_INITIALIZER, other = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t changed = PTHREAD_COND_INITIALIZER;
static int plain;
static atomic_int number;
static bool ready;
static int *block;

static void clear(void)
{
    plain = 0;
    number = 0;
    ready = false;
}

static void add_plainly(void)
{
    plain++;
}

static void add_in_two_steps(void)
{
    int seen = number;
    number = seen + 1;
}

static void two_were_added(void)
{
    EXPECT(number == 2);
}

static void lock_one_first(void)
{
    pthread_mutex_lock(&one);
    pthread_mutex_lock(&other);
    pthread_mutex_unlock(&other);
    pthread_mutex_unlock(&one);
}

static void lock_other_first(void)
{
    pthread_mutex_lock(&other);
    pthread_mutex_lock(&one);
    pthread_mutex_unlock(&one);
    pthread_mutex_unlock(&other);
}

// Looks at `ready` only before it sleeps, and not under the lock: the signal may come between.
static void wait_for_signal(void)
{
    pthread_mutex_lock(&one);
    bool seen = ready;
    pthread_mutex_unlock(&one);
    if (seen)
        return;
    pthread_mutex_lock(&one);
    pthread_cond_wait(&changed, &one);
    pthread_mutex_unlock(&one);
}

static void signal_ready(void)
{
    pthread_mutex_lock(&one);
    ready = true;
    pthread_cond_signal(&changed);
    pthread_mutex_unlock(&one);
}

static void unlock_unlocked(void)
{
    pthread_mutex_unlock(&one);
}

static void make_block(void)
{
    block = malloc(sizeof *block);
    *block = 0;
    number = 0;
}

static void free_block(void)
{
    if (number++ == 0)
        free(block);
}

static void free_again(void)
{
    free(block);
}

static void use_block(void)
{
    if (number == 1)
        *block = 1;
}

static __thread long own;
static long *left;

static void *leave_own(void *unused)
{
    own = 1;
    left = &own;
    return unused;
}

static void *leave_local(void *unused)
{
    long local = 1;
    left = &local;
    return unused;
}

static void use_what_is_left(void *(*leave)(void *unused))
{
    pthread_t thread;
    pthread_create(&thread, NULL, leave, NULL);
    pthread_join(thread, NULL);
    ++*left;
}

static void use_left_storage(void)
{
    use_what_is_left(leave_own);
}

static void use_left_stack(void)
{
    use_what_is_left(leave_local);
}

static void write_beyond(void)
{
    block[1] = 1;
}

static void fail_assertion(void)
{
    assert(number == 0);
    number = 1;
}

static void abort_at_last(void)
{
    if (++number == 2)
        abort();
}

static void crash_at_last(void)
{
    if (++number == 2)
        *(volatile int *)4 = 1;
}

// Must not wait; and does, when the other one holds the lock.
static void do_not_wait(void)
{
    scene_must_not_wait(true);
    pthread_mutex_lock(&one);
    pthread_mutex_unlock(&one);
    scene_must_not_wait(false);
}

static void hold(void)
{
    pthread_mutex_lock(&one);
    number++;
    pthread_mutex_unlock(&one);
}

static struct rendezvous meeting = RENDEZVOUS(2);
static bool met[2];

static void meet_first(void)
{
    met[0] = rendezvous_meet(&meeting, 1000);
}

static void meet_under_lock(void)
{
    pthread_mutex_lock(&one);
    rendezvous_meet(&meeting, 1000);
    pthread_mutex_unlock(&one);
}

static void nobody_waited(void)
{
    EXPECT(!scene_timed_out());
}

static void they_met(void)
{
    EXPECT(met[0] && !scene_timed_out());
}

static void meet_second(void)
{
    met[1] = rendezvous_meet(&meeting, 1000);
}

static void nothing_is_left(void)
{
    EXPECT(scene_allocated() == 0);
}

// A lock in memory that goes while a thread waits for it.
static pthread_mutex_t *door;
static struct watched waiter;
static atomic_bool is_watched;

static void lock_door(pthread_mutex_t *made)
{
    door = made;
    is_watched = false;
    pthread_mutex_init(door, NULL);
    pthread_mutex_lock(door);
}

static void lock_allocated_door(void)
{
    lock_door(malloc(sizeof *door));
}

// At the same address in every process.
static void lock_mapped_door(void)
{
    lock_door(mmap((void *)0x500000000000, sizeof *door, PROT_READ | PROT_WRITE,
                   MAP_PRIVATE | MAP_ANONYMOUS, -1, 0));
}

static void wait_at_door(void)
{
    asleep_watch_me(&waiter);
    is_watched = true;
    pthread_mutex_lock(door);
}

static void see_waiter(void)
{
    while (!is_watched)
        continue;
    asleep_or_busy(&waiter);
}

static void free_door(void)
{
    see_waiter();
    free(door);
}

static void unmap_door(void)
{
    see_waiter();
    munmap(door, sizeof *door);
}

static void lock_what_is_no_mutex(void)
{
    pthread_mutex_lock(malloc(sizeof(pthread_mutex_t)));
}

static void lock_what_is_no_lock(void)
{
    pthread_rwlock_wrlock(malloc(sizeof(pthread_rwlock_t)));
}

static pthread_rwlock_t writers_first = PTHREAD_RWLOCK_WRITER_NONRECURSIVE_INITIALIZER_NP;
static pthread_rwlock_t readers_first = PTHREAD_RWLOCK_INITIALIZER;

static void read_again(pthread_rwlock_t *lock)
{
    pthread_rwlock_rdlock(lock);
    pthread_rwlock_rdlock(lock);
    pthread_rwlock_unlock(lock);
    pthread_rwlock_unlock(lock);
}

static void read_again_before_writers(void)
{
    read_again(&readers_first);
}

static void read_again_behind_writers(void)
{
    read_again(&writers_first);
}

static sem_t full, alone;

static void set_up_hatch(void)
{
    sem_init(&full, 0, 0);
    sem_init(&alone, 0, 1);
}

static void put(void)
{
    sem_wait(&alone);
    sem_post(&full);
    sem_post(&alone);
}

// Keeps whoever is to fill it away.
static void take(void)
{
    sem_wait(&alone);
    sem_wait(&full);
    sem_post(&alone);
}

const struct scene scenes[] = {
    {"race", "data race", clear, {add_plainly, add_plainly}, NULL},
    {"two steps", "wrong result", clear, {add_in_two_steps, add_in_two_steps}, two_were_added},
    {"opposite orders", "deadlock", clear, {lock_one_first, lock_other_first}, NULL},
    {"the same order", "clean", clear, {lock_one_first, lock_one_first}, NULL},
    {"a signal too early", "lost wake-up", clear, {wait_for_signal, signal_ready}, NULL},
    {"nothing to unlock", "lock misuse", clear, {unlock_unlocked}, NULL},
    {"freed by one", "use after free", make_block, {free_block, use_block}, NULL},
    {"storage of an ended thread", "use after free", NULL, {use_left_storage}, NULL},
    {"stack of an ended thread", "use after free", NULL, {use_left_stack}, NULL},
    {"freed by both", "double free", make_block, {free_again, free_again}, NULL},
    {"too far", "overflow", make_block, {write_beyond}, NULL},
    {"asserted", "assertion", clear, {fail_assertion, fail_assertion}, NULL},
    {"aborted", "abort", clear, {abort_at_last, abort_at_last}, NULL},
    {"crashed", "crash", clear, {crash_at_last, crash_at_last}, NULL},
    {"waits", "waits", clear, {do_not_wait, hold}, NULL},
    {"one by one", "wrong result", clear, {meet_under_lock, meet_under_lock}, nobody_waited},
    {"both at once", "clean", clear, {meet_first, meet_second}, they_met},
    {"left behind", "wrong result", make_block, {use_block}, nothing_is_left},
    {"freed under a waiter", "data race", lock_allocated_door, {wait_at_door, free_door}, NULL},
    {"unmapped under a waiter", "crash", lock_mapped_door, {wait_at_door, unmap_door}, NULL},
    {"no mutex", "lock misuse", NULL, {lock_what_is_no_mutex}, NULL},
    {"no lock", "lock misuse", NULL, {lock_what_is_no_lock}, NULL},
    {"again", "clean", NULL, {read_again_before_writers, read_again_before_writers}, NULL},
    {"again behind", "lock misuse", NULL, {read_again_behind_writers}, NULL},
    {"alone at the hatch", "deadlock", set_up_hatch, {put, take}, NULL},
    {0},
};

int main(void)
{
    return 0;
}
