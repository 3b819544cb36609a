// Accounts, and transfers between them.
#pragma once

#include <stdbool.h>

struct account;

// An account with so much on it, or NULL without memory. The caller frees it.
struct account *account_new(long balance);
void account_free(struct account *account);

// What is on it.
long account_balance(struct account *account);

// Says whether a transfer may be made while the two accounts have these balances.
typedef bool transfer_check(long from_balance, long to_balance, long amount, void *context);

// Moves `amount` from one account to another one, and returns true, if `check` says yes. When the
// money moves, the accounts have the balances that `check` said yes to. However transfers cross
// each other, each of them ends. Checking may take long: meanwhile only those wait who want one of
// these two accounts, or one that somebody who waits wants. (Of very many accounts, a few may be
// kept together like one.)
bool account_transfer(struct account *from, struct account *to, long amount, transfer_check *check,
                      void *context);
