// Parts that would take the explorer very long, each in its own way: a run of them must be cut off after so
// much effort. The promise of a scene says whether any run comes to its end (test_programs.c).

#include <pthread.h>
#include <racelings/scenes.h>
#include <stdatomic.h>
#include <string.h>

enum { MANY = 100000000, LARGE = 1 << 20 };

static char from[LARGE], to[LARGE];
static atomic_long total;
static long sums[2], lengths[2];

static void begin(void)
{
    memset(from, 'a', LARGE - 1);
    total = 0;
}

static void add_atomically(void)
{
    for (int i = 0; i < MANY; i++)
        total++;
}

static void add_plainly(void)
{
    for (int i = 0; i < MANY; i++)
        sums[0] += i;
}

static void add_plainly_too(void)
{
    for (int i = 0; i < MANY; i++)
        sums[1] += i;
}

static void copy(void)
{
    for (int i = 0; i < MANY; i++)
        memcpy(to, from, LARGE);
}

static void measure(void)
{
    for (int i = 0; i < MANY; i++)
        lengths[0] += (long)strlen(from);
}

static void measure_too(void)
{
    for (int i = 0; i < MANY; i++)
        lengths[1] += (long)strlen(from);
}

static void *pass(void *argument)
{
    return argument;
}

static void start_one_after_another(void)
{
    for (int i = 0; i < MANY; i++) {
        pthread_t thread;
        pthread_create(&thread, NULL, pass, NULL);
        pthread_join(thread, NULL);
    }
}

// What costs much, and yet not too much.

static void copy_once(void)
{
    memcpy(to, from, LARGE / 16);
}

static void add_some(void)
{
    for (int i = 0; i < 100; i++)
        total++;
}

const struct scene scenes[] = {
    {"atomic additions", "none ends", begin, {add_atomically, add_atomically}, NULL},
    {"plain additions", "none ends", begin, {add_plainly, add_plainly_too}, NULL},
    {"copies", "none ends", begin, {copy}, NULL},
    {"lengths", "none ends", begin, {measure, measure_too}, NULL},
    {"threads", "none ends", begin, {start_one_after_another}, NULL},
    {"a copy", "all end", begin, {copy_once}, NULL},
    {"some additions", "all end", begin, {add_some, add_some}, NULL},
    {0},
};

int main(void)
{
    return 0;
}
