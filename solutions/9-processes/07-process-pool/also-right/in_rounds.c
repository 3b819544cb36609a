// Also right: in rounds. When all have gone home, what nobody has told about is on the table once more.

#include "tasters.h"

#include <stdatomic.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

// What all see: it is shared memory.
struct table {
    atomic_int next; // the first dish that nobody has taken in this round
    int verdict[DISHES_MOST];
    int tasted[DISHES_MOST]; // how often somebody has begun
};

enum { UNKNOWN = -2 };

static struct table *lay_table(void)
{
    void *memory =
        mmap(NULL, sizeof(struct table), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    return memory == MAP_FAILED ? NULL : memory;
}

// A taster's working day.
static void work(struct table *table, int dishes, int (*taste)(int dish))
{
    int dish;
    while ((dish = atomic_fetch_add(&table->next, 1)) < dishes) {
        if (table->verdict[dish] != UNKNOWN)
            continue;
        table->tasted[dish]++; // nobody else has it
        table->verdict[dish] = taste(dish);
    }
}

static bool hire(struct table *table, int dishes, int (*taste)(int dish))
{
    pid_t taster = fork();
    if (taster == 0) {
        work(table, dishes, taste);
        _exit(0);
    }
    return taster > 0;
}

// Returns whether there were tasters.
static bool hold_round(struct table *table, int tasters, int dishes, int (*taste)(int dish))
{
    int hired = 0;
    table->next = 0;
    for (int i = 0; i < tasters; i++)
        hired += hire(table, dishes, taste);
    for (int i = 0; i < hired; i++)
        wait(NULL);
    return hired > 0;
}

// Looks at what is left. Returns how many dishes need another round.
static int look_over(struct table *table, int dishes)
{
    int unknown = 0;
    for (int dish = 0; dish < dishes; dish++) {
        if (table->verdict[dish] != UNKNOWN)
            continue;
        if (table->tasted[dish] == 2)
            table->verdict[dish] = POISON;
        else
            unknown++;
    }
    return unknown;
}

bool tasters_taste(int tasters, int dishes, int (*taste)(int dish), int *verdicts)
{
    struct table *table = lay_table();
    if (table == NULL)
        return false;
    bool good = true;
    for (int dish = 0; dish < dishes; dish++)
        table->verdict[dish] = UNKNOWN;
    while (good && look_over(table, dishes) > 0)
        good = hold_round(table, tasters, dishes, taste);
    for (int dish = 0; dish < dishes; dish++)
        verdicts[dish] = table->verdict[dish];
    munmap(table, sizeof *table);
    return good;
}
