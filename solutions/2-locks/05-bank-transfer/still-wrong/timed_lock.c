// Still wrong: the deadlock still comes; it ends after a second, with a transfer that was not made.
// Caught by: explore

#include "bank_transfer.h"

#include <pthread.h>
#include <stdlib.h>
#include <time.h>

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
    struct timespec until;
    clock_gettime(CLOCK_REALTIME, &until);
    until.tv_sec += 1;
    pthread_mutex_lock(&from->lock);
    if (pthread_mutex_timedlock(&to->lock, &until) != 0) {
        pthread_mutex_unlock(&from->lock);
        return false;
    }
    bool allowed = check(from->balance, to->balance, amount, context);
    if (allowed) {
        from->balance -= amount;
        to->balance += amount;
    }
    pthread_mutex_unlock(&to->lock);
    pthread_mutex_unlock(&from->lock);
    return allowed;
}
