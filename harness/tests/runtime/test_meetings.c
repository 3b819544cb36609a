// Tests of runtime/common/rendezvous.c, rest.c and task.c, built and run as ThreadSanitizer, Helgrind and
// nobody judge programs. What a meeting waits is read off the slices that it asks the kernel for (syscall
// is wrapped), never off a clock. That Helgrind sees nothing of it is tested, too: it ends with an error
// where it has something to report.
#define _GNU_SOURCE
#include <racelings/asleep.h>
#include <racelings/rendezvous.h>

#include <errno.h>
#include <linux/futex.h>
#include <poll.h>
#include <pthread.h>
#include <sched.h>
#include <semaphore.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>
#include <valgrind/helgrind.h>

#include <cmocka.h>

// A meeting without hope waits for some milliseconds, or as long as it takes the other threads to get where
// they wait; with PATIENCE_MS a test takes a minute and fails.
enum { PATIENCE_MS = 60000, SOON_MS = PATIENCE_MS / 2 };
// How long those who come late take: far longer than the proof of rest.
enum { LATE_MS = 300 };

// ---- What is asked of the kernel ----

static atomic_long waited; // milliseconds of slices
static atomic_int slices;
static atomic_int gone; // guests whose meeting is over

// Two threads of which one sleeps while the other is awake.
enum { EVASIONS = 40 };
static struct runner {
    struct watched watched;
    sem_t turn;
} runners[2];
static struct runner *_Atomic awake;
static atomic_int evasions; // how often one of them was looked at

// `path` is what a thread in a meeting opens.
static void evade(const char *path)
{
    for (int i = 0; i < 2; i++) {
        char own[64];
        snprintf(own, sizeof own, "/proc/%ld/syscall", runners[i].watched.number);
        if (strcmp(path, own) == 0) {
            awake = &runners[1 - i];
            asleep_or_busy(&runners[i].watched);
            evasions++;
        }
    }
}

static struct rendezvous meetings[3];
static atomic_bool places_count; // one guest waits in each meeting, and is to tell its place

// Who gives up leaves the meeting first and tells its place afterwards, on a busy machine long
// afterwards. Whoever is next looks around before it gives up; here that takes until the place is
// told, so that places are told in the order in which meetings are given up.
static void let_places_be_told(void)
{
    int empty = 3;
    while (places_count && empty > gone) {
        sched_yield();
        empty = 0;
        for (int i = 0; i < 3; i++)
            empty += __atomic_load_n(&meetings[i].arrived, __ATOMIC_ACQUIRE) == 0;
    }
}

long __real_syscall(long number, ...);
long __wrap_syscall(long number, ...);
long __wrap_syscall(long number, ...)
{
    enum { GIVEN = 6 };
    long given[GIVEN];
    va_list list;
    va_start(list, number);
    for (int i = 0; i < GIVEN; i++)
        given[i] = va_arg(list, long);
    va_end(list);
    if (number == SYS_futex && (int)given[1] == FUTEX_WAIT_PRIVATE && given[3] != 0) {
        const struct timespec *timeout = (const struct timespec *)given[3];
        waited += timeout->tv_sec * 1000 + timeout->tv_nsec / 1000000;
        slices++;
    }
    if (number == SYS_openat) {
        let_places_be_told();
        evade((const char *)given[1]);
    }
    return __real_syscall(number, given[0], given[1], given[2], given[3], given[4], given[5]);
}

static int set_up(void **state)
{
    (void)state;
    waited = 0;
    slices = 0;
    gone = 0;
    VALGRIND_HG_DISABLE_CHECKING(&runners, sizeof runners); // looked at without order
    VALGRIND_HG_DISABLE_CHECKING(&places_count, sizeof places_count);
    VALGRIND_HG_DISABLE_CHECKING(&gone, sizeof gone);
    return 0;
}

static void nap(int milliseconds)
{
    const struct timespec time = {milliseconds / 1000, milliseconds % 1000 * 1000000L};
    nanosleep(&time, NULL);
}

// ---- Nobody can come ----

static struct rendezvous two;
static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;

// What a thread does with its meeting.
struct guest {
    pthread_t thread;
    struct rendezvous *meeting;
    int patience;
    bool held;
    int place; // the how manieth gave up
};

static void *meet(void *data)
{
    struct guest *self = data;
    self->held = rendezvous_meet(self->meeting, self->patience);
    self->place = gone++;
    return NULL;
}

static void *meet_under_a_lock(void *data)
{
    pthread_mutex_lock(&mutex);
    meet(data);
    pthread_mutex_unlock(&mutex);
    return NULL;
}

static void start(struct guest *guest, void *(*what)(void *))
{
    assert_int_equal(pthread_create(&guest->thread, NULL, what, guest), 0);
}

static void expect_it_ends_soon(void)
{
    assert_true(slices > 0);
    assert_true(waited < SOON_MS);
}

static void who_is_alone_gives_up_soon(void **state)
{
    (void)state;
    two = (struct rendezvous)RENDEZVOUS(2);
    assert_false(rendezvous_meet(&two, PATIENCE_MS));
    expect_it_ends_soon();
    assert_int_equal(two.arrived, 0);
}

static void whoever_is_joined_gives_up_soon(void **state)
{
    (void)state;
    struct guest guest = {.meeting = &two, .patience = PATIENCE_MS};
    two = (struct rendezvous)RENDEZVOUS(2);
    start(&guest, meet);
    pthread_join(guest.thread, NULL);
    assert_false(guest.held);
    expect_it_ends_soon();
}

// The second guest stands before the lock, and comes to an empty meeting afterwards.
static void a_lock_too_many_is_noticed_soon(void **state)
{
    (void)state;
    struct guest guests[2];
    two = (struct rendezvous)RENDEZVOUS(2);
    for (int i = 0; i < 2; i++) {
        guests[i] = (struct guest){.meeting = &two, .patience = PATIENCE_MS};
        start(&guests[i], meet_under_a_lock);
    }
    for (int i = 0; i < 2; i++) {
        pthread_join(guests[i].thread, NULL);
        assert_false(guests[i].held);
    }
    expect_it_ends_soon();
}

// As a driver that looks again and again whether it still has to wait.
static void short_meetings_are_shorter_still(void **state)
{
    (void)state;
    enum { LOOKS = 20 };
    two = (struct rendezvous)RENDEZVOUS(2);
    for (int i = 0; i < LOOKS; i++)
        assert_false(rendezvous_meet(&two, PATIENCE_MS));
    expect_it_ends_soon();
}

// ---- Somebody will come ----

static sem_t door;
static int pipe_ends[2];

static void come_after_a_nap(void)
{
    nap(LATE_MS);
}

// Not for the semaphore: newer versions of Helgrind would report the vain wait.
static void come_after_a_timed_wait(void)
{
    static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
    static pthread_cond_t bell = PTHREAD_COND_INITIALIZER;
    struct timespec end;
    clock_gettime(CLOCK_REALTIME, &end);
    end.tv_nsec += LATE_MS * 1000000L;
    end.tv_sec += end.tv_nsec / 1000000000;
    end.tv_nsec %= 1000000000;
    int error = 0;
    pthread_mutex_lock(&lock);
    while (error == 0)
        error = pthread_cond_timedwait(&bell, &lock, &end);
    pthread_mutex_unlock(&lock);
    assert_int_equal(error, ETIMEDOUT);
}

static void come_after_a_timed_poll(void)
{
    poll(NULL, 0, LATE_MS);
}

static void come_after_a_computation(void)
{
    struct timespec used;
    do
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &used);
    while (used.tv_sec * 1000 + used.tv_nsec / 1000000 < LATE_MS);
}

static void come_after_what_a_pipe_brings(void)
{
    char byte;
    assert_int_equal(read(pipe_ends[0], &byte, 1), 1);
}

static void come_when_the_door_opens(void)
{
    while (sem_wait(&door) != 0)
        assert_int_equal(errno, EINTR);
}

static void (*way)(void);

static void *come_late(void *data)
{
    way();
    return meet(data);
}

static void expect_held(void (*by)(void))
{
    struct guest early = {.meeting = &two, .patience = PATIENCE_MS};
    struct guest late = early;
    way = by;
    two = (struct rendezvous)RENDEZVOUS(2);
    start(&early, meet);
    start(&late, come_late);
    pthread_join(early.thread, NULL);
    pthread_join(late.thread, NULL);
    assert_true(early.held);
    assert_true(late.held);
}

static void one_who_naps_is_waited_for(void **state)
{
    (void)state;
    expect_held(come_after_a_nap);
}

static void one_in_a_timed_wait_is_waited_for(void **state)
{
    (void)state;
    expect_held(come_after_a_timed_wait);
    expect_held(come_after_a_timed_poll);
}

static void one_who_computes_is_waited_for(void **state)
{
    (void)state;
    expect_held(come_after_a_computation);
}

static bool are_watched(void)
{
    return evasions < EVASIONS && gone == 0;
}

// One of the two is always awake, and hands over to the other when it is about to be looked at: whoever
// is looked at sleeps.
static void *stay_awake_in_turn(void *data)
{
    struct runner *self = data, *other = &runners[self == &runners[0]];
    asleep_watch_me(&self->watched);
    while (are_watched()) {
        sem_wait(&self->turn);
        while (awake == self && are_watched())
            sched_yield();
        sem_post(&other->turn);
    }
    return NULL;
}

static void come_after_a_relay(void)
{
    pthread_t partner;
    awake = &runners[0];
    sem_post(&runners[0].turn);
    assert_int_equal(pthread_create(&partner, NULL, stay_awake_in_turn, &runners[1]), 0);
    stay_awake_in_turn(&runners[0]);
    pthread_join(partner, NULL);
}

static void those_who_sleep_in_turn_are_waited_for(void **state)
{
    (void)state;
    evasions = 0;
    for (int i = 0; i < 2; i++)
        sem_init(&runners[i].turn, 0, 0);
    expect_held(come_after_a_relay);
    assert_true(evasions >= EVASIONS);
}

static void what_another_process_does_is_waited_for(void **state)
{
    (void)state;
    assert_int_equal(pipe(pipe_ends), 0);
    pid_t child = fork();
    if (child == 0) {
        nap(LATE_MS);
        _exit(write(pipe_ends[1], "x", 1) != 1);
    }
    expect_held(come_after_what_a_pipe_brings);
    waitpid(child, NULL, 0);
}

static sem_t *shared_door;

static void come_when_the_shared_door_opens(void)
{
    assert_int_equal(sem_wait(shared_door), 0);
}

static void a_shared_semaphore_is_waited_for(void **state)
{
    (void)state;
    shared_door =
        mmap(NULL, sizeof *shared_door, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    sem_init(shared_door, 1, 0);
    pid_t child = fork();
    if (child == 0) {
        nap(LATE_MS);
        _exit(sem_post(shared_door));
    }
    expect_held(come_when_the_shared_door_opens);
    waitpid(child, NULL, 0);
}

static void open_the_door(int signal)
{
    (void)signal;
    sem_post(&door);
}

static void a_signal_is_waited_for(void **state)
{
    (void)state;
    const struct itimerval once = {.it_value = {.tv_usec = LATE_MS * 1000}};
    sem_init(&door, 0, 0);
    signal(SIGALRM, open_the_door);
    setitimer(ITIMER_REAL, &once, NULL);
    expect_held(come_when_the_door_opens);
    signal(SIGALRM, SIG_DFL);
}

// ---- The order of giving up ----

static void wait_until_all_wait(int guests)
{
    for (int i = 0; i < guests; i++)
        while (__atomic_load_n(&meetings[i].arrived, __ATOMIC_RELAXED) == 0 || slices <= i)
            nap(1);
}

static void expect_places(const int patience[3], const int places[3])
{
    struct guest guests[3];
    gone = 0;
    slices = 0;
    for (int i = 0; i < 3; i++) {
        meetings[i] = (struct rendezvous)RENDEZVOUS(2);
        guests[i] = (struct guest){.meeting = &meetings[i], .patience = patience[i]};
        start(&guests[i], meet);
        wait_until_all_wait(i + 1);
    }
    places_count = true;
    for (int i = 0; i < 3; i++) {
        pthread_join(guests[i].thread, NULL);
        assert_false(guests[i].held);
    }
    places_count = false;
    for (int i = 0; i < 3; i++)
        assert_int_equal(guests[i].place, places[i]);
}

static void the_least_patient_gives_up_first(void **state)
{
    (void)state;
    enum { LONG = PATIENCE_MS, SHORT = PATIENCE_MS / 2 };
    expect_places((int[]){LONG, SHORT, LONG}, (int[]){1, 0, 2});
    expect_places((int[]){LONG, LONG, SHORT}, (int[]){1, 2, 0});
    assert_true(waited < SOON_MS);
}

static void among_equals_who_came_first(void **state)
{
    (void)state;
    expect_places((int[]){PATIENCE_MS, PATIENCE_MS, PATIENCE_MS}, (int[]){0, 1, 2});
    expect_it_ends_soon();
}

static void *give_up_then_meet(void *data)
{
    struct guest *self = data;
    pthread_mutex_lock(&mutex);
    self->place = rendezvous_meet(&meetings[0], PATIENCE_MS) ? -1 : 0;
    pthread_mutex_unlock(&mutex);
    self->held = rendezvous_meet(&meetings[1], PATIENCE_MS);
    return NULL;
}

static void *meet_behind_the_lock(void *data)
{
    pthread_mutex_lock(&mutex);
    pthread_mutex_unlock(&mutex);
    return meet(data);
}

// Who gives up wakes others, who come to the next meeting.
static void after_one_gave_up_others_may_come(void **state)
{
    (void)state;
    struct guest first = {.place = -1}, second = {.meeting = &meetings[1], .patience = PATIENCE_MS};
    meetings[0] = meetings[1] = (struct rendezvous)RENDEZVOUS(2);
    start(&first, give_up_then_meet);
    wait_until_all_wait(1);
    start(&second, meet_behind_the_lock);
    pthread_join(first.thread, NULL);
    pthread_join(second.thread, NULL);
    assert_int_equal(first.place, 0);
    assert_true(first.held && second.held);
    expect_it_ends_soon();
}

// ---- A copy of the process ----

static void a_child_does_not_wait_for_its_parents_threads(void **state)
{
    (void)state;
    struct guest guest = {.meeting = &meetings[0], .patience = PATIENCE_MS};
    meetings[0] = two = (struct rendezvous)RENDEZVOUS(2);
    start(&guest, meet);
    wait_until_all_wait(1);
    pid_t child = fork();
    if (child == 0) {
        waited = 0;
        bool held = rendezvous_meet(&two, PATIENCE_MS);
        _exit(held || waited >= SOON_MS);
    }
    int status = -1;
    waitpid(child, &status, 0);
    assert_int_equal(status, 0);
    assert_true(rendezvous_meet(&meetings[0], PATIENCE_MS));
    pthread_join(guest.thread, NULL);
    assert_true(guest.held);
}

#define TEST(function) cmocka_unit_test_setup(function, set_up)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(who_is_alone_gives_up_soon),
        TEST(whoever_is_joined_gives_up_soon),
        TEST(a_lock_too_many_is_noticed_soon),
        TEST(short_meetings_are_shorter_still),
        TEST(one_who_naps_is_waited_for),
        TEST(one_in_a_timed_wait_is_waited_for),
        TEST(one_who_computes_is_waited_for),
        TEST(those_who_sleep_in_turn_are_waited_for),
        TEST(what_another_process_does_is_waited_for),
        TEST(a_shared_semaphore_is_waited_for),
        TEST(a_signal_is_waited_for),
        TEST(the_least_patient_gives_up_first),
        TEST(among_equals_who_came_first),
        TEST(after_one_gave_up_others_may_come),
        TEST(a_child_does_not_wait_for_its_parents_threads),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
