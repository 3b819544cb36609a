// Still wrong: the list is written past its buffer, by way of a copy of its descriptor that stays
// open.
// Caught by: native

#include "invitations.h"

#include <sys/wait.h>
#include <unistd.h>

// What a process is for: asks one guest, notes the answer, and ends with it.
static void ask(int list, const char *guest)
{
    bool comes = guest_comes(guest);
    dprintf(list, "%s %s\n", guest, comes ? "comes" : "does not come");
    _exit(comes ? 1 : 0);
}

int invitations_send(FILE *list, const char *const *guests, int count)
{
    int copy = dup(fileno(list));
    for (int i = 0; i < count; i++) {
        dprintf(copy, "invited: %s\n", guests[i]);
        if (fork() == 0)
            ask(copy, guests[i]);
    }
    int coming = 0;
    for (int i = 0; i < count; i++) {
        int status;
        wait(&status);
        coming += WEXITSTATUS(status);
    }
    return coming;
}
