// What calls of threads, conditions, barriers, once, keys, cancellation and time do.

#define _GNU_SOURCE
#include "check.h"

#include <errno.h>
#include <pthread.h>
#include <semaphore.h>
#include <stdatomic.h>
#include <stdint.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

static const struct timespec past = {1, 0};

static void *give_back(void *argument)
{
    return argument;
}

static void *exit_early(void *argument)
{
    pthread_exit(argument);
}

static pthread_t begin(void *(*function)(void *), void *argument)
{
    pthread_t thread;
    CHECK(pthread_create(&thread, NULL, function, argument) == 0);
    return thread;
}

static void *end(pthread_t thread)
{
    void *result;
    CHECK(pthread_join(thread, &result) == 0);
    return result;
}

static void joins(void)
{
    int here;
    void *result;
    CHECK(end(begin(give_back, &here)) == &here);
    CHECK(end(begin(exit_early, &here)) == &here);
    CHECK(pthread_equal(pthread_self(), pthread_self()));
    CHECK(pthread_join(pthread_self(), NULL) == EDEADLK);
    pthread_t thread = begin(give_back, &here);
    int error;
    while ((error = pthread_tryjoin_np(thread, &result)) == EBUSY)
        usleep(1000);
    CHECK(error == 0 && result == &here);
    thread = begin(give_back, NULL);
    CHECK(pthread_detach(thread) == 0);
}

// ---- Each thread's own storage ----

static __thread int own = 7;
static __thread char buffer[100];
static pthread_barrier_t meeting;
static int *addresses[2];
static int *errors[2];

static void *show_storage(void *argument)
{
    int number = *(int *)argument;
    CHECK(own == 7 && buffer[99] == 0);
    own = number;
    buffer[99] = 1;
    errno = number;
    addresses[number] = &own;
    errors[number] = &errno;
    pthread_barrier_wait(&meeting);
    CHECK(own == number && errno == number);
    CHECK(addresses[0] != addresses[1] && errors[0] != errors[1]);
    pthread_barrier_wait(&meeting);
    return NULL;
}

static void storage(void)
{
    static int numbers[2] = {0, 1};
    CHECK(pthread_barrier_init(&meeting, NULL, 2) == 0);
    pthread_t first = begin(show_storage, &numbers[0]), second = begin(show_storage, &numbers[1]);
    end(first);
    end(second);
    CHECK(own == 7);
    CHECK(pthread_barrier_destroy(&meeting) == 0);
}

static void *arrive(void *unused)
{
    (void)unused;
    return (void *)(intptr_t)pthread_barrier_wait(&meeting);
}

static void barrier(void)
{
    CHECK(pthread_barrier_init(&meeting, NULL, 0) == EINVAL);
    CHECK(pthread_barrier_init(&meeting, NULL, 2) == 0);
    pthread_t first = begin(arrive, NULL), second = begin(arrive, NULL);
    intptr_t sum = (intptr_t)end(first) + (intptr_t)end(second);
    CHECK(sum == PTHREAD_BARRIER_SERIAL_THREAD); // one of the two, and 0
    CHECK(pthread_barrier_destroy(&meeting) == 0);
}

// ---- Conditions ----

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t changed = PTHREAD_COND_INITIALIZER;
static int turns;

static void *wait_for_turns(void *unused)
{
    (void)unused;
    pthread_mutex_lock(&mutex);
    while (turns < 2)
        CHECK(pthread_cond_wait(&changed, &mutex) == 0);
    pthread_mutex_unlock(&mutex);
    return NULL;
}

static void conditions(void)
{
    pthread_t first = begin(wait_for_turns, NULL), second = begin(wait_for_turns, NULL);
    pthread_mutex_lock(&mutex);
    int error;
    while ((error = pthread_cond_timedwait(&changed, &mutex, &past)) == 0)
        continue;
    CHECK(error == ETIMEDOUT);
    while ((error = pthread_cond_clockwait(&changed, &mutex, CLOCK_REALTIME, &past)) == 0)
        continue;
    CHECK(error == ETIMEDOUT);
    turns++;
    CHECK(pthread_cond_signal(&changed) == 0);
    turns++;
    CHECK(pthread_cond_broadcast(&changed) == 0);
    pthread_mutex_unlock(&mutex);
    end(first);
    end(second);
}

// ---- Once, and keys ----

static pthread_once_t once = PTHREAD_ONCE_INIT;
static int made;
static pthread_key_t key;
static int destroyed;

static void make(void)
{
    made++;
}

static void destroy(void *value)
{
    destroyed += *(int *)value;
}

static void *use_once_and_key(void *value)
{
    CHECK(pthread_once(&once, make) == 0);
    CHECK(made == 1);
    CHECK(pthread_getspecific(key) == NULL);
    CHECK(pthread_setspecific(key, value) == 0);
    CHECK(pthread_getspecific(key) == value);
    return NULL;
}

static void once_and_keys(void)
{
    int value = 5;
    CHECK(pthread_key_create(&key, destroy) == 0);
    end(begin(use_once_and_key, &value));
    CHECK(destroyed == 5);
    CHECK(pthread_once(&once, make) == 0 && made == 1);
    CHECK(pthread_key_delete(key) == 0);
}

// ---- Cancellation ----

static int cleaned;

static void clean(void *argument)
{
    cleaned += *(int *)argument;
    pthread_mutex_unlock(&mutex);
}

static void *wait_for_ever(void *unused)
{
    (void)unused;
    int outer = 1;
    pthread_mutex_lock(&mutex);
    pthread_cleanup_push(clean, &outer);
    for (;;)
        pthread_cond_wait(&changed, &mutex);
    pthread_cleanup_pop(0);
    return NULL;
}

static void *refuse(void *semaphore)
{
    int old;
    CHECK(pthread_setcancelstate(PTHREAD_CANCEL_DISABLE, &old) == 0);
    CHECK(old == PTHREAD_CANCEL_ENABLE);
    sem_wait(semaphore);
    pthread_testcancel();
    CHECK(pthread_setcancelstate(PTHREAD_CANCEL_ENABLE, &old) == 0);
    CHECK(old == PTHREAD_CANCEL_DISABLE);
    pthread_testcancel();
    return NULL;
}

static void *wait_at(void *semaphore)
{
    sem_wait(semaphore);
    return NULL;
}

static atomic_int begun;

static void *count_for_ever(void *unused)
{
    int old;
    CHECK(pthread_setcanceltype(PTHREAD_CANCEL_ASYNCHRONOUS, &old) == 0);
    CHECK(old == PTHREAD_CANCEL_DEFERRED);
    begun = 1;
    for (;;)
        (void)begun;
    return unused;
}

static void *lock_for_ever(void *unused)
{
    pthread_setcanceltype(PTHREAD_CANCEL_ASYNCHRONOUS, NULL);
    pthread_mutex_lock(&mutex);
    return unused;
}

// At any point: also in a loop, and in a wait for a mutex.
static void cancellation_anywhere(void)
{
    pthread_t thread = begin(count_for_ever, NULL);
    while (begun == 0)
        usleep(1000);
    CHECK(pthread_cancel(thread) == 0);
    CHECK(end(thread) == PTHREAD_CANCELED);

    pthread_mutex_lock(&mutex);
    thread = begin(lock_for_ever, NULL);
    CHECK(pthread_cancel(thread) == 0);
    CHECK(end(thread) == PTHREAD_CANCELED);
    pthread_mutex_unlock(&mutex);
}

static int letters;
static pthread_cond_t post = PTHREAD_COND_INITIALIZER;

static void unlock(void *lock)
{
    pthread_mutex_unlock(lock);
}

static void *take_letter(void *unused)
{
    (void)unused;
    pthread_mutex_lock(&mutex);
    pthread_cleanup_push(unlock, &mutex);
    while (letters == 0)
        pthread_cond_wait(&post, &mutex);
    letters--;
    pthread_cleanup_pop(1);
    return NULL;
}

static void put_letter(void)
{
    pthread_mutex_lock(&mutex);
    letters++;
    pthread_cond_signal(&post);
    pthread_mutex_unlock(&mutex);
}

// Who is cancelled takes no signal with him that another one waits for.
static void cancellation_after_a_signal(void)
{
    pthread_t cancelled = begin(take_letter, NULL), other = begin(take_letter, NULL);
    put_letter();
    CHECK(pthread_cancel(cancelled) == 0);
    if (end(cancelled) == NULL)
        put_letter();
    CHECK(end(other) == NULL);
    CHECK(letters == 0);
}

static void cancellation(void)
{
    pthread_t thread = begin(wait_for_ever, NULL);
    CHECK(pthread_cancel(thread) == 0);
    CHECK(end(thread) == PTHREAD_CANCELED);
    CHECK(cleaned <= 1); // 0: it was cancelled before it had begun
    CHECK(pthread_mutex_trylock(&mutex) == 0);
    pthread_mutex_unlock(&mutex);

    static sem_t semaphore;
    sem_init(&semaphore, 0, 0);
    thread = begin(refuse, &semaphore);
    CHECK(pthread_cancel(thread) == 0);
    sem_post(&semaphore);
    CHECK(end(thread) == PTHREAD_CANCELED);

    // Also who is cancelled before he waits for a semaphore, which nobody posts.
    thread = begin(wait_at, &semaphore);
    CHECK(pthread_cancel(thread) == 0);
    CHECK(end(thread) == PTHREAD_CANCELED);
    sem_destroy(&semaphore);
}

// ---- Time ----

static void naps(void)
{
    struct timespec before, after, nap = {0, 1000};
    CHECK(clock_gettime(CLOCK_MONOTONIC, &before) == 0);
    CHECK(nanosleep(&nap, NULL) == 0);
    CHECK(clock_nanosleep(CLOCK_MONOTONIC, 0, &nap, NULL) == 0);
    CHECK(usleep(10) == 0 && sleep(0) == 0);
    CHECK(clock_gettime(CLOCK_MONOTONIC, &after) == 0);
    CHECK(after.tv_sec > before.tv_sec ||
          (after.tv_sec == before.tv_sec && after.tv_nsec >= before.tv_nsec));
    CHECK(time(NULL) > 1000000000);
}

int main(void)
{
    joins();
    storage();
    barrier();
    conditions();
    once_and_keys();
    cancellation();
    cancellation_anywhere();
    cancellation_after_a_signal();
    naps();
    return 0;
}
