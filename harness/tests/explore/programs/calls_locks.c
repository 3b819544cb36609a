// What calls of mutexes, reader-writer locks, spin locks and semaphores return.

#define _GNU_SOURCE
#include "check.h"

#include <errno.h>
#include <pthread.h>
#include <semaphore.h>
#include <stdint.h>
#include <time.h>

static const struct timespec past = {1, 0};

static struct timespec soon(void)
{
    struct timespec time;
    clock_gettime(CLOCK_REALTIME, &time);
    time.tv_nsec += 20 * 1000 * 1000;
    if (time.tv_nsec >= 1000000000) {
        time.tv_nsec -= 1000000000;
        time.tv_sec++;
    }
    return time;
}

// Runs the function in another thread and gives the number that it returns.
static intptr_t elsewhere(void *(*function)(void *), void *argument)
{
    pthread_t thread;
    void *result;
    CHECK(pthread_create(&thread, NULL, function, argument) == 0);
    CHECK(pthread_join(thread, &result) == 0);
    return (intptr_t)result;
}

static pthread_mutex_t make(int type)
{
    pthread_mutex_t mutex;
    pthread_mutexattr_t attributes;
    pthread_mutexattr_init(&attributes);
    CHECK(pthread_mutexattr_settype(&attributes, type) == 0);
    CHECK(pthread_mutex_init(&mutex, &attributes) == 0);
    pthread_mutexattr_destroy(&attributes);
    return mutex;
}

static void *try_mutex(void *mutex)
{
    int error = pthread_mutex_trylock(mutex);
    if (error == 0)
        pthread_mutex_unlock(mutex);
    return (void *)(intptr_t)error;
}

static void *time_mutex(void *mutex)
{
    const struct timespec deadline = soon();
    int error = pthread_mutex_timedlock(mutex, &deadline);
    if (error == 0)
        pthread_mutex_unlock(mutex);
    return (void *)(intptr_t)error;
}

static void normal_mutex(void)
{
    pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
    CHECK(pthread_mutex_lock(&mutex) == 0);
    CHECK(pthread_mutex_trylock(&mutex) == EBUSY);
    CHECK(pthread_mutex_timedlock(&mutex, &past) == ETIMEDOUT);
    CHECK(pthread_mutex_clocklock(&mutex, CLOCK_REALTIME, &past) == ETIMEDOUT);
    CHECK(elsewhere(try_mutex, &mutex) == EBUSY);
    CHECK(elsewhere(time_mutex, &mutex) == ETIMEDOUT);
    CHECK(pthread_mutex_unlock(&mutex) == 0);
    CHECK(elsewhere(try_mutex, &mutex) == 0);
    CHECK(elsewhere(time_mutex, &mutex) == 0);
    CHECK(pthread_mutex_timedlock(&mutex, &past) == 0);
    CHECK(pthread_mutex_unlock(&mutex) == 0);
    CHECK(pthread_mutex_destroy(&mutex) == 0);
}

static void recursive_mutex(void)
{
    pthread_mutex_t mutex = make(PTHREAD_MUTEX_RECURSIVE);
    CHECK(pthread_mutex_lock(&mutex) == 0);
    CHECK(pthread_mutex_lock(&mutex) == 0);
    CHECK(pthread_mutex_trylock(&mutex) == 0);
    CHECK(pthread_mutex_unlock(&mutex) == 0);
    CHECK(pthread_mutex_unlock(&mutex) == 0);
    CHECK(elsewhere(try_mutex, &mutex) == EBUSY);
    CHECK(pthread_mutex_unlock(&mutex) == 0);
    CHECK(elsewhere(try_mutex, &mutex) == 0);
    CHECK(pthread_mutex_destroy(&mutex) == 0);
}

static void checking_mutex(void)
{
    pthread_mutex_t mutex = make(PTHREAD_MUTEX_ERRORCHECK);
    CHECK(pthread_mutex_lock(&mutex) == 0);
    CHECK(pthread_mutex_lock(&mutex) == EDEADLK);
    CHECK(pthread_mutex_trylock(&mutex) == EBUSY);
    CHECK(pthread_mutex_unlock(&mutex) == 0);
    CHECK(pthread_mutex_destroy(&mutex) == 0);
}

static void *die_with(void *mutex)
{
    return (void *)(intptr_t)pthread_mutex_lock(mutex);
}

static void robust_mutex(void)
{
    pthread_mutex_t mutex;
    pthread_mutexattr_t attributes;
    pthread_mutexattr_init(&attributes);
    pthread_mutexattr_setrobust(&attributes, PTHREAD_MUTEX_ROBUST);
    CHECK(pthread_mutex_init(&mutex, &attributes) == 0);
    pthread_mutexattr_destroy(&attributes);
    CHECK(elsewhere(die_with, &mutex) == 0);
    CHECK(pthread_mutex_lock(&mutex) == EOWNERDEAD);
    CHECK(pthread_mutex_consistent(&mutex) == 0);
    CHECK(pthread_mutex_unlock(&mutex) == 0);
    CHECK(elsewhere(try_mutex, &mutex) == 0);
    CHECK(pthread_mutex_destroy(&mutex) == 0);
}

static void *try_reading(void *lock)
{
    int error = pthread_rwlock_tryrdlock(lock);
    if (error == 0)
        pthread_rwlock_unlock(lock);
    return (void *)(intptr_t)error;
}

static void *try_writing(void *lock)
{
    int error = pthread_rwlock_trywrlock(lock);
    if (error == 0)
        pthread_rwlock_unlock(lock);
    return (void *)(intptr_t)error;
}

static void *time_writing(void *lock)
{
    return (void *)(intptr_t)pthread_rwlock_timedwrlock(lock, &past);
}

static void reader_writer_lock(void)
{
    pthread_rwlock_t lock = PTHREAD_RWLOCK_INITIALIZER;
    CHECK(pthread_rwlock_rdlock(&lock) == 0);
    CHECK(elsewhere(try_reading, &lock) == 0);
    CHECK(elsewhere(try_writing, &lock) == EBUSY);
    CHECK(elsewhere(time_writing, &lock) == ETIMEDOUT);
    CHECK(pthread_rwlock_unlock(&lock) == 0);
    CHECK(pthread_rwlock_wrlock(&lock) == 0);
    CHECK(pthread_rwlock_rdlock(&lock) == EDEADLK);
    CHECK(pthread_rwlock_wrlock(&lock) == EDEADLK);
    CHECK(elsewhere(try_reading, &lock) == EBUSY);
    CHECK(pthread_rwlock_unlock(&lock) == 0);
    CHECK(elsewhere(try_writing, &lock) == 0);
    CHECK(pthread_rwlock_destroy(&lock) == 0);
}

static void *try_spin(void *lock)
{
    int error = pthread_spin_trylock(lock);
    if (error == 0)
        pthread_spin_unlock(lock);
    return (void *)(intptr_t)error;
}

static void spin_lock(void)
{
    static pthread_spinlock_t lock;
    CHECK(pthread_spin_init(&lock, PTHREAD_PROCESS_PRIVATE) == 0);
    CHECK(pthread_spin_lock(&lock) == 0);
    CHECK(elsewhere(try_spin, (void *)(uintptr_t)&lock) == EBUSY);
    CHECK(pthread_spin_unlock(&lock) == 0);
    CHECK(elsewhere(try_spin, (void *)(uintptr_t)&lock) == 0);
    CHECK(pthread_spin_destroy(&lock) == 0);
}

static void semaphore(void)
{
    sem_t semaphore;
    int value;
    CHECK(sem_init(&semaphore, 0, 2) == 0);
    CHECK(sem_wait(&semaphore) == 0);
    CHECK(sem_trywait(&semaphore) == 0);
    CHECK(sem_trywait(&semaphore) == -1 && errno == EAGAIN);
    CHECK(sem_timedwait(&semaphore, &past) == -1 && errno == ETIMEDOUT);
    CHECK(sem_getvalue(&semaphore, &value) == 0 && value == 0);
    CHECK(sem_post(&semaphore) == 0);
    CHECK(sem_getvalue(&semaphore, &value) == 0 && value == 1);
    CHECK(sem_timedwait(&semaphore, &past) == 0);
    CHECK(sem_destroy(&semaphore) == 0);
}

int main(void)
{
    normal_mutex();
    recursive_mutex();
    checking_mutex();
    robust_mutex();
    reader_writer_lock();
    spin_lock();
    semaphore();
    return 0;
}
