// Also right: makes all chutes first, so that each worker finds the same ones, and closes all but
// its own lower end.

#include "shift.h"

#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

struct worker {
    pid_t process;
    int lower, chute; // the ends; letters are dropped into the chute
};

struct shift {
    int workers;
    struct worker worker[];
};

// What a worker does: sorts letters until the chute's end.
static void work(int number, int chute)
{
    int letter;
    while (read(chute, &letter, sizeof letter) == sizeof letter)
        letter_sort(number, letter);
    _exit(0);
}

static void hire(struct shift *shift, int number)
{
    pid_t process = fork();
    if (process == 0) {
        for (int i = 0; i < shift->workers; i++) {
            close(shift->worker[i].chute);
            if (i != number)
                close(shift->worker[i].lower);
        }
        work(number, shift->worker[number].lower);
    }
    shift->worker[number].process = process;
}

static void make_chute(struct worker *worker)
{
    int ends[2];
    if (pipe(ends) != 0)
        abort();
    worker->lower = ends[0];
    worker->chute = ends[1];
}

struct shift *shift_open(int workers)
{
    struct shift *shift = malloc(sizeof *shift + (size_t)workers * sizeof(struct worker));
    if (!shift)
        return NULL;
    shift->workers = workers;
    for (int i = 0; i < workers; i++)
        make_chute(&shift->worker[i]);
    for (int i = 0; i < workers; i++)
        hire(shift, i);
    for (int i = 0; i < workers; i++)
        close(shift->worker[i].lower);
    return shift;
}

void shift_give(struct shift *shift, int worker, int letter)
{
    if (write(shift->worker[worker].chute, &letter, sizeof letter) != sizeof letter)
        abort();
}

void shift_send_home(struct shift *shift, int worker)
{
    close(shift->worker[worker].chute);
    waitpid(shift->worker[worker].process, NULL, 0);
}

void shift_free(struct shift *shift)
{
    free(shift);
}
