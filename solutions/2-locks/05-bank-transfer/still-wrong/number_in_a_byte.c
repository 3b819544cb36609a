// Still wrong: locks in the order of numbers, which have eight bits: the 257th account has the
// number of the first.
// Caught by: explore

#include "bank_transfer.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>

struct account {
    unsigned char number; // of the account, never changes; locks are taken in its order
    pthread_mutex_t lock; // guards balance
    long balance;
};

struct account *account_new(long balance)
{
    static atomic_long accounts;
    struct account *account = malloc(sizeof *account);
    if (account) {
        account->number = ++accounts;
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
    struct account *first = from->number < to->number ? from : to;
    struct account *second = first == from ? to : from;
    pthread_mutex_lock(&first->lock);
    pthread_mutex_lock(&second->lock);
    bool allowed = check(from->balance, to->balance, amount, context);
    if (allowed) {
        from->balance -= amount;
        to->balance += amount;
    }
    pthread_mutex_unlock(&second->lock);
    pthread_mutex_unlock(&first->lock);
    return allowed;
}
