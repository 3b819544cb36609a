// Still wrong: a taster who has done his work goes on as if he were the steward, and hires.
// Caught by: native, tsan, helgrind

#include "tasters.h"

#include <stdatomic.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

// What all see: it is shared memory.
struct table {
    struct dish {
        atomic_int taster; // whose it is or was, counted from 1; 0: nobody's
        atomic_int verdict;
        int lost; // tasters; the steward's
    } dish[DISHES_MOST];
};

enum { UNKNOWN = -2 };

static struct table *lay_table(void)
{
    void *memory =
        mmap(NULL, sizeof(struct table), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    return memory == MAP_FAILED ? NULL : memory;
}

// Whether the taster has got the dish for himself. Taking it and writing down who has it are one step, so
// that there is no moment at which somebody can die with a dish of which nobody knows.
static bool claim(struct dish *dish, int taster)
{
    int nobody = 0;
    return atomic_compare_exchange_strong(&dish->taster, &nobody, taster);
}

// A taster's working day.
static void work(struct table *table, int taster, int dishes, int (*taste)(int dish))
{
    for (int i = 0; i < dishes; i++)
        if (claim(&table->dish[i], taster))
            table->dish[i].verdict = taste(i);
}

static pid_t hire(struct table *table, int taster, int dishes, int (*taste)(int dish))
{
    pid_t process = fork();
    if (process == 0) {
        work(table, taster, dishes, taste);
    }
    return process;
}

// A taster is gone. What he had and has not told about goes back on the table, or is poison. Returns
// whether there was such a dish.
static bool clear_away(struct table *table, int taster, int dishes)
{
    bool lost = false;
    for (int i = 0; i < dishes; i++) {
        struct dish *dish = &table->dish[i];
        if (dish->taster != taster || dish->verdict != UNKNOWN)
            continue;
        lost = true;
        if (++dish->lost == 2)
            dish->verdict = POISON;
        else
            dish->taster = 0;
    }
    return lost;
}

static int find(const pid_t *processes, pid_t process)
{
    int i = 0;
    while (processes[i] != process)
        i++;
    return i;
}

// For each taster who is lost over a dish a new one is hired: the others may have gone home meanwhile.
static bool supervise(struct table *table, int tasters, int dishes, int (*taste)(int dish))
{
    pid_t processes[TASTERS_MOST];
    bool hired = true;
    for (int i = 0; i < tasters; i++)
        hired = (processes[i] = hire(table, i + 1, dishes, taste)) > 0 && hired;
    for (pid_t gone; (gone = wait(NULL)) > 0;) {
        int i = find(processes, gone);
        if (clear_away(table, i + 1, dishes))
            hired = (processes[i] = hire(table, i + 1, dishes, taste)) > 0 && hired;
    }
    return hired;
}

bool tasters_taste(int tasters, int dishes, int (*taste)(int dish), int *verdicts)
{
    struct table *table = lay_table();
    if (table == NULL)
        return false;
    for (int i = 0; i < dishes; i++)
        table->dish[i].verdict = UNKNOWN;
    bool good = supervise(table, tasters, dishes, taste);
    for (int i = 0; i < dishes; i++)
        verdicts[i] = table->dish[i].verdict;
    munmap(table, sizeof *table);
    return good;
}
