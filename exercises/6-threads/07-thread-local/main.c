// Five tills, each a thread that serves `rounds` customers. The printers start together: none
// prints before all five have been given something to print.

#include "thread_local.h"

#include <pthread.h>
#include <racelings/rendezvous.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { TILLS = 5, PATIENCE_MS = 5000 };

struct till {
    pthread_t thread;
    int number;
    long cents;     // what the customer owes who is being served
    long right;     // receipts that said so
    char wrong[24]; // the last receipt that did not, or ""
};

static struct till tills[TILLS];
static long rounds;
static struct rendezvous all_printers = RENDEZVOUS(TILLS);
static atomic_bool one_by_one; // the printers did not print at the same time

// The printers of a scene (scenes.c); NULL in this program.
void (*printer_write_in_scene)(int till, const char *text, size_t length);

void printer_write(int till, const char *text, size_t length)
{
    if (printer_write_in_scene) {
        printer_write_in_scene(till, text, length);
        return;
    }
    if (!one_by_one && !rendezvous_meet(&all_printers, PATIENCE_MS))
        one_by_one = true;
    struct till *self = &tills[till];
    char expected[24];
    long whole = self->cents / 100, rest = self->cents % 100;
    size_t size = snprintf(expected, sizeof expected, "%ld.%02ld", whole, rest);
    if (length == size && memcmp(text, expected, size) == 0)
        self->right++;
    else if (length < sizeof self->wrong)
        memcpy(self->wrong, text, length);
}

static void *serve(void *till)
{
    struct till *self = till;
    for (long customer = 0; customer < rounds; customer++) {
        self->cents = 7 + 1111 * self->number + customer * 37 % 90000;
        receipt_print(self->number, self->cents);
    }
    return NULL;
}

int main(int argc, char **argv)
{
    rounds = argc > 1 ? atol(argv[1]) : 100;
    for (int i = 0; i < TILLS; i++) {
        tills[i].number = i;
        pthread_create(&tills[i].thread, NULL, serve, &tills[i]);
    }
    long want = rounds * TILLS, got = 0;
    for (int i = 0; i < TILLS; i++) {
        pthread_join(tills[i].thread, NULL);
        got += tills[i].right;
    }
    printf("want: %ld, got: %ld\n", want, got);
    for (int i = 0; i < TILLS; i++)
        if (tills[i].wrong[0])
            printf("till %d printed a wrong receipt: %s\n", i, tills[i].wrong);
    if (one_by_one)
        printf("the printers did not print at the same time\n");
    return got == want && !one_by_one ? 0 : 1;
}
