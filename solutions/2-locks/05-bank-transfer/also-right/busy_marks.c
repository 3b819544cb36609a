// Also right: one lock for the bank, held for a moment, to mark both accounts busy in a single
// step; checking is done without it.

#include "bank_transfer.h"

#include <pthread.h>
#include <stdlib.h>

// Guards every `busy`, and is held only to look at them or to change them.
static pthread_mutex_t bank = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t idle_again = PTHREAD_COND_INITIALIZER;

struct account {
    bool busy; // a transfer is at work on it: balance is for that thread alone
    long balance;
};

struct account *account_new(long balance)
{
    struct account *account = malloc(sizeof *account);
    if (account) {
        account->busy = false;
        account->balance = balance;
    }
    return account;
}

void account_free(struct account *account)
{
    free(account);
}

long account_balance(struct account *account)
{
    pthread_mutex_lock(&bank);
    while (account->busy)
        pthread_cond_wait(&idle_again, &bank);
    long balance = account->balance;
    pthread_mutex_unlock(&bank);
    return balance;
}

// Waits until neither account is busy, then both are.
static void begin(struct account *one, struct account *other)
{
    pthread_mutex_lock(&bank);
    while (one->busy || other->busy)
        pthread_cond_wait(&idle_again, &bank);
    one->busy = other->busy = true;
    pthread_mutex_unlock(&bank);
}

static void end(struct account *one, struct account *other)
{
    pthread_mutex_lock(&bank);
    one->busy = other->busy = false;
    pthread_cond_broadcast(&idle_again);
    pthread_mutex_unlock(&bank);
}

bool account_transfer(struct account *from, struct account *to, long amount, transfer_check *check,
                      void *context)
{
    begin(from, to);
    bool allowed = check(from->balance, to->balance, amount, context);
    if (allowed) {
        from->balance -= amount;
        to->balance += amount;
    }
    end(from, to);
    return allowed;
}
