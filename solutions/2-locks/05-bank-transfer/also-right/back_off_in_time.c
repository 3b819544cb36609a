// Also right: waits for the second account for a moment only, then lets go of the first and begins with
// the other one.

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

// A hundredth of a second from now.
static struct timespec soon(void)
{
    struct timespec time;
    clock_gettime(CLOCK_REALTIME, &time);
    time.tv_nsec += 10000000;
    if (time.tv_nsec >= 1000000000) {
        time.tv_nsec -= 1000000000;
        time.tv_sec++;
    }
    return time;
}

static void lock_both(struct account *one, struct account *other)
{
    for (;;) {
        pthread_mutex_lock(&one->lock);
        struct timespec until = soon();
        if (pthread_mutex_timedlock(&other->lock, &until) == 0)
            return;
        pthread_mutex_unlock(&one->lock);
        struct account *next = other;
        other = one;
        one = next;
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
