// Also right: the same wait, with a condition variable that lives in the outbox.

#include "stack_argument.h"

#include <pthread.h>
#include <stdbool.h>
#include <stdlib.h>

struct outbox {
    pthread_mutex_t lock; // guards copied
    pthread_cond_t changed;
    bool copied;          // the postman has his own copy of the letter
    int sent;             // how many threads there are
    pthread_t threads[];  // one for each letter
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
        pthread_mutex_init(&outbox->lock, NULL);
        pthread_cond_init(&outbox->changed, NULL);
        outbox->sent = 0;
    }
    return outbox;
}

void outbox_free(struct outbox *outbox)
{
    for (int i = 0; outbox && i < outbox->sent; i++)
        pthread_join(outbox->threads[i], NULL);
    if (outbox) {
        pthread_cond_destroy(&outbox->changed);
        pthread_mutex_destroy(&outbox->lock);
    }
    free(outbox);
}

// A thread that takes one letter to the mail server.
static void *postman(void *argument)
{
    struct outbox *outbox = ((const struct errand *)argument)->outbox;
    pthread_mutex_lock(&outbox->lock);
    struct letter letter = *((const struct errand *)argument)->letter;
    outbox->copied = true;
    pthread_cond_signal(&outbox->changed);
    pthread_mutex_unlock(&outbox->lock);

    mail_connect();
    mail_deliver(&letter);
    return NULL;
}

void outbox_send(struct outbox *outbox, const struct letter *letter)
{
    struct errand errand = {letter, outbox};
    pthread_mutex_lock(&outbox->lock);
    outbox->copied = false;
    pthread_create(&outbox->threads[outbox->sent++], NULL, postman, &errand);
    while (!outbox->copied)
        pthread_cond_wait(&outbox->changed, &outbox->lock);
    pthread_mutex_unlock(&outbox->lock);
}
