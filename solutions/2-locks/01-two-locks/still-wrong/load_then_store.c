// Still wrong: two atomic steps are not one; a deposit between them is overwritten.
// Caught by: explore

#include "two_locks.h"

#include <stdatomic.h>
#include <stdlib.h>

struct fund {
    atomic_long cents;
};

struct fund *fund_new(void)
{
    struct fund *fund = malloc(sizeof *fund);
    if (fund)
        atomic_init(&fund->cents, 0);
    return fund;
}

void fund_free(struct fund *fund)
{
    free(fund);
}

void fund_deposit(struct fund *fund, long cents)
{
    fund->cents = fund->cents + cents;
}

void fund_withdraw(struct fund *fund, long cents)
{
    fund->cents = fund->cents - cents;
}

long fund_balance(struct fund *fund)
{
    return fund->cents;
}
