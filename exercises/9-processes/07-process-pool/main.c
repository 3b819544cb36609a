// Banquets, `rounds` times each: one without a loss, one where a taster drops dead, one where somebody
// runs away, one with a poisoned dish, and one at which all who were there at first die. What becomes of
// a taster is decided by the dish and by how many have tasted it before; the first tasters of a banquet
// meet over their first dishes, so that as many as there are work at the same time.

#include "tasters.h"

#include <poll.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

enum { TASTERS = 3, DISHES = 6, BANQUETS = 5, LONG_MS = 6000 };

enum fate {
    WELL,      // nothing happens
    OLD_AGE,   // the first taster drops dead, and would have anyway
    RUNS_AWAY, // the first taster sees his chance
    DEADLY,    // whoever tastes it dies
};

static const enum fate banquets[BANQUETS][DISHES] = {
    {WELL, WELL, WELL, WELL, WELL, WELL},
    {WELL, WELL, OLD_AGE, WELL, WELL, WELL},
    {RUNS_AWAY, WELL, WELL, WELL, WELL, OLD_AGE},
    {WELL, DEADLY, WELL, WELL, OLD_AGE, WELL},
    {DEADLY, DEADLY, OLD_AGE, OLD_AGE, WELL, DEADLY},
};

// In shared memory, as it is written by tasters.
static struct kitchen {
    atomic_int tastings[DISHES]; // at this banquet
    atomic_int arrived;          // at their first dish
    atomic_bool alone;           // one of the first waited for the others in vain
    atomic_bool steward_tasted;
} * kitchen;

static const enum fate *fates; // of this banquet's dishes
static int gate[2];            // a pipe; whoever reads from it may go on
static pid_t steward;

static const char *broken; // the first promise that was; NULL: none
static long right;         // verdicts

static void expect(bool holds, const char *promise)
{
    if (!holds && broken == NULL)
        broken = promise;
}

static int quality(int dish)
{
    return 40 + dish;
}

// The first tasters wait here until all of them have a dish before them.
static void meet(void)
{
    struct pollfd open = {.fd = gate[0], .events = POLLIN};
    int arrived = atomic_fetch_add(&kitchen->arrived, 1) + 1;
    if (arrived > TASTERS)
        return;
    if (arrived == TASTERS && write(gate[1], "", 1) != 1)
        abort();
    if (poll(&open, 1, LONG_MS) < 1)
        kitchen->alone = true;
}

static int taste(int dish)
{
    int before = atomic_fetch_add(&kitchen->tastings[dish], 1);
    enum fate fate = fates[dish];
    if (getpid() == steward) {
        kitchen->steward_tasted = true;
        return quality(dish);
    }
    meet();
    if ((fate == OLD_AGE && before == 0) || (fate == DEADLY && before < 2))
        kill(getpid(), SIGKILL);
    if (fate == RUNS_AWAY && before == 0)
        _exit(0);
    return quality(dish);
}

static void begin_banquet(const enum fate *dishes)
{
    fates = dishes;
    for (int i = 0; i < DISHES; i++)
        kitchen->tastings[i] = 0;
    kitchen->arrived = 0;
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
    if (fate == DEADLY)
        expect(good, "if two tasters are lost over a dish, the verdict is POISON");
    else if (fate != WELL)
        expect(good, "if a taster is lost, another one tastes that dish");
    expect(good, "every dish has its verdict");
    expect(kitchen->tastings[dish] <= tastings_wanted(fate),
           "nobody tastes what has been told about, or has cost two");
}

static void hold_banquet(const enum fate *dishes)
{
    int verdicts[DISHES];
    for (int i = 0; i < DISHES; i++)
        verdicts[i] = -2;
    begin_banquet(dishes);
    expect(tasters_taste(TASTERS, DISHES, taste, verdicts), "somebody can be found for the job");
    expect(waitpid(-1, NULL, WNOHANG) < 0, "no taster is left");
    end_banquet();
    for (int i = 0; i < DISHES; i++)
        look_at(dishes[i], i, verdicts[i]);
    expect(!kitchen->alone, "tasters do not wait for each other");
    expect(!kitchen->steward_tasted, "taste is called by a taster");
}

int main(int argc, char **argv)
{
    long rounds = argc > 1 ? atol(argv[1]) : 1;
    steward = getpid();
    kitchen =
        mmap(NULL, sizeof *kitchen, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (kitchen == MAP_FAILED)
        abort();
    for (long i = 0; i < rounds; i++)
        for (int banquet = 0; banquet < BANQUETS; banquet++)
            hold_banquet(banquets[banquet]);
    while (waitpid(-1, NULL, 0) > 0)
        continue;
    printf("want: %ld right verdicts, got: %ld%s%s\n", rounds * BANQUETS * DISHES, right,
           broken ? "; broken: " : "", broken ? broken : "");
    return broken == NULL ? 0 : 1;
}
