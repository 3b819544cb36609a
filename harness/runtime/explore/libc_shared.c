// What the C library keeps in one place for all threads: each call is an access to a word that stands
// for that place.

#define _GNU_SOURCE
#include "core.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

// In .bss: their addresses matter, never their contents.
static uint64_t place_of_strtok, place_of_time, place_of_environment, place_of_error_text;

static void use(uint64_t *place, bool writes, uintptr_t pc)
{
    if (!engine->on)
        return;
    if (writes)
        range_write(place, sizeof *place, pc);
    else
        range_read(place, sizeof *place, pc);
}

char *__wrap_strtok(char *text, const char *separators);
char *__wrap_strtok(char *text, const char *separators)
{
    use(&place_of_strtok, true, HERE());
    return strtok(text, separators);
}

struct tm *__wrap_localtime(const time_t *time);
struct tm *__wrap_localtime(const time_t *time)
{
    range_read(time, sizeof *time, HERE());
    use(&place_of_time, true, HERE());
    return localtime(time);
}

struct tm *__wrap_gmtime(const time_t *time);
struct tm *__wrap_gmtime(const time_t *time)
{
    range_read(time, sizeof *time, HERE());
    use(&place_of_time, true, HERE());
    return gmtime(time);
}

char *__wrap_ctime(const time_t *time);
char *__wrap_ctime(const time_t *time)
{
    range_read(time, sizeof *time, HERE());
    use(&place_of_time, true, HERE());
    return ctime(time);
}

char *__wrap_asctime(const struct tm *time);
char *__wrap_asctime(const struct tm *time)
{
    range_read(time, sizeof *time, HERE());
    use(&place_of_time, true, HERE());
    return asctime(time);
}

char *__wrap_strerror(int error);
char *__wrap_strerror(int error)
{
    use(&place_of_error_text, true, HERE());
    return strerror(error);
}

char *__wrap_getenv(const char *name);
char *__wrap_getenv(const char *name)
{
    use(&place_of_environment, false, HERE());
    return getenv(name);
}

int __wrap_setenv(const char *name, const char *value, int replace);
int __wrap_setenv(const char *name, const char *value, int replace)
{
    use(&place_of_environment, true, HERE());
    return setenv(name, value, replace);
}

int __wrap_unsetenv(const char *name);
int __wrap_unsetenv(const char *name)
{
    use(&place_of_environment, true, HERE());
    return unsetenv(name);
}

int __wrap_putenv(char *entry);
int __wrap_putenv(char *entry)
{
    use(&place_of_environment, true, HERE());
    return putenv(entry);
}

// Shares its state too, under a lock of its own: each thread gets a sequence of its own here, so that
// a run does not depend on the order of calls.
int __wrap_rand(void);
int __wrap_rand(void)
{
    memory_changed();
    return (int)(random_next(&self_thread()->random) & RAND_MAX);
}

void __wrap_srand(unsigned seed);
void __wrap_srand(unsigned seed)
{
    self_thread()->random = seed;
}

long __wrap_random(void);
long __wrap_random(void)
{
    memory_changed();
    return (long)(random_next(&self_thread()->random) & RAND_MAX);
}

void __wrap_srandom(unsigned seed);
void __wrap_srandom(unsigned seed)
{
    self_thread()->random = seed;
}

// So do the generators of 48 bits.
void __wrap_srand48(long seed);
void __wrap_srand48(long seed)
{
    self_thread()->random = (uint64_t)seed;
}

long __wrap_lrand48(void);
long __wrap_lrand48(void)
{
    memory_changed();
    return (long)(random_next(&self_thread()->random) & INT32_MAX);
}

long __wrap_mrand48(void);
long __wrap_mrand48(void)
{
    memory_changed();
    return (int32_t)random_next(&self_thread()->random);
}

double __wrap_drand48(void);
double __wrap_drand48(void)
{
    memory_changed();
    return (double)(random_next(&self_thread()->random) >> 11) / (double)(UINT64_C(1) << 53);
}
