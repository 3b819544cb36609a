// Also right: letters lie on a common pile; a postman takes the top one, under the lock.

#include "stack_argument.h"

#include <pthread.h>
#include <stdlib.h>

struct pile {
    struct letter letter;
    struct pile *below;
};

struct outbox {
    pthread_mutex_t lock; // guards top
    struct pile *top;
    int sent;             // how many threads there are
    pthread_t threads[];  // one for each letter
};

struct outbox *outbox_new(int letters)
{
    struct outbox *outbox = malloc(sizeof *outbox + letters * sizeof outbox->threads[0]);
    if (outbox) {
        pthread_mutex_init(&outbox->lock, NULL);
        outbox->top = NULL;
        outbox->sent = 0;
    }
    return outbox;
}

void outbox_free(struct outbox *outbox)
{
    for (int i = 0; outbox && i < outbox->sent; i++)
        pthread_join(outbox->threads[i], NULL);
    if (outbox)
        pthread_mutex_destroy(&outbox->lock);
    free(outbox);
}

// A thread that takes one letter to the mail server.
static void *postman(void *argument)
{
    struct outbox *outbox = argument;
    pthread_mutex_lock(&outbox->lock);
    struct pile *taken = outbox->top;
    outbox->top = taken->below;
    pthread_mutex_unlock(&outbox->lock);

    mail_connect();
    mail_deliver(&taken->letter);
    free(taken);
    return NULL;
}

void outbox_send(struct outbox *outbox, const struct letter *letter)
{
    struct pile *added = malloc(sizeof *added);
    if (!added)
        abort();
    pthread_mutex_lock(&outbox->lock);
    *added = (struct pile){*letter, outbox->top};
    outbox->top = added;
    pthread_mutex_unlock(&outbox->lock);
    pthread_create(&outbox->threads[outbox->sent++], NULL, postman, outbox);
}
