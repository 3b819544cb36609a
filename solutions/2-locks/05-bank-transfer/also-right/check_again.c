// Also right: no lock is held during the check; if a balance has changed by then, it is asked once
// more.

#include "bank_transfer.h"

#include <pthread.h>
#include <stdlib.h>

// Guards every balance, and is held for a moment only.
static pthread_mutex_t bank = PTHREAD_MUTEX_INITIALIZER;

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
    for (;;) {
        long seen_from = account_balance(from), seen_to = account_balance(to);
        if (!check(seen_from, seen_to, amount, context))
            return false;

        pthread_mutex_lock(&bank);
        bool unchanged = from->balance == seen_from && to->balance == seen_to;
        if (unchanged) {
            from->balance -= amount;
            to->balance += amount;
        }
        pthread_mutex_unlock(&bank);
        if (unchanged)
            return true;
    }
}
