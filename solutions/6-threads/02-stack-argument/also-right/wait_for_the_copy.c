// Also right: the caller's letter stays until the thread has its copy, which takes no connection.

#include "stack_argument.h"

#include <pthread.h>
#include <semaphore.h>
#include <stdlib.h>

struct outbox {
    sem_t copied;        // posted when the postman has his own copy of the letter
    int sent;            // how many threads there are
    pthread_t threads[]; // one for each letter
};

// What a postman is given. The sender waits with it until the postman has his own copy.
struct errand {
    const struct letter *letter;
    struct outbox *outbox;
};

struct outbox *outbox_new(int letters)
{
    struct outbox *outbox = malloc(sizeof *outbox + letters * sizeof outbox->threads[0]);
    if (outbox) {
        sem_init(&outbox->copied, 0, 0);
        outbox->sent = 0;
    }
    return outbox;
}

void outbox_free(struct outbox *outbox)
{
    for (int i = 0; outbox && i < outbox->sent; i++)
        pthread_join(outbox->threads[i], NULL);
    if (outbox)
        sem_destroy(&outbox->copied);
    free(outbox);
}

// A thread that takes one letter to the mail server.
static void *postman(void *argument)
{
    const struct errand *errand = argument;
    struct letter letter = *errand->letter;
    sem_post(&errand->outbox->copied);
    mail_connect();
    mail_deliver(&letter);
    return NULL;
}

void outbox_send(struct outbox *outbox, const struct letter *letter)
{
    struct errand errand = {letter, outbox};
    pthread_create(&outbox->threads[outbox->sent++], NULL, postman, &errand);
    sem_wait(&outbox->copied);
}
