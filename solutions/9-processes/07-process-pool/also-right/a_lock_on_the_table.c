// Also right: the reference with a lock that works between processes in place of atomics. It is given back
// before a taster tastes: who dies with a lock in his hand leaves it locked.

#include "tasters.h"

#include <pthread.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

// What all see: it is shared memory.
struct table {
    pthread_mutex_t lock; // guards the dishes
    struct dish {
        int taster; // whose it is, counted from 1; 0: nobody's
        int verdict;
        int lost; // tasters
    } dish[DISHES_MOST];
};

enum { UNKNOWN = -2, NONE = -1 };

static struct table *lay_table(void)
{
    void *memory =
        mmap(NULL, sizeof(struct table), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    return memory == MAP_FAILED ? NULL : memory;
}

static void make_lock(pthread_mutex_t *lock)
{
    pthread_mutexattr_t attributes;
    pthread_mutexattr_init(&attributes);
    pthread_mutexattr_setpshared(&attributes, PTHREAD_PROCESS_SHARED);
    pthread_mutex_init(lock, &attributes);
    pthread_mutexattr_destroy(&attributes);
}

// Takes a dish that is nobody's; NONE if there is none.
static int take(struct table *table, int taster, int dishes)
{
    int taken = NONE;
    pthread_mutex_lock(&table->lock);
    for (int i = 0; i < dishes && taken == NONE; i++)
        if (table->dish[i].taster == 0 && table->dish[i].verdict == UNKNOWN)
            taken = i;
    if (taken != NONE)
        table->dish[taken].taster = taster;
    pthread_mutex_unlock(&table->lock);
    return taken;
}

static void tell(struct table *table, int dish, int verdict)
{
    pthread_mutex_lock(&table->lock);
    table->dish[dish].verdict = verdict;
    pthread_mutex_unlock(&table->lock);
}

static pid_t hire(struct table *table, int taster, int dishes, int (*taste)(int dish))
{
    pid_t process = fork();
    if (process == 0) {
        for (int dish; (dish = take(table, taster, dishes)) != NONE;)
            tell(table, dish, taste(dish));
        _exit(0);
    }
    return process;
}

// What a taster had who is gone and has not told goes back on the table, or is poison. Returns whether
// there was such a dish.
static bool clear_away(struct table *table, int taster, int dishes)
{
    bool lost = false;
    pthread_mutex_lock(&table->lock);
    for (int i = 0; i < dishes; i++) {
        struct dish *dish = &table->dish[i];
        if (dish->taster != taster || dish->verdict != UNKNOWN)
            continue;
        lost = true;
        if (++dish->lost == 2)
            dish->verdict = POISON;
        dish->taster = 0;
    }
    pthread_mutex_unlock(&table->lock);
    return lost;
}

static int find(const pid_t *processes, pid_t process)
{
    int i = 0;
    while (processes[i] != process)
        i++;
    return i;
}

bool tasters_taste(int tasters, int dishes, int (*taste)(int dish), int *verdicts)
{
    pid_t processes[TASTERS_MOST];
    bool good = true;
    struct table *table = lay_table();
    if (table == NULL)
        return false;
    make_lock(&table->lock);
    for (int i = 0; i < dishes; i++)
        table->dish[i].verdict = UNKNOWN;
    for (int i = 0; i < tasters; i++)
        good = (processes[i] = hire(table, i + 1, dishes, taste)) > 0 && good;
    for (pid_t gone; (gone = wait(NULL)) > 0;) {
        int i = find(processes, gone);
        if (clear_away(table, i + 1, dishes))
            good = (processes[i] = hire(table, i + 1, dishes, taste)) > 0 && good;
    }
    for (int i = 0; i < dishes; i++)
        verdicts[i] = table->dish[i].verdict;
    pthread_mutex_destroy(&table->lock);
    munmap(table, sizeof *table);
    return good;
}
