// Also right: a fixed row of locks, shared by all accounts; the one further left first, and a
// shared one only once.

#include "bank_transfer.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>

enum { STRIPES = 64 };

static pthread_mutex_t stripes[STRIPES]; // each guards the balances of its accounts
static pthread_once_t stripes_made = PTHREAD_ONCE_INIT;

struct account {
    int stripe;
    long balance;
};

static void make_stripes(void)
{
    for (int i = 0; i < STRIPES; i++)
        pthread_mutex_init(&stripes[i], NULL);
}

struct account *account_new(long balance)
{
    static atomic_uint accounts;
    struct account *account = malloc(sizeof *account);
    pthread_once(&stripes_made, make_stripes);
    if (account) {
        account->stripe = (int)(accounts++ % STRIPES);
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
    pthread_mutex_lock(&stripes[account->stripe]);
    long balance = account->balance;
    pthread_mutex_unlock(&stripes[account->stripe]);
    return balance;
}

bool account_transfer(struct account *from, struct account *to, long amount, transfer_check *check,
                      void *context)
{
    int left = from->stripe < to->stripe ? from->stripe : to->stripe;
    int right = from->stripe < to->stripe ? to->stripe : from->stripe;
    pthread_mutex_lock(&stripes[left]);
    if (right != left)
        pthread_mutex_lock(&stripes[right]);
    bool allowed = check(from->balance, to->balance, amount, context);
    if (allowed) {
        from->balance -= amount;
        to->balance += amount;
    }
    if (right != left)
        pthread_mutex_unlock(&stripes[right]);
    pthread_mutex_unlock(&stripes[left]);
    return allowed;
}
