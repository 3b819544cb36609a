// main that leaves by pthread_exit, under ThreadSanitizer: the process ends when its last thread
// does, and ThreadSanitizer has one of its own, which never does. So the main thread stays behind,
// after its clean-up handlers, until only the two are left. Reached by --wrap.

#define _GNU_SOURCE
#include <dirent.h>
#include <pthread.h>
#include <stdlib.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

enum { OWN_THREADS = 2 };

static size_t count_threads(void)
{
    size_t count = 0;
    DIR *threads = opendir("/proc/self/task");
    for (struct dirent *entry; threads && (entry = readdir(threads)) != NULL;)
        count += entry->d_name[0] != '.';
    if (threads)
        closedir(threads);
    return count;
}

// The destructor of a key: it runs in the main thread when all else of pthread_exit is done.
static void await_others(void *unused)
{
    const struct timespec moment = {.tv_nsec = 1000000};
    (void)unused;
    while (count_threads() > OWN_THREADS)
        syscall(SYS_nanosleep, &moment, NULL);
    exit(0); // what the last thread would do
}

_Noreturn void __real_pthread_exit(void *result);
_Noreturn void __wrap_pthread_exit(void *result);
_Noreturn void __wrap_pthread_exit(void *result)
{
    pthread_key_t key;
    if (syscall(SYS_gettid) == getpid() && pthread_key_create(&key, await_others) == 0)
        pthread_setspecific(key, &key);
    __real_pthread_exit(result);
}
