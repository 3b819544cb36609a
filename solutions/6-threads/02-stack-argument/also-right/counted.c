// Also right: detached postmen; the outbox counts those on their way, and waits until none is.

#include "stack_argument.h"

#include <pthread.h>
#include <stdlib.h>

struct outbox {
    pthread_mutex_t lock;
    pthread_cond_t home;
    int out;
};

struct errand {
    struct outbox *outbox;
    struct letter letter;
};

struct outbox *outbox_new(int letters)
{
    (void)letters;
    struct outbox *outbox = malloc(sizeof *outbox);
    if (outbox) {
        pthread_mutex_init(&outbox->lock, NULL);
        pthread_cond_init(&outbox->home, NULL);
        outbox->out = 0;
    }
    return outbox;
}

static void *postman(void *argument)
{
    struct errand *errand = argument;
    struct outbox *outbox = errand->outbox;
    mail_connect();
    mail_deliver(&errand->letter);
    free(errand);
    pthread_mutex_lock(&outbox->lock);
    if (--outbox->out == 0)
        pthread_cond_signal(&outbox->home);
    pthread_mutex_unlock(&outbox->lock);
    return NULL;
}

void outbox_send(struct outbox *outbox, const struct letter *letter)
{
    struct errand *errand = malloc(sizeof *errand);
    if (!errand)
        abort();
    errand->outbox = outbox;
    errand->letter = *letter;
    pthread_mutex_lock(&outbox->lock);
    outbox->out++;
    pthread_mutex_unlock(&outbox->lock);
    pthread_t thread;
    pthread_create(&thread, NULL, postman, errand);
    pthread_detach(thread);
}

void outbox_free(struct outbox *outbox)
{
    pthread_mutex_lock(&outbox->lock);
    while (outbox->out > 0)
        pthread_cond_wait(&outbox->home, &outbox->lock);
    pthread_mutex_unlock(&outbox->lock);
    pthread_mutex_destroy(&outbox->lock);
    pthread_cond_destroy(&outbox->home);
    free(outbox);
}
