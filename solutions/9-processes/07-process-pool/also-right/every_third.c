// Also right: each taster has every third dish, if there are three, and his successor goes on where he was
// lost. Nobody takes what another one might.

#include "tasters.h"

#include <stdatomic.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

// Taster number t has the dishes t, t + tasters, t + 2 * tasters ... and so have those who come after him.
struct hall {
    atomic_int next[TASTERS_MOST]; // the dish before him
    atomic_int verdicts[DISHES_MOST];
};

static pid_t send_in(struct hall *hall, int number, int tasters, int dishes, int (*taste)(int dish))
{
    pid_t process = fork();
    if (process != 0)
        return process;
    for (int dish; (dish = hall->next[number]) < dishes; hall->next[number] = dish + tasters)
        hall->verdicts[dish] = taste(dish);
    _exit(0);
}

bool tasters_taste(int tasters, int dishes, int (*taste)(int dish), int *verdicts)
{
    struct hall *hall =
        mmap(NULL, sizeof *hall, PROT_READ | PROT_WRITE, MAP_ANONYMOUS | MAP_SHARED, -1, 0);
    if (hall == MAP_FAILED)
        return false;
    pid_t processes[TASTERS_MOST];
    bool lost_before[DISHES_MOST] = {false}, good = true;
    for (int i = 0; i < dishes; i++)
        hall->verdicts[i] = -2;
    for (int i = 0; i < tasters; i++) {
        hall->next[i] = i;
        processes[i] = send_in(hall, i, tasters, dishes, taste);
        good = good && processes[i] > 0;
    }
    for (pid_t gone; (gone = waitpid(-1, NULL, 0)) > 0;)
        for (int i = 0; i < tasters; i++) {
            int dish = hall->next[i];
            if (processes[i] != gone || dish >= dishes)
                continue;
            if (hall->verdicts[dish] == -2 && lost_before[dish])
                hall->verdicts[dish] = POISON;
            lost_before[dish] = true;
            if (hall->verdicts[dish] != -2)
                hall->next[i] = dish + tasters;
            processes[i] = send_in(hall, i, tasters, dishes, taste);
            good = good && processes[i] > 0;
        }
    for (int i = 0; i < dishes; i++)
        verdicts[i] = hall->verdicts[i];
    munmap(hall, sizeof *hall);
    return good;
}
