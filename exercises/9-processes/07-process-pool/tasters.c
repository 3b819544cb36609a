#include "tasters.h"

#include <stdatomic.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

// What all tasters see: it is shared memory.
struct table {
    atomic_int next; // the first dish that nobody has taken
    int verdict[DISHES_MOST];
};

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
    while ((dish = atomic_fetch_add(&table->next, 1)) < dishes)
        table->verdict[dish] = taste(dish);
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

bool tasters_taste(int tasters, int dishes, int (*taste)(int dish), int *verdicts)
{
    struct table *table = lay_table();
    if (table == NULL)
        return false;
    int hired = 0;
    for (int i = 0; i < tasters; i++)
        hired += hire(table, dishes, taste);
    for (int i = 0; i < hired; i++)
        wait(NULL);
    for (int dish = 0; dish < dishes; dish++)
        verdicts[dish] = table->verdict[dish];
    munmap(table, sizeof *table);
    return hired > 0;
}
