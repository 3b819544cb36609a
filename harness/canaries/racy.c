// Two threads write one variable and nothing orders them: every detector must report it, every
// time.

#include <pthread.h>
#include <stddef.h>

static int shared;

static void *write_shared(void *argument)
{
    shared = 1;
    return argument;
}

int main(void)
{
    pthread_t one, other;
    pthread_create(&one, NULL, write_shared, NULL);
    pthread_create(&other, NULL, write_shared, NULL);
    pthread_join(one, NULL);
    pthread_join(other, NULL);
    return shared == 1 ? 0 : 1; // read, or the compiler would leave the writes out
}
