// Banquets, `rounds` times each: small ones and one as large as can be, some without a loss, some where
// tasters drop dead or run away, some with poisoned dishes, and one at which all who were there at first
// die. What becomes of a taster is decided by the dish and by how many have tasted it before; the first
// tasters of a banquet meet over their first dishes, so that as many as there are work at the same time.
//
// In the end one of two tasters is stopped between two dishes, and the other one takes what there is: after
// the first one's first instruction, at the next banquet after his second, and so on.

#include "tasters.h"

#include <racelings/asleep.h>
#include <racelings/midway.h>
#include <racelings/remains.h>

#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { LONG_MS = 6000, LONGEST = 500 }; // so many instructions between two dishes

enum fate {
    WELL,      // nothing happens
    OLD_AGE,   // the first taster drops dead, and would have anyway
    RUNS_AWAY, // the first taster sees his chance
    DEADLY,    // whoever tastes it dies
};

struct banquet {
    int tasters, dishes;
    enum fate fates[DISHES_MOST];
};

static const struct banquet banquets[] = {
    {3, 6, {WELL, WELL, WELL, WELL, WELL, WELL}},
    {3, 6, {WELL, WELL, OLD_AGE, WELL, WELL, WELL}},
    {3, 6, {RUNS_AWAY, WELL, WELL, WELL, WELL, OLD_AGE}},
    {3, 6, {WELL, DEADLY, WELL, WELL, OLD_AGE, WELL}},
    {3, 6, {DEADLY, DEADLY, OLD_AGE, OLD_AGE, WELL, DEADLY}},
    {1, 3, {OLD_AGE, DEADLY, RUNS_AWAY}},
    {2, 1, {OLD_AGE}},
    {4, 0, {WELL}},
    {TASTERS_MOST, DISHES_MOST, {OLD_AGE, WELL, DEADLY, [DISHES_MOST - 1] = RUNS_AWAY}},
};

static const struct banquet two_in_a_hurry = {2, 5, {WELL}};

enum { BANQUETS = sizeof banquets / sizeof *banquets };

// In shared memory, as it is written by tasters.
static struct kitchen {
    atomic_int tastings[DISHES_MOST]; // at this banquet
    atomic_int arrived;               // at their first dish
    atomic_int hired;                 // by the steward
    atomic_bool too_many;             // at the same time
    atomic_bool alone;                // one of the first waited for the others in vain
    atomic_bool steward_tasted;
    atomic_bool tidied_up;
    atomic_bool came_back; // a taster, from tasters_taste, as if he were the steward
    // At a banquet where one taster overtakes another:
    atomic_int came;          // to their first dish
    atomic_int first, second; // of these, processes
    atomic_bool way_is_free, overtaken, overtakes;
} * kitchen;

static const struct banquet *banquet; // this one
static int gate[2];                   // a pipe; whoever reads from it may go on
static pid_t steward;

static const char *broken; // the first promise that was; NULL: none
static long right, wanted; // verdicts

static void expect(bool holds, const char *promise)
{
    if (!holds && broken == NULL)
        broken = promise;
}

// All that there are, from the least to the best.
static int quality(int dish)
{
    return dish == 0 ? 0 : dish == 1 ? 255 : 40 + dish;
}

// Runs within fork, in the parent.
static void count_hired(void)
{
    kitchen->hired += getpid() == steward;
}

// Where there is a dish for each, none of those who were hired has gone home so far.
static void open_gate(void)
{
    asleep_process_or_busy(steward);
    if (banquet->tasters <= banquet->dishes && kitchen->hired > banquet->tasters)
        kitchen->too_many = true;
    if (write(gate[1], "", 1) != 1)
        abort();
}

// The first tasters wait here until all of them have a dish before them.
static void meet(void)
{
    struct pollfd open = {.fd = gate[0], .events = POLLIN};
    int first = banquet->tasters < banquet->dishes ? banquet->tasters : banquet->dishes;
    int arrived = atomic_fetch_add(&kitchen->arrived, 1) + 1;
    if (arrived > first)
        return;
    if (arrived == first)
        open_gate();
    if (poll(&open, 1, LONG_MS) < 1)
        kitchen->alone = true;
}

static bool is_steward(void)
{
    if (getpid() != steward)
        return false;
    kitchen->steward_tasted = true;
    return true;
}

static int taste(int dish)
{
    int before = atomic_fetch_add(&kitchen->tastings[dish], 1);
    enum fate fate = banquet->fates[dish];
    if (is_steward())
        return quality(dish);
    meet();
    if ((fate == OLD_AGE && before == 0) || (fate == DEADLY && before < 2))
        kill(getpid(), SIGKILL);
    if (fate == RUNS_AWAY && before == 0)
        _exit(0);
    return quality(dish);
}

// ---- A taster who is overtaken ----

static long instructions; // that he comes far, from one dish to the next

// A process that has ended, and is not waited for, has a letter, too.
static bool is_over(pid_t process)
{
    char state = asleep_task_state(process);
    return state == 0 || strchr("ZX", state) != NULL;
}

static void rest(void)
{
    const struct timespec moment = {.tv_nsec = 20000};
    nanosleep(&moment, NULL);
}

// The other one goes on to his next dish, if he is not held up, and as far as he gets.
static void let_overtake(void)
{
    kitchen->overtaken = kitchen->way_is_free = true;
    while (!kitchen->overtakes)
        rest();
    asleep_process_or_busy(kitchen->second);
}

static void overtake(void)
{
    while (!kitchen->way_is_free && !is_over(kitchen->first))
        rest();
    kitchen->overtakes = true;
}

// The first one is stopped on the way from here to his next dish; the second one waits until then.
static void set_out(int number)
{
    if (number == 1)
        kitchen->first = getpid();
    if (number == 2)
        kitchen->second = getpid();
    meet();
    if (number == 1 && !kitchen->alone)
        midway_begins(instructions, let_overtake);
    if (number == 2 && !kitchen->alone)
        overtake();
}

static int taste_one_by_one(int dish)
{
    static int number;   // in which he came, counted from 1
    static bool is_back; // at his second dish
    atomic_fetch_add(&kitchen->tastings[dish], 1);
    if (is_steward())
        return quality(dish);
    if (number == 0) {
        number = atomic_fetch_add(&kitchen->came, 1) + 1;
        set_out(number);
    } else if (number == 1 && !is_back) {
        is_back = true;
        midway_ends();
        kitchen->way_is_free = true;
    }
    return quality(dish);
}

// ---- Banquets ----

static void begin_banquet(const struct banquet *next)
{
    banquet = next;
    memset(kitchen, 0, sizeof *kitchen);
    if (pipe(gate) != 0)
        abort();
}

static void end_banquet(void)
{
    close(gate[0]);
    close(gate[1]);
}

static int tastings_wanted(enum fate fate)
{
    return fate == WELL ? 1 : 2;
}

static void look_at(enum fate fate, int dish, int verdict)
{
    bool good = verdict == (fate == DEADLY ? POISON : quality(dish));
    right += good;
    wanted++;
    if (fate == DEADLY)
        expect(good, "if two tasters are lost over a dish, the verdict is POISON");
    else if (fate != WELL)
        expect(good, "if a taster is lost, another one tastes that dish");
    expect(good, "every dish has its verdict");
    expect(kitchen->tastings[dish] <= tastings_wanted(fate),
           "a dish is tasted once, and once more if a taster is lost over it");
}

// Is to be done once, by the steward at his end.
static void tidy_up(void)
{
    if (getpid() != steward)
        kitchen->tidied_up = true;
}

static void hold_banquet(const struct banquet *next, int (*taster)(int dish))
{
    int verdicts[DISHES_MOST];
    for (int i = 0; i < DISHES_MOST; i++)
        verdicts[i] = -2;
    begin_banquet(next);
    int open_before = remains_open();
    bool good = tasters_taste(next->tasters, next->dishes, taster, verdicts);
    if (getpid() != steward) {
        kitchen->came_back = true;
        _exit(0);
    }
    expect(!kitchen->came_back, "tasters are processes that end");
    expect(good, "somebody can be found for the job");
    expect(waitpid(-1, NULL, WNOHANG) < 0, "no taster is left");
    expect(remains_open() == open_before, "no descriptor is open that was not");
    expect(!kitchen->tidied_up, "a child calls none of the caller's atexit functions");
    end_banquet();
    for (int i = 0; i < next->dishes; i++)
        look_at(next->fates[i], i, verdicts[i]);
    expect(!kitchen->alone, "tasters do not wait for each other");
    expect(!kitchen->too_many, "there are not more tasters than were asked for");
    expect(!kitchen->steward_tasted, "taste is called by a taster");
}

static void nothing(void)
{
}

static void hold_banquets_in_between(void)
{
    bool counts = midway(0, nothing, nothing);
    kitchen->overtaken = counts;
    for (instructions = 0; instructions < LONGEST && kitchen->overtaken; instructions++)
        hold_banquet(&two_in_a_hurry, taste_one_by_one);
}

int main(int argc, char **argv)
{
    long rounds = argc > 1 ? atol(argv[1]) : 1;
    steward = getpid();
    kitchen =
        mmap(NULL, sizeof *kitchen, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (kitchen == MAP_FAILED)
        abort();
    atexit(tidy_up);
    pthread_atfork(NULL, count_hired, NULL);
    hold_banquet(&banquets[0], taste);
    int shared = remains_shared(); // what is shared for ever is by now
    for (long i = 0; i < rounds; i++)
        for (int number = i == 0; number < BANQUETS; number++)
            hold_banquet(&banquets[number], taste);
    expect(remains_shared() == shared, "no memory is left shared");
    if (broken == NULL)
        hold_banquets_in_between();
    while (waitpid(-1, NULL, 0) > 0)
        continue;
    printf("want: %ld right verdicts, got: %ld%s%s\n", wanted, right, broken ? "; broken: " : "",
           broken ? broken : "");
    return broken == NULL ? 0 : 1;
}
