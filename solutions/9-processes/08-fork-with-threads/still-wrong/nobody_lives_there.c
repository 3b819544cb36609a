// Still wrong: nobody lives in the copy. It ends at once, and says that all is well.
// Caught by: native

#include "house.h"

#include <pthread.h>
#include <unistd.h>

static pthread_mutex_t door = PTHREAD_MUTEX_INITIALIZER;

bool bathroom_use(void (*inside)(void))
{
    pthread_mutex_lock(&door);
    inside();
    pthread_mutex_unlock(&door);
    return true;
}

pid_t house_copy(int (*life)(void))
{
    (void)life;
    pid_t copy = fork();
    if (copy == 0)
        _exit(0);
    return copy;
}
