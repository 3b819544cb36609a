// Looks once whether the gate is open: a wait may also end though nobody has signalled.
// explore: reported, wrong result

#include <pthread.h>
#include <stdbool.h>
#include <stddef.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t opened = PTHREAD_COND_INITIALIZER;
static bool open;

static void *open_gate(void *unused)
{
    pthread_mutex_lock(&lock);
    open = true;
    pthread_cond_signal(&opened);
    pthread_mutex_unlock(&lock);
    return unused;
}

int main(void)
{
    pthread_t thread;
    pthread_create(&thread, NULL, open_gate, NULL);
    pthread_mutex_lock(&lock);
    if (!open)
        pthread_cond_wait(&opened, &lock);
    bool passed_closed = !open;
    pthread_mutex_unlock(&lock);
    pthread_join(thread, NULL);
    return passed_closed;
}
