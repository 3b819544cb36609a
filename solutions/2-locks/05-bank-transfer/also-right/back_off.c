// Also right: whoever has one account and finds the other one busy lets go of the first and starts again.

#include "bank_transfer.h"

#include <pthread.h>
#include <sched.h>
#include <stdlib.h>

struct account {
    pthread_mutex_t lock; // guards balance
    long balance;
};

struct account *account_new(long balance)
{
    struct account *account = malloc(sizeof *account);
    if (account) {
        pthread_mutex_init(&account->lock, NULL);
        account->balance = balance;
    }
    return account;
}

void account_free(struct account *account)
{
    if (account)
        pthread_mutex_destroy(&account->lock);
    free(account);
}

long account_balance(struct account *account)
{
    pthread_mutex_lock(&account->lock);
    long balance = account->balance;
    pthread_mutex_unlock(&account->lock);
    return balance;
}

static void lock_both(struct account *one, struct account *other)
{
    pthread_mutex_lock(&one->lock);
    while (pthread_mutex_trylock(&other->lock) != 0) {
        pthread_mutex_unlock(&one->lock);
        sched_yield();
        pthread_mutex_lock(&one->lock);
    }
}

bool account_transfer(struct account *from, struct account *to, long amount, transfer_check *check,
                      void *context)
{
    lock_both(from, to);
    bool allowed = check(from->balance, to->balance, amount, context);
    if (allowed) {
        from->balance -= amount;
        to->balance += amount;
    }
    pthread_mutex_unlock(&to->lock);
    pthread_mutex_unlock(&from->lock);
    return allowed;
}
