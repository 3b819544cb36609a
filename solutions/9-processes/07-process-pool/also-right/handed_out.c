// Also right: no memory is shared. The steward hands out one dish at a time, through a socket for each taster,
// and knows who has what. A socket that ends is a taster who is lost.

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

struct seat {
    pid_t process;
    int line; // to the taster; -1: nobody sits here
    int dish; // before him; -1: none
};

static _Noreturn void work(int line, int (*taste)(int dish))
{
    unsigned char dish, quality;
    while (recv(line, &dish, 1, 0) == 1) {
        quality = (unsigned char)taste(dish);
        if (send(line, &quality, 1, MSG_NOSIGNAL) != 1)
            break;
    }
    _exit(0);
}

static bool hire(struct seat *seats, int number, int (*taste)(int dish))
{
    int ends[2];
    if (socketpair(AF_UNIX, SOCK_STREAM, 0, ends) != 0)
        return false;
    pid_t process = fork();
    if (process == 0) {
        for (int i = 0; i < TASTERS_MOST; i++)
            if (seats[i].line >= 0)
                close(seats[i].line);
        close(ends[0]);
        work(ends[1], taste);
    }
    close(ends[1]);
    if (process < 0) {
        close(ends[0]);
        return false;
    }
    seats[number] = (struct seat){process, ends[0], -1};
    return true;
}

static void dismiss(struct seat *seat)
{
    close(seat->line);
    seat->line = -1;
    while (waitpid(seat->process, NULL, 0) < 0 && errno == EINTR)
        continue;
}

bool tasters_taste(int tasters, int dishes, int (*taste)(int dish), int *verdicts)
{
    struct seat seats[TASTERS_MOST];
    int lost[DISHES_MOST] = {0}, queue[2 * DISHES_MOST], first = 0, last = 0, open = dishes;
    bool good = true;
    for (int i = 0; i < TASTERS_MOST; i++)
        seats[i].line = -1;
    for (int i = 0; i < dishes; i++)
        queue[last++] = i;
    for (int i = 0; i < tasters && i < dishes; i++)
        good = hire(seats, i, taste) && good;
    while (open > 0 && good) {
        struct pollfd files[TASTERS_MOST];
        for (int i = 0; i < TASTERS_MOST; i++) {
            if (seats[i].line >= 0 && seats[i].dish < 0 && first < last) {
                unsigned char dish = (unsigned char)queue[first++];
                seats[i].dish = dish;
                send(seats[i].line, &dish, 1, MSG_NOSIGNAL);
            }
            files[i] = (struct pollfd){.fd = seats[i].line, .events = POLLIN};
        }
        if (poll(files, TASTERS_MOST, -1) < 0)
            continue;
        for (int i = 0; i < TASTERS_MOST; i++) {
            if (files[i].fd < 0 || files[i].revents == 0)
                continue;
            unsigned char quality;
            ssize_t got = recv(seats[i].line, &quality, 1, 0);
            int dish = seats[i].dish;
            if (got < 0 && errno == EINTR)
                continue;
            seats[i].dish = -1;
            if (got == 1) {
                verdicts[dish] = quality;
                open--;
                continue;
            }
            dismiss(&seats[i]);
            if (dish >= 0 && ++lost[dish] == 2) {
                verdicts[dish] = POISON;
                open--;
            } else if (dish >= 0) {
                queue[last++] = dish;
            }
            if (open > 0)
                good = hire(seats, i, taste) && good;
        }
    }
    for (int i = 0; i < TASTERS_MOST; i++)
        if (seats[i].line >= 0)
            dismiss(&seats[i]);
    return good;
}
