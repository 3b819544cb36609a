// All primes up to a limit, searched for by several threads.
#pragma once

#include <stdbool.h>

struct primes;

// Finds each prime among 1 ... limit once, in any order; NULL without memory. The caller frees it.
// As many threads as there are workers share the search: with a limit of 100 or more, at least two
// of them test numbers at the same time.
struct primes *primes_find(long limit, int workers);
void primes_free(struct primes *primes);

// How many were found, and the one at `index` (from 0).
long primes_count(const struct primes *primes);
long primes_at(const struct primes *primes, long index);

// Whether a number is prime. This is the slow part; main.c does it.
bool is_prime(long number);
