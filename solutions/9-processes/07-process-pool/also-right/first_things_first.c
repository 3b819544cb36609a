// Also right: each taster has a seat, and before he tastes he puts the number of the dish there. Whoever
// gets the seat of one who was lost begins with that dish.

#include "tasters.h"

#include <stdatomic.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

// What all see: it is shared memory.
struct table {
    atomic_int next;               // the first dish that nobody has taken
    atomic_int seat[TASTERS_MOST]; // the dish before each taster, or NONE
    int verdict[DISHES_MOST];
};

enum { NONE = -1 };

static struct table *lay_table(void)
{
    void *memory =
        mmap(NULL, sizeof(struct table), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    return memory == MAP_FAILED ? NULL : memory;
}

// A taster's working day; he begins with what is before him, if anything is.
static void work(struct table *table, atomic_int *seat, int dishes, int (*taste)(int dish))
{
    for (;;) {
        if (*seat == NONE)
            *seat = atomic_fetch_add(&table->next, 1);
        if (*seat >= dishes)
            return;
        table->verdict[*seat] = taste(*seat);
        *seat = NONE;
    }
}

static pid_t hire(struct table *table, int seat, int dishes, int (*taste)(int dish))
{
    pid_t taster = fork();
    if (taster == 0) {
        work(table, &table->seat[seat], dishes, taste);
        _exit(0);
    }
    return taster;
}

static int seat_of(const pid_t *tasters, pid_t taster)
{
    int seat = 0;
    while (tasters[seat] != taster)
        seat++;
    return seat;
}

bool tasters_taste(int tasters, int dishes, int (*taste)(int dish), int *verdicts)
{
    pid_t process[TASTERS_MOST];
    int lost[DISHES_MOST] = {0};
    bool good = true;
    struct table *table = lay_table();
    if (table == NULL)
        return false;
    for (int seat = 0; seat < tasters; seat++) {
        table->seat[seat] = NONE;
        good = (process[seat] = hire(table, seat, dishes, taste)) > 0 && good;
    }
    for (pid_t gone; (gone = wait(NULL)) > 0;) {
        int seat = seat_of(process, gone), dish = table->seat[seat];
        if (dish >= dishes)
            continue; // he has gone home
        if (++lost[dish] == 2) {
            table->verdict[dish] = POISON;
            table->seat[seat] = NONE;
        }
        good = (process[seat] = hire(table, seat, dishes, taste)) > 0 && good;
    }
    for (int dish = 0; dish < dishes; dish++)
        verdicts[dish] = table->verdict[dish];
    munmap(table, sizeof *table);
    return good;
}
