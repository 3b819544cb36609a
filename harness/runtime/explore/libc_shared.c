// What the C library keeps in one place for all threads: each call is an access to a word that
// stands for that place.

#define _GNU_SOURCE
#include "core.h"
#include "libc_places.h"
#include "ranges.h"

#include <grp.h>
#include <locale.h>
#include <netdb.h>
#include <pwd.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

LIBC_PLACE place_of_strtok, place_of_localtime, place_of_getenv, place_of_strerror;

void libc_use(void *place, bool writes, uintptr_t pc)
{
    if (!running->on || place == NULL)
        return;
    if (writes)
        range_write(place, sizeof(uint64_t), pc);
    else
        range_read(place, sizeof(uint64_t), pc);
}

char *__wrap_strtok(char *text, const char *separators);
char *__wrap_strtok(char *text, const char *separators)
{
    libc_use(&place_of_strtok, true, HERE());
    return strtok(text, separators);
}

struct tm *__wrap_localtime(const time_t *time);
struct tm *__wrap_localtime(const time_t *time)
{
    range_read(time, sizeof *time, HERE());
    libc_use(&place_of_localtime, true, HERE());
    return localtime(time);
}

struct tm *__wrap_gmtime(const time_t *time);
struct tm *__wrap_gmtime(const time_t *time)
{
    range_read(time, sizeof *time, HERE());
    libc_use(&place_of_localtime, true, HERE());
    return gmtime(time);
}

char *__wrap_ctime(const time_t *time);
char *__wrap_ctime(const time_t *time)
{
    range_read(time, sizeof *time, HERE());
    libc_use(&place_of_localtime, true, HERE());
    return ctime(time);
}

char *__wrap_asctime(const struct tm *time);
char *__wrap_asctime(const struct tm *time)
{
    range_read(time, sizeof *time, HERE());
    libc_use(&place_of_localtime, true, HERE());
    return asctime(time);
}

char *__wrap_strerror(int error);
char *__wrap_strerror(int error)
{
    libc_use(&place_of_strerror, true, HERE());
    return strerror(error);
}

#define LOOKS_UP(function)                                                                         \
    char *__wrap_##function(const char *name);                                                     \
    char *__wrap_##function(const char *name)                                                      \
    {                                                                                              \
        uintptr_t pc = HERE();                                                                     \
        range_read_string(name, pc);                                                               \
        libc_use(&place_of_getenv, false, pc);                                                     \
        return function(name);                                                                     \
    }

LOOKS_UP(getenv)
LOOKS_UP(secure_getenv)

int __wrap_setenv(const char *name, const char *value, int replace);
int __wrap_setenv(const char *name, const char *value, int replace)
{
    libc_use(&place_of_getenv, true, HERE());
    return setenv(name, value, replace);
}

int __wrap_unsetenv(const char *name);
int __wrap_unsetenv(const char *name)
{
    libc_use(&place_of_getenv, true, HERE());
    return unsetenv(name);
}

int __wrap_putenv(char *entry);
int __wrap_putenv(char *entry)
{
    libc_use(&place_of_getenv, true, HERE());
    return putenv(entry);
}

// ---- What is given back lies where the next call of the same function puts its own ----

#define GIVES_OWN(result, function, parameter_type)                                                \
    LIBC_PLACE place_of_##function;                                                                \
    result __wrap_##function(parameter_type asked);                                                \
    result __wrap_##function(parameter_type asked)                                                 \
    {                                                                                              \
        libc_use(&place_of_##function, true, HERE());                                              \
        return function(asked);                                                                    \
    }

GIVES_OWN(struct passwd *, getpwnam, const char *)
GIVES_OWN(struct passwd *, getpwuid, uid_t)
GIVES_OWN(struct group *, getgrnam, const char *)
GIVES_OWN(struct group *, getgrgid, gid_t)
GIVES_OWN(struct hostent *, gethostbyname, const char *)
GIVES_OWN(char *, l64a, long)
GIVES_OWN(char *, ttyname, int)
GIVES_OWN(char *, ptsname, int)
GIVES_OWN(struct protoent *, getprotobyname, const char *)
GIVES_OWN(struct protoent *, getprotobynumber, int)
GIVES_OWN(struct netent *, getnetbyname, const char *)

#define GIVES_SERVICE(function, parameter_type)                                                    \
    LIBC_PLACE place_of_##function;                                                                \
    struct servent *__wrap_##function(parameter_type asked, const char *protocol);                 \
    struct servent *__wrap_##function(parameter_type asked, const char *protocol)                  \
    {                                                                                              \
        libc_use(&place_of_##function, true, HERE());                                              \
        return function(asked, protocol);                                                          \
    }

GIVES_SERVICE(getservbyname, const char *)
GIVES_SERVICE(getservbyport, int)

// Of the lists of users and of groups, which are read on from where the last call left off.
#define GIVES_NEXT(result, function)                                                               \
    LIBC_PLACE place_of_##function;                                                                \
    result __wrap_##function(void);                                                                \
    result __wrap_##function(void)                                                                 \
    {                                                                                              \
        libc_use(&place_of_##function, true, HERE());                                              \
        return function();                                                                         \
    }

GIVES_NEXT(struct passwd *, getpwent)
GIVES_NEXT(struct group *, getgrent)
GIVES_NEXT(char *, getlogin)

// Only where the caller has no room of its own for the name.
LIBC_PLACE place_of_tmpnam;

char *__wrap_tmpnam(char *name);
char *__wrap_tmpnam(char *name)
{
    if (name == NULL)
        libc_use(&place_of_tmpnam, true, HERE());
    return tmpnam(name);
}

// ---- The locale: what localeconv gives back is filled in anew, from what setlocale changes ----

LIBC_PLACE place_of_setlocale, place_of_localeconv;

char *__wrap_setlocale(int category, const char *name);
char *__wrap_setlocale(int category, const char *name)
{
    libc_use(&place_of_setlocale, name != NULL, HERE());
    return setlocale(category, name);
}

struct lconv *__wrap_localeconv(void);
struct lconv *__wrap_localeconv(void)
{
    libc_use(&place_of_setlocale, false, HERE());
    libc_use(&place_of_localeconv, true, HERE());
    return localeconv();
}

#define GIVES_DIGITS(function)                                                                     \
    LIBC_PLACE place_of_##function;                                                                \
    char *__wrap_##function(double number, int count, int *point, int *sign);                      \
    char *__wrap_##function(double number, int count, int *point, int *sign)                       \
    {                                                                                              \
        libc_use(&place_of_##function, true, HERE());                                              \
        return function(number, count, point, sign);                                               \
    }

GIVES_DIGITS(ecvt)
GIVES_DIGITS(fcvt)

// ---- Generators of numbers ----

// Shares its state too, under a lock of its own: each thread gets a sequence of its own here, so
// that a run does not depend on the order of calls.
int __wrap_rand(void);
int __wrap_rand(void)
{
    memory_changed();
    return (int)(random_next(&thread_self()->random) & RAND_MAX);
}

void __wrap_srand(unsigned seed);
void __wrap_srand(unsigned seed)
{
    thread_self()->random = seed;
}

long __wrap_random(void);
long __wrap_random(void)
{
    memory_changed();
    return (long)(random_next(&thread_self()->random) & RAND_MAX);
}

void __wrap_srandom(unsigned seed);
void __wrap_srandom(unsigned seed)
{
    thread_self()->random = seed;
}

// The generators of 48 bits share theirs without a lock.
LIBC_PLACE place_of_drand48;

void __wrap_srand48(long seed);
void __wrap_srand48(long seed)
{
    libc_use(&place_of_drand48, true, HERE());
    thread_self()->random = (uint64_t)seed;
}

long __wrap_lrand48(void);
long __wrap_lrand48(void)
{
    libc_use(&place_of_drand48, true, HERE());
    return (long)(random_next(&thread_self()->random) & INT32_MAX);
}

long __wrap_mrand48(void);
long __wrap_mrand48(void)
{
    libc_use(&place_of_drand48, true, HERE());
    return (int32_t)random_next(&thread_self()->random);
}

double __wrap_drand48(void);
double __wrap_drand48(void)
{
    libc_use(&place_of_drand48, true, HERE());
    return (double)(random_next(&thread_self()->random) >> 11) / (double)(UINT64_C(1) << 53);
}
