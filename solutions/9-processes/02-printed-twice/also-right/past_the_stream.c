// Also right: the child does not touch the stream: it writes its line to what is below it.

#include "invitations.h"

#include <sys/wait.h>
#include <unistd.h>

// What a process is for: asks one guest, notes the answer, and ends with it.
static void ask(FILE *list, const char *guest)
{
    bool comes = guest_comes(guest);
    char line[256];
    int size = snprintf(line, sizeof line, "%s %s\n", guest, comes ? "comes" : "does not come");
    _exit(write(fileno(list), line, (size_t)size) == size && comes ? 1 : 0);
}

int invitations_send(FILE *list, const char *const *guests, int count)
{
    for (int i = 0; i < count; i++) {
        fprintf(list, "invited: %s\n", guests[i]);
        fflush(list);
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
