// An outbox: letters go out in the background, while the caller attends to the next customer.
#pragma once

// The confirmation of an order.
struct letter {
    long customer;
    long order;
    long cents;
};

struct outbox;

// An outbox for at most that many letters, or NULL without memory. The caller frees it.
struct outbox *outbox_new(int letters);

// Sends a letter, which the caller may overwrite as soon as the call is over. Returns at once: it
// does not wait for the mail server. Letters go out side by side, each with its own connection.
void outbox_send(struct outbox *outbox, const struct letter *letter);

// Waits until all letters have been delivered, and frees the outbox.
void outbox_free(struct outbox *outbox);

// The mail server; main.c plays its part. A connection takes a while to come about.
void mail_connect(void);
void mail_deliver(const struct letter *letter);
