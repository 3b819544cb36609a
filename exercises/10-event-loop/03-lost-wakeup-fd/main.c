// `rounds` days in a mail room. In the morning there are letters in two tubes. Two messengers at the other
// two send each other greetings through the clerk, one after the other, so that the bell goes on ringing.
// When they have done so often enough for any letter to have been opened, all should be; then the last
// letters come, and the senders go home. A day on which letters are left is the last one.

#include "mailroom.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

enum { LETTERS, MORE_LETTERS, MESSENGER, OTHER_MESSENGER, TUBES };
enum { FEW = 2, LAST = 3, PATIENCE = 10, GREETINGS_A_LETTER = 4 }; // more than any order needs

static struct tube {
    int watched, sender; // the ends of a pipe
    int sent, opened;    // capsules, which are numbered from 0
} tubes[TUBES];

static struct mailroom *room;
static int greetings;
static bool evening;
static long forgotten, disorderly;

static void send(int tube, int capsules)
{
    for (int i = 0; i < capsules; i++, tubes[tube].sent++)
        if (write(tubes[tube].sender, &tubes[tube].sent, sizeof(int)) != sizeof(int))
            abort();
}

static int unopened(int tube)
{
    return tubes[tube].sent - tubes[tube].opened;
}

// The last letters come together with the end.
static void go_home(void)
{
    evening = true;
    send(LETTERS, LAST);
    for (int i = 0; i < TUBES; i++)
        close(tubes[i].sender);
}

static void greet(int tube)
{
    int other = tube == MESSENGER ? OTHER_MESSENGER : MESSENGER;
    int left = unopened(LETTERS) + unopened(MORE_LETTERS);
    if (greetings++ < GREETINGS_A_LETTER * tubes[LETTERS].sent + PATIENCE)
        send(other, 1);
    else if (left == 0)
        go_home();
    else
        mailroom_stop(room);
}

static void open_capsule_of(void *unused, int watched, int capsule)
{
    (void)unused;
    int tube = 0;
    while (tubes[tube].watched != watched)
        tube++;
    disorderly += capsule != tubes[tube].opened++;
    if (tube >= MESSENGER && !evening)
        greet(tube);
}

static void open_tubes(void)
{
    room = mailroom_new(open_capsule_of, NULL);
    for (int i = 0; i < TUBES; i++) {
        int ends[2];
        if (pipe(ends) != 0)
            abort();
        tubes[i] = (struct tube){.watched = ends[0], .sender = ends[1]};
    }
}

// Whether every letter was opened.
static bool spend_day(int letters)
{
    open_tubes();
    greetings = 0;
    evening = false;
    send(LETTERS, letters);
    send(MORE_LETTERS, FEW);
    for (int i = 0; i < TUBES; i++)
        if (!mailroom_watch(room, tubes[i].watched))
            abort();
    send(MESSENGER, 1);
    mailroom_run(room);
    int left = unopened(LETTERS) + unopened(MORE_LETTERS);
    for (int i = 0; i < TUBES && !evening; i++)
        close(tubes[i].sender);
    mailroom_free(room);
    forgotten += left;
    return left == 0 && evening;
}

int main(int argc, char **argv)
{
    static const int letters[] = {100, 2, 1, 5};
    long rounds = argc > 1 ? atol(argv[1]) : 100, well = 0;
    while (well < rounds && spend_day(letters[well % 4]))
        well++;
    printf("want: %ld days without a letter left in its tube, got: %ld\n", rounds, well);
    if (forgotten > 0)
        printf("%ld letters are in the tubes, and the bell does not ring for them\n", forgotten);
    if (disorderly > 0)
        printf("%ld capsules were opened twice, or before their turn\n", disorderly);
    return well == rounds && disorderly == 0 ? 0 : 1;
}
