// Also right: the same order with the mutexes of C11, and the pair of locks in a function of its
// own.

#include "bank_transfer.h"

#include <stdint.h>
#include <stdlib.h>
#include <threads.h>

struct account {
    mtx_t lock; // guards balance
    long balance;
};

struct account *account_new(long balance)
{
    struct account *account = malloc(sizeof *account);
    if (account) {
        mtx_init(&account->lock, mtx_plain);
        account->balance = balance;
    }
    return account;
}

void account_free(struct account *account)
{
    if (account)
        mtx_destroy(&account->lock);
    free(account);
}

long account_balance(struct account *account)
{
    mtx_lock(&account->lock);
    long balance = account->balance;
    mtx_unlock(&account->lock);
    return balance;
}

// The order is that of the addresses. Letting go needs no order.
static void lock_both(struct account *one, struct account *other)
{
    if ((uintptr_t)one > (uintptr_t)other) {
        lock_both(other, one);
        return;
    }
    mtx_lock(&one->lock);
    mtx_lock(&other->lock);
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
    mtx_unlock(&from->lock);
    mtx_unlock(&to->lock);
    return allowed;
}
