// The account of a shop, `rounds` days long: a customer pays, thinks better of it and gets the money
// back, while the bank adds the day's interest. Nothing is ever left of it but interest on what was
// there before, or on what was there for a moment.

#include "savings.h"

#include <racelings/rendezvous.h>

#include <pthread.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>

enum { IN_IT = 100000, PRICE = 10000, PERCENT = 10, LONG_MS = 10000 };

static struct savings **savings; // one account for each day
static long rounds;

static struct rendezvous morning = RENDEZVOUS(2);
static struct rendezvous evening = RENDEZVOUS(2);

static void *customer(void *unused)
{
    for (long day = 0; day < rounds; day++) {
        rendezvous_meet(&morning, LONG_MS);
        savings_pay_in(savings[day], PRICE);
        savings_take_out(savings[day], PRICE);
        rendezvous_meet(&evening, LONG_MS);
    }
    return unused;
}

// Whether the interest is that on a balance that there was.
static bool is_right(long balance)
{
    long without = IN_IT * PERCENT / 100, with = (IN_IT + PRICE) * PERCENT / 100;
    return balance == IN_IT + without || balance == IN_IT + with;
}

static void open_accounts(void)
{
    savings = calloc((size_t)rounds, sizeof(struct savings *));
    for (long day = 0; day < rounds; day++) {
        savings[day] = savings_new();
        savings_pay_in(savings[day], IN_IT);
    }
}

// Returns on how many days it came out right; `*wrong` is a balance of one of the others.
static long close_accounts(long *wrong)
{
    long right = 0;
    for (long day = 0; day < rounds; day++) {
        long balance = savings_balance(savings[day]);
        if (is_right(balance))
            right++;
        else
            *wrong = balance;
        savings_free(savings[day]);
    }
    free(savings);
    return right;
}

int main(int argc, char **argv)
{
    rounds = argc > 1 ? atol(argv[1]) : 1000;
    open_accounts();
    pthread_t thread;
    pthread_create(&thread, NULL, customer, NULL);
    for (long day = 0; day < rounds; day++) {
        rendezvous_meet(&morning, LONG_MS);
        savings_add_interest(savings[day], PERCENT);
        rendezvous_meet(&evening, LONG_MS);
    }
    pthread_join(thread, NULL);

    long wrong = 0, right = close_accounts(&wrong);
    printf("want: %ld right days, got: %ld", rounds, right);
    if (right < rounds)
        printf("; one of the others ended with %ld", wrong);
    printf("\n");
    return right == rounds ? 0 : 1;
}
