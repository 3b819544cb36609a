// Still wrong: no chute, and a process for each letter. A worker has a process of its own, for all its
// letters.
// Caught by: native

#include "shift.h"

#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

struct shift {
    int workers;
};

struct shift *shift_open(int workers)
{
    struct shift *shift = malloc(sizeof *shift);
    if (shift)
        shift->workers = workers;
    return shift;
}

void shift_give(struct shift *shift, int worker, int letter)
{
    (void)shift;
    pid_t process = fork();
    if (process == 0) {
        letter_sort(worker, letter);
        _exit(0);
    }
    waitpid(process, NULL, 0);
}

void shift_send_home(struct shift *shift, int worker)
{
    (void)shift, (void)worker;
}

void shift_free(struct shift *shift)
{
    free(shift);
}
