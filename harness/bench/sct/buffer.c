// A circular buffer: sender and receiver each change the count by reading it and writing it back,
// so that one of two changes can be lost; then a letter is read that was never written, or is read
// twice.

#include <assert.h>
#include <pthread.h>
#include <stdatomic.h>

enum { ROOM = 4, LETTERS = 6, TRIES = 12 };

static atomic_int letters[ROOM], count;

static void *send(void *unused)
{
    int next = 0;
    for (int i = 0; i < TRIES && next < LETTERS; i++) {
        if (count == ROOM)
            continue;
        letters[next % ROOM] = next;
        next++;
        count = count + 1;
    }
    return unused;
}

static void *receive(void *unused)
{
    int next = 0;
    for (int i = 0; i < TRIES && next < LETTERS; i++) {
        if (count == 0)
            continue;
        int letter = letters[next % ROOM];
        assert(letter == next);
        next++;
        count = count - 1;
    }
    return unused;
}

int main(void)
{
    pthread_t sender, receiver;
    pthread_create(&sender, NULL, send, NULL);
    pthread_create(&receiver, NULL, receive, NULL);
    pthread_join(sender, NULL);
    pthread_join(receiver, NULL);
    return 0;
}
