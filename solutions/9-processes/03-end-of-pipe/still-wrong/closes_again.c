// Still wrong: closes all chutes once more at the end; by then their numbers may be those of other
// things.
// Caught by: tsan, helgrind, native

#include "shift.h"

#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

struct worker {
    pid_t process;
    int chute; // the upper end, where letters are dropped
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
    int ends[2];
    if (pipe(ends) != 0)
        abort();
    pid_t process = fork();
    if (process == 0) {
        close(ends[1]); // the upper ends are not the worker's: neither his nor his colleagues'
        for (int i = 0; i < number; i++)
            close(shift->worker[i].chute);
        work(number, ends[0]);
    }
    close(ends[0]); // nor is the lower end the office's
    shift->worker[number] = (struct worker){.process = process, .chute = ends[1]};
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
}

void shift_send_home(struct shift *shift, int worker)
{
    close(shift->worker[worker].chute);
    waitpid(shift->worker[worker].process, NULL, 0);
}

void shift_free(struct shift *shift)
{
    for (int i = 0; shift && i < shift->workers; i++)
        close(shift->worker[i].chute);
    free(shift);
}
