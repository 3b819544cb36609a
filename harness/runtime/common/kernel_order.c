// Order that comes about in the kernel, by things that neither ThreadSanitizer nor Helgrind knows:
// System V's semaphores and message queues, POSIX's message queues, locks on whole files. Each
// wrapper makes the call and announces what it ordered. Reached by --wrap.
//
// What is announced may be more than there is: a queue gives out one message after the other, and
// here each is ordered after all that were sent before. A race may be missed by that, none is made
// up.

#define _GNU_SOURCE
#include "order.h"

#include <mqueue.h>
#include <stdbool.h>
#include <sys/file.h>
#include <sys/msg.h>
#include <sys/sem.h>
#include <sys/stat.h>
#include <time.h>

// What stands for the kernel's things, by their numbers.
enum { THINGS = 256 };
static const char semaphore_sets[THINGS], queues[THINGS], files[THINGS];

static const void *thing(const char *things, unsigned long number)
{
    return &things[number % THINGS];
}

// Descriptors that were opened apart may be of one file.
static const void *file_of(int descriptor)
{
    struct stat status;
    return thing(files, fstat(descriptor, &status) == 0 ? status.st_ino : 0);
}

// ---- System V: semaphores ----

static bool any_gives(const struct sembuf *operations, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (operations[i].sem_op > 0)
            return true;
    return false;
}

static bool any_waits(const struct sembuf *operations, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (operations[i].sem_op <= 0)
            return true;
    return false;
}

int __real_semtimedop(int set, struct sembuf *operations, size_t count,
                      const struct timespec *limit);
int __wrap_semtimedop(int set, struct sembuf *operations, size_t count,
                      const struct timespec *limit);
int __wrap_semtimedop(int set, struct sembuf *operations, size_t count,
                      const struct timespec *limit)
{
    if (any_gives(operations, count))
        order_release(thing(semaphore_sets, (unsigned long)set));
    int result = __real_semtimedop(set, operations, count, limit);
    if (result == 0 && any_waits(operations, count))
        order_acquire(thing(semaphore_sets, (unsigned long)set));
    return result;
}

int __wrap_semop(int set, struct sembuf *operations, size_t count);
int __wrap_semop(int set, struct sembuf *operations, size_t count)
{
    return __wrap_semtimedop(set, operations, count, NULL);
}

// ---- System V: messages ----

int __real_msgsnd(int queue, const void *message, size_t size, int flags);
int __wrap_msgsnd(int queue, const void *message, size_t size, int flags);
int __wrap_msgsnd(int queue, const void *message, size_t size, int flags)
{
    order_release(thing(queues, (unsigned long)queue));
    return __real_msgsnd(queue, message, size, flags);
}

ssize_t __real_msgrcv(int queue, void *message, size_t size, long type, int flags);
ssize_t __wrap_msgrcv(int queue, void *message, size_t size, long type, int flags);
ssize_t __wrap_msgrcv(int queue, void *message, size_t size, long type, int flags)
{
    ssize_t result = __real_msgrcv(queue, message, size, type, flags);
    if (result >= 0)
        order_acquire(thing(queues, (unsigned long)queue));
    return result;
}

// ---- POSIX: messages; a queue is a descriptor ----

int __real_mq_send(mqd_t queue, const char *message, size_t size, unsigned priority);
int __wrap_mq_send(mqd_t queue, const char *message, size_t size, unsigned priority);
int __wrap_mq_send(mqd_t queue, const char *message, size_t size, unsigned priority)
{
    order_release(file_of(queue));
    return __real_mq_send(queue, message, size, priority);
}

int __real_mq_timedsend(mqd_t queue, const char *message, size_t size, unsigned priority,
                        const struct timespec *deadline);
int __wrap_mq_timedsend(mqd_t queue, const char *message, size_t size, unsigned priority,
                        const struct timespec *deadline);
int __wrap_mq_timedsend(mqd_t queue, const char *message, size_t size, unsigned priority,
                        const struct timespec *deadline)
{
    order_release(file_of(queue));
    return __real_mq_timedsend(queue, message, size, priority, deadline);
}

static ssize_t received(ssize_t result, mqd_t queue)
{
    if (result >= 0)
        order_acquire(file_of(queue));
    return result;
}

ssize_t __real_mq_receive(mqd_t queue, char *message, size_t size, unsigned *priority);
ssize_t __wrap_mq_receive(mqd_t queue, char *message, size_t size, unsigned *priority);
ssize_t __wrap_mq_receive(mqd_t queue, char *message, size_t size, unsigned *priority)
{
    return received(__real_mq_receive(queue, message, size, priority), queue);
}

ssize_t __real_mq_timedreceive(mqd_t queue, char *message, size_t size, unsigned *priority,
                               const struct timespec *deadline);
ssize_t __wrap_mq_timedreceive(mqd_t queue, char *message, size_t size, unsigned *priority,
                               const struct timespec *deadline);
ssize_t __wrap_mq_timedreceive(mqd_t queue, char *message, size_t size, unsigned *priority,
                               const struct timespec *deadline)
{
    return received(__real_mq_timedreceive(queue, message, size, priority, deadline), queue);
}

// ---- Locks on whole files ----

int __real_flock(int descriptor, int operation);
int __wrap_flock(int descriptor, int operation);
int __wrap_flock(int descriptor, int operation)
{
    bool gives = operation & LOCK_UN;
    if (gives)
        order_release(file_of(descriptor));
    int result = __real_flock(descriptor, operation);
    if (result == 0 && !gives)
        order_acquire(file_of(descriptor));
    return result;
}
