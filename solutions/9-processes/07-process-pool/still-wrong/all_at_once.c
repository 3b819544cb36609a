// Still wrong: a process for each dish, all at the same time. So many tasters nobody has asked for: a pool is
// a limit, too.
// Caught by: native

#include "tasters.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

struct job {
    pid_t process;
    int end, dish;
};

static bool begin(struct job *job, int dish, int (*taste)(int dish))
{
    int ends[2];
    if (pipe(ends) != 0)
        return false;
    pid_t process = fork();
    if (process == 0) {
        close(ends[0]);
        unsigned char quality = (unsigned char)taste(dish);
        (void)!write(ends[1], &quality, 1);
        _exit(0);
    }
    close(ends[1]);
    if (process < 0) {
        close(ends[0]);
        return false;
    }
    *job = (struct job){process, ends[0], dish};
    return true;
}

static int finish(struct job *job)
{
    unsigned char quality;
    ssize_t got;
    while ((got = read(job->end, &quality, 1)) < 0 && errno == EINTR)
        continue;
    close(job->end);
    while (waitpid(job->process, NULL, 0) < 0 && errno == EINTR)
        continue;
    return got == 1 ? quality : -1;
}

bool tasters_taste(int tasters, int dishes, int (*taste)(int dish), int *verdicts)
{
    struct job jobs[DISHES_MOST];
    int under_way = 0, next = 0, done = 0;
    bool again[DISHES_MOST] = {false}, good = true;
    while (done < dishes && good) {
        while (next < dishes && good) {
            good = begin(&jobs[under_way], next, taste);
            under_way += good;
            next += good;
        }
        struct pollfd files[DISHES_MOST];
        for (int i = 0; i < under_way; i++)
            files[i] = (struct pollfd){.fd = jobs[i].end, .events = POLLIN};
        if (!good || poll(files, (nfds_t)under_way, -1) < 0)
            continue;
        for (int i = under_way - 1; i >= 0; i--) {
            if (files[i].revents == 0)
                continue;
            int dish = jobs[i].dish, verdict = finish(&jobs[i]);
            if (verdict < 0 && !again[dish]) {
                again[dish] = true;
                if ((good = begin(&jobs[i], dish, taste)))
                    continue;
            } else {
                verdicts[dish] = verdict;
                done++;
            }
            jobs[i] = jobs[--under_way];
        }
    }
    while (under_way > 0)
        finish(&jobs[--under_way]);
    return good;
}
