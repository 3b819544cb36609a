// starve [PROGRAM...]: until it is ended (SIGINT, SIGTERM), takes a processor away from some
// threads of all processes whose names begin with one of PROGRAMs, for up to a seventh of a second
// at a time. By default these are the programs that are judged. Beside it, a verdict that hangs on
// who runs when shows so within some tens of runs (`racelings verify NAME --times 50`) where a busy
// machine takes thousands.
//
// As virtual machines do whose host is busy: a thread stands still in the midst of its work, and to
// itself and to others it runs. Needs the right to run in real time (root's), and two processors or
// more.

#define _GNU_SOURCE
#include <dirent.h>
#include <sched.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { MOST_THREADS = 4096, SHORTEST_MS = 5, LONGEST_MS = 140, PAUSE_MS = 20 };

static volatile sig_atomic_t over;

static void end(int signal)
{
    (void)signal;
    over = 1;
}

static pid_t threads[MOST_THREADS];
static int thread_count;

static void add_threads(const char *process)
{
    char path[64];
    snprintf(path, sizeof path, "/proc/%.20s/task", process);
    DIR *folder = opendir(path);
    for (struct dirent *entry; folder && (entry = readdir(folder));)
        if (atoi(entry->d_name) > 0 && thread_count < MOST_THREADS)
            threads[thread_count++] = atoi(entry->d_name);
    if (folder)
        closedir(folder);
}

static bool is_wanted(const char *process, char *const names[])
{
    char path[64], name[64] = "";
    snprintf(path, sizeof path, "/proc/%.20s/comm", process);
    FILE *file = fopen(path, "r");
    if (!file)
        return false;
    bool read = fgets(name, sizeof name, file) != NULL;
    fclose(file);
    for (; read && *names; names++)
        if (strncmp(name, *names, strlen(*names)) == 0)
            return true;
    return false;
}

// Fills `threads`.
static void find_threads(char *const names[])
{
    thread_count = 0;
    DIR *folder = opendir("/proc");
    for (struct dirent *entry; folder && (entry = readdir(folder));)
        if (atoi(entry->d_name) > 0 && is_wanted(entry->d_name, names))
            add_threads(entry->d_name);
    if (folder)
        closedir(folder);
}

// Binds half of the threads, as chance will have it, to `processor`. Returns whether there is one.
static bool bind_some(int processor)
{
    cpu_set_t one;
    CPU_ZERO(&one);
    CPU_SET(processor, &one);
    bool some = false;
    for (int i = 0; i < thread_count; i++)
        some |= rand() % 2 && sched_setaffinity(threads[i], sizeof one, &one) == 0;
    return some && sched_setaffinity(0, sizeof one, &one) == 0;
}

// Also those that a bound thread has begun since.
static void release_all(char *const names[], const cpu_set_t *all)
{
    sched_setaffinity(0, sizeof *all, all);
    find_threads(names);
    for (int i = 0; i < thread_count; i++)
        sched_setaffinity(threads[i], sizeof *all, all);
}

static long now_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static void hold_processor(void)
{
    long end_ms = now_ms() + SHORTEST_MS + rand() % (LONGEST_MS - SHORTEST_MS);
    while (!over && now_ms() < end_ms)
        ;
}

int main(int argc, char **argv)
{
    static char *const judged[] = {"program", "memcheck", "helgrind", NULL};
    char *const *names = argc > 1 ? argv + 1 : judged;
    cpu_set_t all;
    sched_getaffinity(0, sizeof all, &all);
    const struct sched_param before_all_others = {.sched_priority = 50};
    if (sched_setscheduler(0, SCHED_FIFO, &before_all_others) != 0) {
        perror("starve: no right to run in real time (try as root)");
        return 1;
    }
    signal(SIGINT, end);
    signal(SIGTERM, end);
    srand((unsigned)getpid());
    long processors = sysconf(_SC_NPROCESSORS_ONLN), times = 0;
    while (!over) {
        find_threads(names);
        if (bind_some((int)(rand() % processors))) {
            hold_processor();
            times++;
        }
        release_all(names, &all);
        usleep((useconds_t)(rand() % PAUSE_MS + 1) * 1000);
    }
    fprintf(stderr, "a processor was taken away %ld times\n", times);
    return 0;
}
