#include "invitations.h"

#include <sys/wait.h>
#include <unistd.h>

// What a process is for: asks one guest, notes the answer, and ends with it.
static void ask(FILE *list, const char *guest)
{
    bool comes = guest_comes(guest);
    fprintf(list, "%s %s\n", guest, comes ? "comes" : "does not come");
    fflush(list);
    _exit(comes ? 1 : 0); // not exit: other streams are not this process's to flush
}

int invitations_send(FILE *list, const char *const *guests, int count)
{
    for (int i = 0; i < count; i++) {
        fprintf(list, "invited: %s\n", guests[i]);
        fflush(list); // or the new process has a copy of what is still to be written
        if (fork() == 0)
            ask(list, guests[i]);
    }
    int coming = 0;
    for (int i = 0; i < count; i++) {
        int status;
        wait(&status);
        coming += WEXITSTATUS(status);
    }
    return coming;
}
