// Still wrong: one lock for the whole bank cannot be taken in a wrong order, but while one transfer
// is checked the whole bank waits.
// Caught by: explore, tsan, helgrind, native

#include "bank_transfer.h"

#include <pthread.h>
#include <stdlib.h>

static pthread_mutex_t bank = PTHREAD_MUTEX_INITIALIZER; // guards every balance

struct account {
    long balance;
};

struct account *account_new(long balance)
{
    struct account *account = malloc(sizeof *account);
    if (account)
        account->balance = balance;
    return account;
}

void account_free(struct account *account)
{
    free(account);
}

long account_balance(struct account *account)
{
    pthread_mutex_lock(&bank);
    long balance = account->balance;
    pthread_mutex_unlock(&bank);
    return balance;
}

bool account_transfer(struct account *from, struct account *to, long amount, transfer_check *check,
                      void *context)
{
    pthread_mutex_lock(&bank);
    bool allowed = check(from->balance, to->balance, amount, context);
    if (allowed) {
        from->balance -= amount;
        to->balance += amount;
    }
    pthread_mutex_unlock(&bank);
    return allowed;
}
