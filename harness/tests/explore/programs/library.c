// One scene for each function of the library that reads or writes the program's memory where no compiler
// announces it: one thread writes a byte, the other calls the function (test_programs.c).

#define _GNU_SOURCE
#include <arpa/inet.h>
#include <math.h>
#include <pthread.h>
#include <racelings/scenes.h>
#include <sched.h>
#include <semaphore.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/times.h>
#include <time.h>
#include <wchar.h>

// What both threads use; each function uses its first byte.
static union {
    char text[64];
    wchar_t wide[16];
    int number;
    long double fraction;
    double whole;
    float small;
    struct timespec step;
    struct tms used;
    struct sched_param parameters;
    cpu_set_t processors;
    time_t time;
    struct tm parts;
    unsigned seed;
    unsigned short state[3];
    pthread_condattr_t condition;
    pthread_barrierattr_t barrier;
    pthread_rwlockattr_t lock;
    pthread_mutexattr_t mutex;
    pthread_attr_t thread;
} shared;

static void fill(void)
{
    memset(&shared, 0, sizeof shared);
    shared.text[0] = '1';
}

static void write_first_byte(void)
{
    shared.text[0] = '1';
}

static int compare(const void *a, const void *b, void *unused)
{
    (void)a, (void)b;
    return unused != NULL;
}

static void take_apart(void)
{
    char *rest = shared.text;
    strsep(&rest, " ");
}

static void take_apart_with_rest(void)
{
    char *rest;
    strtok_r(shared.text, " ", &rest);
}

static void print_allocated(void)
{
    char *made;
    if (asprintf(&made, "%-5s", shared.text) >= 0)
        free(made);
}

static void ask_semaphore(void)
{
    sem_t semaphore;
    sem_init(&semaphore, 0, '1');
    sem_getvalue(&semaphore, &shared.number);
}

static void measure_angle(void)
{
    double cosine;
    sincos(1.5, &shared.whole, &cosine);
}

static void ask_processors(void)
{
    pthread_getaffinity_np(pthread_self(), sizeof shared.processors, &shared.processors);
}

static void ask_order(void)
{
    int policy;
    pthread_getschedparam(pthread_self(), &policy, &shared.parameters);
}

static void sort(void)
{
    qsort_r(shared.text, 2, 4, compare, NULL);
}

static void print_to_stream(void)
{
    FILE *out = fopen("/dev/null", "w");
    fprintf(out, "%s", shared.text);
    fclose(out);
}

static void scan_from_stream(void)
{
    FILE *in = fmemopen("7", 1, "r");
    if (fscanf(in, "%d", &shared.number) != 1)
        shared.number = 0;
    fclose(in);
}

static void get_line(void)
{
    FILE *in = fmemopen("one\n", 4, "r");
    char *line = shared.text;
    size_t room = sizeof shared.text;
    if (getline(&line, &room, in) < 0)
        shared.text[0] = '\0';
    fclose(in);
}

// The caller's own. What a function returns is used: else the compiler leaves the call out.
static volatile long result;
static char own[64];
static wchar_t own_wide[16];
static struct tm own_parts;
static int number;

#define SCENE(name, call)                                                                          \
    static void name(void)                                                                         \
    {                                                                                              \
        result = (long)(call);                                                                     \
    }

SCENE(copy_till_byte, memccpy(own, shared.text, 0, 8))
SCENE(copy_to_end, mempcpy(own, shared.text, 8))
SCENE(find_last_byte, memrchr(shared.text, 'x', 8))
SCENE(find_memory, memmem(own, 8, shared.text, 4))
SCENE(pass_over_case, strcasecmp(own, shared.text))
SCENE(pass_over_case_within, strncasecmp(shared.text, own, 4))
SCENE(compare_by_place, strcoll(own, shared.text))
SCENE(compare_versions, strverscmp(own, shared.text))
SCENE(span, strspn(own, shared.text))
SCENE(span_others, strcspn(shared.text, own))
SCENE(find_any, strpbrk(shared.text, "x"))
SCENE(find_in_any_case, strcasestr(own, shared.text))
SCENE(find_or_end, strchrnul(shared.text, 'x'))
SCENE(find_by_old_name, index(shared.text, 'x'))
SCENE(find_last_by_old_name, rindex(shared.text, 'x'))
SCENE(copy_within, stpncpy(own, shared.text, 8))
SCENE(transform, strxfrm(own, shared.text, 8))
SCENE(describe_error, strerror_r(1, shared.text, sizeof shared.text))
SCENE(take_time_apart, gmtime_r(&shared.time, &own_parts))
SCENE(take_local_time_apart, localtime_r(&shared.time, &own_parts))
SCENE(make_time, timegm(&shared.parts))
SCENE(make_local_time, mktime(&shared.parts))
SCENE(write_date, asctime_r(&own_parts, shared.text))
SCENE(write_time, ctime_r(&shared.time, own))
SCENE(format_time, strftime(own, sizeof own, "%S", &shared.parts))
SCENE(next_fraction, erand48(shared.state))
SCENE(next_number, nrand48(shared.state))
SCENE(next_signed, jrand48(shared.state))
SCENE(next_of_seed, rand_r(&shared.seed))
SCENE(write_address, inet_ntop(AF_INET, &shared, own, sizeof own))
SCENE(read_address, inet_pton(AF_INET, "1.2.3.4", &shared))
SCENE(print_string, sprintf(own, "%d %s", 1, shared.text))
SCENE(print_limited, snprintf(own, 8, "%5.1f %.*s", 1.0, 2, shared.text))
SCENE(print_wide, snprintf(own, 8, "%Lg %ls", 1.0L, shared.wide))
SCENE(measure_wide, wcslen(shared.wide))
SCENE(measure_wide_within, wcsnlen(shared.wide, 8))
SCENE(compare_wide, wcscmp(own_wide, shared.wide))
SCENE(compare_wide_in_any_case, wcscasecmp(shared.wide, own_wide))
SCENE(compare_wide_within, wcsncmp(own_wide, shared.wide, 4))
SCENE(find_wide, wcschr(shared.wide, L'x'))
SCENE(find_last_wide, wcsrchr(shared.wide, L'x'))
SCENE(find_in_wide, wcsstr(shared.wide, own_wide))
SCENE(copy_wide, wcscpy(own_wide, shared.wide))
SCENE(copy_wide_within, wcsncpy(shared.wide, own_wide, 2))
SCENE(append_wide, wcscat(shared.wide, own_wide))
SCENE(append_wide_within, wcsncat(own_wide, shared.wide, 1))
SCENE(copy_letters, wmemcpy(shared.wide, own_wide, 2))
SCENE(move_letters, wmemmove(own_wide, shared.wide, 2))
SCENE(set_letters, wmemset(shared.wide, L'x', 2))
SCENE(compare_letters, wmemcmp(own_wide, shared.wide, 2))
SCENE(read_wide_number, wcstol(shared.wide, NULL, 10))
SCENE(read_wide_fraction, wcstod(shared.wide, NULL))
SCENE(print_letters, swprintf(shared.wide, 8, L"%d", 1))
SCENE(make_wide, mbstowcs(own_wide, shared.text, 8))
SCENE(make_narrow, wcstombs(shared.text, own_wide, 8))
SCENE(print_to_descriptor, dprintf(-1, "%s", shared.text))
SCENE(print_count, snprintf(own, 8, "%ld%%%n", 1L, &shared.number))
SCENE(scan_number, sscanf("7 1", "%*d %d", &shared.number))
SCENE(scan_fraction, sscanf("3 1", "%d%Lf", &number, &shared.fraction))
SCENE(scan_word, sscanf("1 word", "%*d %5[a-z]", shared.text))
SCENE(split_number, frexp(1.5, &shared.number))
SCENE(split_whole, modf(1.5, &shared.whole))
SCENE(split_small, modff(1.5F, &shared.small))
SCENE(divide, remquo(7.0, 2.0, &shared.number))
SCENE(find_sign, lgamma_r(1.5, &shared.number))
SCENE(ask_step, clock_getres(CLOCK_MONOTONIC, &shared.step))
SCENE(ask_times, times(&shared.used))
SCENE(ask_processor, getcpu(&shared.seed, NULL))
SCENE(ask_parameters, sched_getparam(0, &shared.parameters))
SCENE(ask_state, pthread_setcancelstate(PTHREAD_CANCEL_ENABLE, &shared.number))
SCENE(name_thread, pthread_setname_np(pthread_self(), shared.text))
SCENE(set_condition, pthread_condattr_setpshared(&shared.condition, 1))
SCENE(set_barrier, pthread_barrierattr_setpshared(&shared.barrier, 1))
SCENE(set_lock, pthread_rwlockattr_setkind_np(&shared.lock, 1))
SCENE(set_mutex, pthread_mutexattr_setpshared(&shared.mutex, 1))
SCENE(make_condition, pthread_cond_init(&(pthread_cond_t){{0}}, &shared.condition))
SCENE(make_barrier, pthread_barrier_init(&(pthread_barrier_t){{0}}, &shared.barrier, 1))
SCENE(make_lock, pthread_rwlock_init(&(pthread_rwlock_t){{0}}, &shared.lock))
SCENE(make_mutex, pthread_mutex_init(&(pthread_mutex_t){{0}}, &shared.mutex))

static void *do_nothing(void *unused)
{
    return unused;
}

static void make_thread(void)
{
    pthread_t thread;
    pthread_create(&thread, &shared.thread, do_nothing, NULL);
    pthread_join(thread, NULL);
}

#define RACY(function)                                                                             \
    {                                                                                              \
#function, "data race", fill, {write_first_byte, function }, NULL                          \
    }

const struct scene scenes[] = {
    RACY(take_apart),
    RACY(take_apart_with_rest),
    RACY(print_allocated),
    RACY(ask_semaphore),
    RACY(sort),
    RACY(measure_angle),
    RACY(ask_processors),
    RACY(ask_order),
    RACY(split_number),
    RACY(split_whole),
    RACY(split_small),
    RACY(divide),
    RACY(find_sign),
    RACY(ask_step),
    RACY(ask_times),
    RACY(ask_processor),
    RACY(ask_parameters),
    RACY(copy_till_byte),
    RACY(copy_to_end),
    RACY(find_last_byte),
    RACY(find_memory),
    RACY(pass_over_case),
    RACY(pass_over_case_within),
    RACY(compare_by_place),
    RACY(compare_versions),
    RACY(span),
    RACY(span_others),
    RACY(find_any),
    RACY(find_in_any_case),
    RACY(find_or_end),
    RACY(find_by_old_name),
    RACY(find_last_by_old_name),
    RACY(copy_within),
    RACY(transform),
    RACY(describe_error),
    RACY(take_time_apart),
    RACY(take_local_time_apart),
    RACY(make_time),
    RACY(make_local_time),
    RACY(write_date),
    RACY(write_time),
    RACY(format_time),
    RACY(next_fraction),
    RACY(next_number),
    RACY(next_signed),
    RACY(next_of_seed),
    RACY(write_address),
    RACY(read_address),
    RACY(print_string),
    RACY(print_limited),
    RACY(print_wide),
    RACY(measure_wide),
    RACY(measure_wide_within),
    RACY(compare_wide),
    RACY(compare_wide_in_any_case),
    RACY(compare_wide_within),
    RACY(find_wide),
    RACY(find_last_wide),
    RACY(find_in_wide),
    RACY(copy_wide),
    RACY(copy_wide_within),
    RACY(append_wide),
    RACY(append_wide_within),
    RACY(copy_letters),
    RACY(move_letters),
    RACY(set_letters),
    RACY(compare_letters),
    RACY(read_wide_number),
    RACY(read_wide_fraction),
    RACY(print_letters),
    RACY(make_wide),
    RACY(make_narrow),
    RACY(print_to_descriptor),
    RACY(print_to_stream),
    RACY(scan_from_stream),
    RACY(get_line),
    RACY(print_count),
    RACY(scan_number),
    RACY(scan_fraction),
    RACY(scan_word),
    RACY(ask_state),
    RACY(name_thread),
    RACY(set_condition),
    RACY(set_barrier),
    RACY(set_lock),
    RACY(set_mutex),
    RACY(make_condition),
    RACY(make_barrier),
    RACY(make_lock),
    RACY(make_mutex),
    RACY(make_thread),
    {0},
};

int main(void)
{
    return 0;
}
