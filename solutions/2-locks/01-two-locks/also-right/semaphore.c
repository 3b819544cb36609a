// Also right: a token in a bowl, here a semaphore with one permit; no token, no access.

#include "two_locks.h"

#include <semaphore.h>
#include <stdlib.h>

struct fund {
    sem_t token; // whoever holds it may touch cents
    long cents;
};

struct fund *fund_new(void)
{
    struct fund *fund = malloc(sizeof *fund);
    if (fund) {
        sem_init(&fund->token, 0, 1);
        fund->cents = 0;
    }
    return fund;
}

void fund_free(struct fund *fund)
{
    if (fund)
        sem_destroy(&fund->token);
    free(fund);
}

void fund_deposit(struct fund *fund, long cents)
{
    sem_wait(&fund->token);
    fund->cents += cents;
    sem_post(&fund->token);
}

void fund_withdraw(struct fund *fund, long cents)
{
    sem_wait(&fund->token);
    fund->cents -= cents;
    sem_post(&fund->token);
}

long fund_balance(struct fund *fund)
{
    sem_wait(&fund->token);
    long cents = fund->cents;
    sem_post(&fund->token);
    return cents;
}
