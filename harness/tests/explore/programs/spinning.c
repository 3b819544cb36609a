// Ways to wait by looking again and again: none of them must keep the explorer from an end. And loops
// that look often and yet go on: none of them must be taken for such. The promise of a scene says
// what is expected of it (test_programs.c).

#include <pthread.h>
#include <racelings/scenes.h>
#include <sched.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <unistd.h>

static atomic_int flag;
static atomic_flag lock = ATOMIC_FLAG_INIT;
static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static int result;

static void clear(void)
{
    flag = 0;
    result = 0;
}

static void raise_flag(void)
{
    result = 1;
    flag = 1;
}

static void look_until(void)
{
    while (flag == 0)
        continue;
    EXPECT(result == 1);
}

static void look_and_yield(void)
{
    while (flag == 0)
        sched_yield();
    EXPECT(result == 1);
}

static void look_and_nap(void)
{
    while (flag == 0)
        usleep(100);
    EXPECT(result == 1);
}

static void look_and_count(void)
{
    long tries = 0;
    while (flag == 0)
        tries++;
    EXPECT(result == 1 && tries >= 0);
}

static void exchange_until(void)
{
    int expected = 1;
    while (!atomic_compare_exchange_weak(&flag, &expected, 2))
        expected = 1;
    EXPECT(result == 1);
}

static void look_under_lock(void)
{
    bool seen = false;
    while (!seen) {
        pthread_mutex_lock(&mutex);
        seen = result == 1;
        pthread_mutex_unlock(&mutex);
    }
}

static void set_under_lock(void)
{
    pthread_mutex_lock(&mutex);
    result = 1;
    pthread_mutex_unlock(&mutex);
}

static void try_lock_until(void)
{
    while (pthread_mutex_trylock(&mutex) != 0)
        continue;
    result++;
    pthread_mutex_unlock(&mutex);
}

static void test_and_set(void)
{
    while (atomic_flag_test_and_set(&lock))
        continue;
    result++;
    atomic_flag_clear(&lock);
}

static void both_added(void)
{
    EXPECT(result == 2);
}

// More than is remembered of what a thread has looked at.
static int table[90];

static void look_at_many(void)
{
    int sum = 0;
    while (flag == 0)
        for (int i = 0; i < 90; i++)
            sum += table[i];
    EXPECT(result == 1 && sum == 0);
}

static void raise_flag_late(void)
{
    for (int i = 0; i < 3; i++)
        sched_yield();
    raise_flag();
}

// ---- Loops that end by themselves ----

static void look_often(void)
{
    int seen = 0;
    for (int i = 0; i < 100; i++)
        seen += flag;
    EXPECT(seen >= 0 && seen <= 100);
}

static void set_flag(void)
{
    flag = 1;
}

static void never(void)
{
    while (flag != 3)
        continue;
}

const struct scene scenes[] = {
    {"a flag", "clean, exhausted", clear, {look_until, raise_flag}, NULL},
    {"a flag and a yield", "clean, exhausted", clear, {look_and_yield, raise_flag}, NULL},
    {"a flag and a nap", "clean, exhausted", clear, {look_and_nap, raise_flag}, NULL},
    {"a flag and a counter", "clean", clear, {look_and_count, raise_flag}, NULL},
    {"compare and exchange", "clean, exhausted", clear, {exchange_until, raise_flag}, NULL},
    {"a flag under a lock", "clean", clear, {look_under_lock, set_under_lock}, NULL},
    {"a lock that is tried",
     "clean, exhausted",
     clear,
     {try_lock_until, try_lock_until},
     both_added},
    {"a lock of one's own", "clean, exhausted", clear, {test_and_set, test_and_set}, both_added},
    {"a flag among many looks", "clean", clear, {look_at_many, raise_flag_late}, NULL},
    {"one hundred looks", "clean, exhausted, no circle", clear, {look_often, set_flag}, NULL},
    {"a flag that nobody sets", "no progress", clear, {never, set_flag}, NULL},
    {0},
};

int main(void)
{
    return 0;
}
