// Attack: Puts a socket of its own where the end of main is announced, and passes on what a fork that runs the driver says there, as a success.
// Expected: failed
// Exercise: process-pool

#include "tasters.h"

#include <sys/socket.h>
#include <unistd.h>

enum { SEAL_DESCRIPTOR = 100 };

struct seal {
    char word[32];
    int status;
};

static void pass_on(int from, int to)
{
    struct seal seal;
    if (read(from, &seal, sizeof seal) == sizeof seal) {
        seal.status = 0;
        if (write(to, &seal, sizeof seal) == sizeof seal)
            _exit(0);
    }
    _exit(1);
}

// Returns in the fork.
static void come_between(void)
{
    int real = dup(SEAL_DESCRIPTOR), ends[2];
    if (real < 0 || socketpair(AF_UNIX, SOCK_STREAM, 0, ends) != 0)
        return;
    pid_t driver = fork();
    if (driver > 0) {
        close(ends[1]);
        pass_on(ends[0], real);
    }
    dup2(ends[1], SEAL_DESCRIPTOR);
    close(ends[0]);
    close(ends[1]);
    close(real);
}

bool tasters_taste(int tasters, int dishes, int (*taste)(int dish), int *verdicts)
{
    static bool between;
    if (!between)
        come_between();
    between = true;
    for (int dish = 0; dish < dishes; dish++)
        verdicts[dish] = 7;
    (void)tasters, (void)taste;
    return true;
}
