// Also right: each letter is acknowledged. When that has been done for all of them, the worker has nothing
// to lose, and a signal sends him home.

#include "shift.h"

#include <signal.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

struct worker {
    pid_t process;
    int chute;     // where letters are dropped
    int receipts;  // where a byte comes out for each letter that is sorted
    long unsorted; // letters, as far as the office knows
};

struct shift {
    int workers;
    struct worker worker[];
};

static void work(int number, int chute, int receipts)
{
    int letter;
    while (read(chute, &letter, sizeof letter) == sizeof letter) {
        letter_sort(number, letter);
        if (write(receipts, "", 1) != 1)
            break;
    }
    _exit(0);
}

static void hire(struct shift *shift, int number)
{
    int down[2], up[2];
    if (pipe(down) != 0 || pipe(up) != 0)
        abort();
    pid_t process = fork();
    if (process == 0)
        work(number, down[0], up[1]);
    close(down[0]);
    close(up[1]);
    shift->worker[number] = (struct worker){process, down[1], up[0], 0};
}

struct shift *shift_open(int workers)
{
    struct shift *shift = malloc(sizeof *shift + (size_t)workers * sizeof(struct worker));
    if (!shift)
        return NULL;
    shift->workers = workers;
    for (int i = 0; i < workers; i++)
        hire(shift, i);
    return shift;
}

void shift_give(struct shift *shift, int worker, int letter)
{
    if (write(shift->worker[worker].chute, &letter, sizeof letter) != sizeof letter)
        abort();
    shift->worker[worker].unsorted++;
}

void shift_send_home(struct shift *shift, int number)
{
    struct worker *worker = &shift->worker[number];
    char receipt;
    while (worker->unsorted > 0 && read(worker->receipts, &receipt, 1) == 1)
        worker->unsorted--;
    kill(worker->process, SIGTERM);
    waitpid(worker->process, NULL, 0);
    close(worker->chute);
    close(worker->receipts);
}

void shift_free(struct shift *shift)
{
    free(shift);
}
