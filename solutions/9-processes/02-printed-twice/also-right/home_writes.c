// Also right: only one process writes. The others answer by their exit status, and _exit leaves the
// copies of the buffers alone.

#include "invitations.h"

#include <sys/wait.h>
#include <unistd.h>

int invitations_send(FILE *list, const char *const *guests, int count)
{
    pid_t processes[count];
    for (int i = 0; i < count; i++) {
        fprintf(list, "invited: %s\n", guests[i]);
        processes[i] = fork();
        if (processes[i] == 0)
            _exit(guest_comes(guests[i]) ? 1 : 0);
    }
    int coming = 0;
    for (int i = 0; i < count; i++) {
        int status;
        waitpid(processes[i], &status, 0);
        bool comes = WEXITSTATUS(status) == 1;
        fprintf(list, "%s %s\n", guests[i], comes ? "comes" : "does not come");
        coming += comes;
    }
    return coming;
}
