// Still wrong: never holds two locks, and moves the money on the strength of balances that were
// true a while ago.
// Caught by: explore

#include "bank_transfer.h"

#include <pthread.h>
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

bool account_transfer(struct account *from, struct account *to, long amount, transfer_check *check,
                      void *context)
{
    if (!check(account_balance(from), account_balance(to), amount, context))
        return false;

    pthread_mutex_lock(&from->lock);
    from->balance -= amount;
    pthread_mutex_unlock(&from->lock);

    pthread_mutex_lock(&to->lock);
    to->balance += amount;
    pthread_mutex_unlock(&to->lock);
    return true;
}
