// Also right: a process for each dish, no more at a time than there are tasters. What they have told stands
// in shared memory; who ends without has not.

#include "tasters.h"

#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

// What all see: it is shared memory.
struct table {
    int verdict[DISHES_MOST];
    int told[DISHES_MOST]; // whether the verdict is one
};

struct banquet {
    struct table *table;
    int (*taste)(int dish);
    pid_t taster[DISHES_MOST]; // 0: nobody
    int lost[DISHES_MOST];
    int busy; // tasters
};

static struct table *lay_table(void)
{
    void *memory =
        mmap(NULL, sizeof(struct table), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    return memory == MAP_FAILED ? NULL : memory;
}

static bool serve(struct banquet *banquet, int dish)
{
    pid_t taster = fork();
    if (taster == 0) {
        banquet->table->verdict[dish] = banquet->taste(dish);
        banquet->table->told[dish] = 1;
        _exit(0);
    }
    banquet->taster[dish] = taster;
    banquet->busy += taster > 0;
    return taster > 0;
}

// Waits until a taster has ended. Returns his dish.
static int await_one(struct banquet *banquet)
{
    pid_t taster = wait(NULL);
    int dish = 0;
    while (banquet->taster[dish] != taster)
        dish++;
    banquet->taster[dish] = 0;
    banquet->busy--;
    return dish;
}

// Waits for one, and serves his dish once more if need be.
static bool go_on(struct banquet *banquet)
{
    int dish = await_one(banquet);
    if (banquet->table->told[dish])
        return true;
    if (++banquet->lost[dish] < 2)
        return serve(banquet, dish);
    banquet->table->verdict[dish] = POISON;
    return true;
}

bool tasters_taste(int tasters, int dishes, int (*taste)(int dish), int *verdicts)
{
    struct banquet banquet = {.table = lay_table(), .taste = taste};
    if (banquet.table == NULL)
        return false;
    bool good = true;
    for (int dish = 0; dish < dishes && good; dish++) {
        while (banquet.busy == tasters && good)
            good = go_on(&banquet);
        good = good && serve(&banquet, dish);
    }
    while (banquet.busy > 0)
        good = go_on(&banquet) && good;
    for (int dish = 0; dish < dishes; dish++)
        verdicts[dish] = banquet.table->verdict[dish];
    munmap(banquet.table, sizeof *banquet.table);
    return good;
}
