// A weather station publishes `rounds` forecasts, three readers look at them: each reader once
// while a new forecast is being put up, and once after.

#include "publish.h"

#include <pthread.h>
#include <racelings/rendezvous.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>

enum { READERS = 3, MEETING_MS = 10000 };

static struct board *board;
static long rounds;
static long right[READERS]; // good looks of each reader
// Meetings order nothing as far as the judges can see: that is the board's business.
static struct rendezvous going_up = RENDEZVOUS(READERS + 1), is_up = RENDEZVOUS(READERS + 1);

static struct forecast make_forecast(long number)
{
    return (struct forecast){number, 10 * number, 100 * number};
}

static bool is_whole(struct forecast forecast)
{
    struct forecast good = make_forecast(forecast.number);
    return forecast.temperature == good.temperature && forecast.wind == good.wind;
}

static void *station(void *unused)
{
    (void)unused;
    for (long number = 1; number <= rounds; number++) {
        rendezvous_meet(&going_up, MEETING_MS);
        board_publish(board, make_forecast(number));
        rendezvous_meet(&is_up, MEETING_MS);
    }
    return NULL;
}

static void *reader(void *own_right)
{
    long *good = own_right;
    for (long number = 1; number <= rounds; number++) {
        rendezvous_meet(&going_up, MEETING_MS);
        struct forecast early = board_read(board); // this one, or still the one before
        rendezvous_meet(&is_up, MEETING_MS);
        struct forecast late = board_read(board);
        *good += is_whole(early) && early.number > 0 &&
                 (early.number == number || early.number == number - 1);
        *good += is_whole(late) && late.number == number;
    }
    return NULL;
}

int main(int argc, char **argv)
{
    rounds = argc > 1 ? atol(argv[1]) : 2000;
    board = board_new();
    pthread_t threads[READERS + 1];
    pthread_create(&threads[READERS], NULL, station, NULL);
    for (int i = 0; i < READERS; i++)
        pthread_create(&threads[i], NULL, reader, &right[i]);
    for (int i = 0; i <= READERS; i++)
        pthread_join(threads[i], NULL);

    long want = 2 * READERS * rounds, got = 0;
    for (int i = 0; i < READERS; i++)
        got += right[i];
    printf("want: %ld, got: %ld\n", want, got);
    board_free(board);
    return got == want ? 0 : 1;
}
