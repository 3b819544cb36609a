// Lives and deaths in a village, `rounds` times: somebody dies in the moment of birth, two one after the
// other, three in one moment, one while another lives on, and one while somebody reads; and in the end as
// many as can be, all at once. When exactly they die the driver decides. They live until it has written
// into their pipe, and waitid with WNOWAIT tells that they are dead, without fetching them.

#include "reaper.h"

#include <racelings/asleep.h>

#include <errno.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

enum { TOGETHER = 3, IN_A_ROUND = 9, FORGOTTEN = 99 };
enum { LOOK_MS = 100, ENOUGH_LOOKS = 70 };

static const char *broken; // the first promise that was; NULL: none
static long fetched;       // people whose soul's weight was known, and right

static void expect(bool holds, const char *promise)
{
    if (!holds && broken == NULL)
        broken = promise;
}

// What people do that is not theirs to do. In shared memory.
static struct seen {
    atomic_bool tidied;    // what is to be done once, at the end of the village
    atomic_bool came_back; // from reaper_birth, as if he were his mother
    atomic_bool forgotten; // somebody has lived on, as the village waited for his death
} * seen;

static pid_t village;

static void tidy_up(void)
{
    if (getpid() != village)
        seen->tidied = true;
}

// ---- Lives ----

struct life {
    pid_t person;
    int weight;
    int end[2]; // a pipe: whoever can read from it has lived long enough
};

// Whether the village waits for something, as the kernel says (proc(5)).
static bool village_sleeps(void)
{
    char state = asleep_task_state(village);
    return state == 0 || strchr("SDZX", state) != NULL;
}

// A village that sleeps for so long waits for whom it is to let go.
static int live(void *data)
{
    const struct life *life = data;
    struct pollfd end = {.fd = life->end[0], .events = POLLIN};
    for (int asleep = 0; asleep < ENOUGH_LOOKS && !seen->forgotten;) {
        if (poll(&end, 1, LOOK_MS) > 0)
            return life->weight;
        asleep = village_sleeps() ? asleep + 1 : 0;
    }
    seen->forgotten = true;
    return FORGOTTEN;
}

static pid_t give_birth(struct life *life)
{
    pid_t person = reaper_birth(live, life);
    if (getpid() != village) {
        seen->came_back = true;
        _exit(FORGOTTEN);
    }
    expect(!seen->forgotten, "nobody waits for the living");
    return person;
}

static void be_born(struct life *life, int weight)
{
    life->weight = weight;
    if (pipe(life->end) != 0)
        abort();
    life->person = give_birth(life);
}

// From here on the person may die, and will.
static void let_go(const struct life *life)
{
    if (write(life->end[1], "", 1) != 1)
        abort();
}

// Waits until somebody is dead, fetched or not.
static void await_death(idtype_t whose, pid_t person)
{
    siginfo_t unused;
    while (waitid(whose, (id_t)person, &unused, WEXITED | WNOWAIT) != 0 && errno == EINTR)
        continue;
}

static void bury(const struct life *life)
{
    bool right = reaper_weight(life->person) == life->weight;
    fetched += right;
    expect(!seen->came_back, "a person lives his life and ends");
    expect(!seen->forgotten, "nobody waits for the living");
    expect(right, "what a soul weighed is known when its person has died");
    close(life->end[0]);
    close(life->end[1]);
}

// ---- Times when the bell cannot be heard ----

static sigset_t awake;

static void fall_asleep(void)
{
    sigset_t bell;
    sigemptyset(&bell);
    sigaddset(&bell, SIGCHLD);
    sigprocmask(SIG_BLOCK, &bell, &awake);
}

static bool sleeps(void)
{
    sigset_t now;
    sigprocmask(SIG_BLOCK, NULL, &now);
    return sigismember(&now, SIGCHLD) == 1;
}

static void wake_up(void)
{
    errno = EDOM;
    sigprocmask(SIG_SETMASK, &awake, NULL);
    expect(errno == EDOM, "whom the reaper interrupts finds the errno that was there");
}

// ---- What happens in the village ----

static bool dies_young;

// Runs within fork, in the parent, before fork returns.
static void after_birth(void)
{
    if (dies_young)
        await_death(P_ALL, 0);
}

static void one_dies_young(void)
{
    struct life life = {.weight = 0};
    if (pipe(life.end) != 0)
        abort();
    let_go(&life);
    dies_young = true;
    life.person = give_birth(&life);
    dies_young = false;
    expect(reaper_unfetched() == 0, "one has died young, and is fetched");
    bury(&life);
}

static void one_after_the_other(void)
{
    for (int i = 0; i < 2; i++) {
        struct life life;
        be_born(&life, 21 + i);
        expect(reaper_weight(life.person) == -1, "nobody is weighed alive");
        let_go(&life);
        await_death(P_PID, life.person);
        expect(reaper_unfetched() == 0, "one has died, and is fetched");
        bury(&life);
    }
}

static void three_in_one_moment(void)
{
    struct life lives[TOGETHER];
    for (int i = 0; i < TOGETHER; i++)
        be_born(&lives[i], 30 + i);
    fall_asleep();
    for (int i = 0; i < TOGETHER; i++)
        let_go(&lives[i]);
    for (int i = 0; i < TOGETHER; i++)
        await_death(P_PID, lives[i].person);
    wake_up();
    expect(reaper_unfetched() == 0, "three have died in one moment, and all are fetched");
    for (int i = 0; i < TOGETHER; i++)
        bury(&lives[i]);
}

static void one_lives_on(void)
{
    struct life old, young;
    be_born(&old, 40);
    be_born(&young, 255);
    let_go(&old);
    await_death(P_PID, old.person);
    expect(reaper_unfetched() == 1, "one has died and is fetched, the other lives on");
    expect(reaper_weight(young.person) == -1, "nobody is weighed alive");
    let_go(&young);
    await_death(P_PID, young.person);
    expect(reaper_unfetched() == 0, "both have died, and are fetched");
    bury(&old);
    bury(&young);
}

// ---- Somebody who waits for a letter, and is interrupted ----

static struct watched reader;
static int letters[2]; // a pipe

static void *bring_news(void *data)
{
    const struct life *life = data;
    asleep_or_busy(&reader);
    let_go(life);
    await_death(P_PID, life->person);
    asleep_or_busy(&reader);
    if (write(letters[1], "", 1) != 1)
        abort();
    return NULL;
}

// In a thread that hears no bell.
static pthread_t send_messenger(struct life *life)
{
    pthread_t messenger;
    sigset_t all, before;
    sigfillset(&all);
    pthread_sigmask(SIG_BLOCK, &all, &before);
    pthread_create(&messenger, NULL, bring_news, life);
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    return messenger;
}

static void one_dies_while_somebody_reads(void)
{
    struct life life;
    char letter;
    be_born(&life, 45);
    if (pipe(letters) != 0)
        abort();
    asleep_watch_me(&reader);
    pthread_t messenger = send_messenger(&life);
    expect(read(letters[0], &letter, 1) == 1, "who waits and is interrupted waits on");
    pthread_join(messenger, NULL);
    expect(reaper_unfetched() == 0, "one has died, and is fetched");
    bury(&life);
    close(letters[0]);
    close(letters[1]);
}

// The village as full as it can be, with so many who were born before, and its end.
static void all_die(int before)
{
    static struct life lives[REAPER_MOST];
    int born = before < REAPER_MOST ? REAPER_MOST - before : 0;
    for (int i = 0; i < born; i++)
        be_born(&lives[i], 50 + i);
    expect(give_birth(&lives[0]) == -1, "nobody more can be born than REAPER_MOST");
    expect(reaper_unfetched() == born, "who is alive is not fetched");
    fall_asleep();
    expect(reaper_unfetched() == born && reaper_weight(lives[0].person) == -1,
           "nobody is weighed alive");
    expect(sleeps(), "signals that were blocked before a call are blocked after it");
    for (int i = 0; i < born; i++)
        let_go(&lives[i]);
    for (int i = 0; i < born; i++)
        await_death(P_PID, lives[i].person);
    wake_up();
    expect(reaper_unfetched() == 0, "all have died in one moment, and are fetched");
    for (int i = 0; i < born; i++)
        bury(&lives[i]);
}

// Fetches whom the reaper has forgotten, and returns how many they are. All people are dead; a child
// that lives is no person, but a tool's.
static int search_churchyard(void)
{
    int zombies = 0;
    while (waitpid(-1, NULL, WNOHANG) > 0)
        zombies++;
    return zombies;
}

int main(int argc, char **argv)
{
    long rounds = argc > 1 ? atol(argv[1]) : 1;
    void *shared =
        mmap(NULL, sizeof *seen, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (shared == MAP_FAILED)
        return 2;
    seen = shared;
    village = getpid();
    atexit(tidy_up);
    pthread_atfork(NULL, after_birth, NULL);
    reaper_start();
    for (long i = 0; i < rounds; i++) {
        one_dies_young();
        one_after_the_other();
        three_in_one_moment();
        one_lives_on();
        one_dies_while_somebody_reads();
    }
    all_die((int)rounds * IN_A_ROUND);
    int zombies = search_churchyard();
    expect(zombies == 0, "of the dead, nobody stays in the churchyard");
    expect(!seen->tidied, "a person calls none of the caller's atexit functions");
    printf("want: %d souls fetched, got: %ld", REAPER_MOST, fetched);
    if (zombies > 0)
        printf("; zombies in the churchyard: %d", zombies);
    printf("%s%s\n", broken ? "; broken: " : "", broken ? broken : "");
    return broken == NULL ? 0 : 1;
}
