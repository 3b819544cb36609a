// What is made by clone is no thread to any tool.
// tsan: abstains; cannot follow clone
// helgrind: abstains; cannot follow clone
// explore: abstains; cannot follow clone
// native: clean

#define _GNU_SOURCE
#include <sched.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/wait.h>

enum { STACK = 64 << 10 };

static int set(void *number)
{
    *(int *)number = 42;
    return 0;
}

int main(void)
{
    int number = 0;
    char *stack = malloc(STACK);
    if (!stack)
        return 2;
    int child = clone(set, stack + STACK, CLONE_VM | SIGCHLD, &number);
    waitpid(child, NULL, 0);
    free(stack);
    return number != 42;
}
