// Also right: a stream that writes each line as it ends, as one to a terminal does. Then there is
// never anything to copy.

#include "invitations.h"

#include <sys/wait.h>
#include <unistd.h>

// What a process is for: asks one guest, notes the answer, and ends with it.
static void ask(FILE *list, const char *guest)
{
    bool comes = guest_comes(guest);
    fprintf(list, "%s %s\n", guest, comes ? "comes" : "does not come");
    _exit(comes ? 1 : 0);
}

int invitations_send(FILE *list, const char *const *guests, int count)
{
    setvbuf(list, NULL, _IOLBF, BUFSIZ);
    for (int i = 0; i < count; i++) {
        fprintf(list, "invited: %s\n", guests[i]);
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
