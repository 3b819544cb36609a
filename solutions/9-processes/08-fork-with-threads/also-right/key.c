// Also right: a semaphore of one, as a key. It belongs to nobody, so it does not matter who lives in the copy.

#include "house.h"

#include <pthread.h>
#include <semaphore.h>
#include <unistd.h>

static sem_t key; // of which there is one; who has it is alone with water_runs
static bool water_runs;

static pthread_once_t once = PTHREAD_ONCE_INIT;

static void make_key(void)
{
    sem_init(&key, 0, 1);
}

static void take_key(void)
{
    pthread_once(&once, make_key);
    sem_wait(&key);
}

bool bathroom_use(void (*inside)(void))
{
    take_key();
    bool in_order = !water_runs;
    if (in_order) {
        water_runs = true;
        inside();
        water_runs = false;
    }
    sem_post(&key);
    return in_order;
}

// Has the key meanwhile: so nobody is inside, and the key is copied in the right hand.
pid_t house_copy(int (*life)(void))
{
    take_key();
    pid_t copy = fork();
    sem_post(&key); // in both houses
    if (copy == 0)
        _exit(life());
    return copy;
}
