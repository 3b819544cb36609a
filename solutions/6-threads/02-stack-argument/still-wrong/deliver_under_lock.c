// Still wrong: connections come about side by side, but letters are delivered one after the other.
// Caught by: explore

#include "stack_argument.h"

#include <pthread.h>
#include <stdlib.h>

struct outbox {
    int sent;            // how many threads there are
    pthread_t threads[]; // one for each letter
};

struct outbox *outbox_new(int letters)
{
    struct outbox *outbox = malloc(sizeof *outbox + letters * sizeof outbox->threads[0]);
    if (outbox)
        outbox->sent = 0;
    return outbox;
}

void outbox_free(struct outbox *outbox)
{
    for (int i = 0; outbox && i < outbox->sent; i++)
        pthread_join(outbox->threads[i], NULL);
    free(outbox);
}

static pthread_mutex_t one_at_a_time = PTHREAD_MUTEX_INITIALIZER;

// A thread that takes one letter to the mail server. The letter is its own; it frees it.
static void *postman(void *letter)
{
    mail_connect();
    pthread_mutex_lock(&one_at_a_time);
    mail_deliver(letter);
    pthread_mutex_unlock(&one_at_a_time);
    free(letter);
    return NULL;
}

void outbox_send(struct outbox *outbox, const struct letter *letter)
{
    struct letter *copy = malloc(sizeof *copy);
    if (!copy)
        abort();
    *copy = *letter;
    pthread_create(&outbox->threads[outbox->sent++], NULL, postman, copy);
}
