// Two threads write one field of a struct on the heap.
// explore: reported, data race
// tsan: reported, data race
// helgrind: reported, data race
#include <pthread.h>
#include <stdlib.h>

struct tally {
    int head, value;
};

static void *add(void *argument)
{
    struct tally *tally = argument;
    tally->value += 2;
    return NULL;
}

int main(void)
{
    struct tally *tally = calloc(1, sizeof *tally);
    pthread_t one, other;
    pthread_create(&one, NULL, add, tally);
    pthread_create(&other, NULL, add, tally);
    pthread_join(one, NULL);
    pthread_join(other, NULL);
    int wrong = tally->value < 2;
    free(tally);
    return wrong;
}
