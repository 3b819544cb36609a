// Also right: the worker is told how many letters there were, by a second kind of message. It goes
// home when it has sorted so many.

#include "shift.h"

#include <stdbool.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

struct message {
    bool is_count; // of all letters; otherwise `number` is one
    int number;
};

struct worker {
    pid_t process;
    int given; // so many letters
    int chute; // the upper end, where letters are dropped
};

struct shift {
    int workers;
    struct worker worker[];
};

// What a worker does: sorts letters until the chute's end.
static void work(int number, int chute)
{
    struct message message;
    int sorted = 0, all = -1; // so many; not known yet
    while (sorted != all && read(chute, &message, sizeof message) == sizeof message) {
        if (message.is_count) {
            all = message.number;
            continue;
        }
        letter_sort(number, message.number);
        sorted++;
    }
    _exit(0);
}

static void hire(struct shift *shift, int number)
{
    int ends[2];
    if (pipe(ends) != 0)
        abort();
    pid_t process = fork();
    if (process == 0) {
        close(ends[1]); // the upper end is not the worker's
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

static void drop(const struct worker *worker, bool is_count, int number)
{
    struct message message = {.is_count = is_count, .number = number};
    if (write(worker->chute, &message, sizeof message) != sizeof message)
        abort();
}

void shift_give(struct shift *shift, int worker, int letter)
{
    drop(&shift->worker[worker], false, letter);
    shift->worker[worker].given++;
}

void shift_send_home(struct shift *shift, int worker)
{
    drop(&shift->worker[worker], true, shift->worker[worker].given);
    close(shift->worker[worker].chute);
    waitpid(shift->worker[worker].process, NULL, 0);
}

void shift_free(struct shift *shift)
{
    free(shift);
}
