// `rounds` days in a mail room. In the morning there are letters in two tubes. Two messengers at the other
// two send each other greetings through the clerk, one after the other, so that the bell goes on ringing.
// When they have done so often enough for any letter to have been opened, all should be; then the last
// letters come, and the senders go home. A day on which letters are left is the last one.
//
// Before the first day the mail room is tried out: whether it takes as many tubes as it says, whether the
// clerk sleeps while there is nothing, and stops when he should, and whether two rooms are two and close
// what is theirs.

#include "mailroom.h"

#include <racelings/asleep.h>
#include <racelings/remains.h>

#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <time.h>
#include <unistd.h>

enum { LETTERS, MORE_LETTERS, MESSENGER, OTHER_MESSENGER, TUBES };
enum { FEW = 2, LAST = 3, PATIENCE = 10, GREETINGS_A_LETTER = 4 }; // more than any order needs
enum { LOOKS = 5, AWAKE_MS = 15 }; // of processor time, which each look lets pass of somebody awake

static struct tube {
    int watched, sender; // the ends of a pipe
    int sent, opened;    // capsules, which are numbered from 0
} tubes[TUBES];

static struct mailroom *room;
static int greetings;
static bool evening;
static bool tube_comes_late; // MORE_LETTERS is watched only when a capsule has been opened
static long forgotten, disorderly, unclosed;

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

static void watch(int tube)
{
    if (!mailroom_watch(room, tubes[tube].watched))
        abort();
}

static void greet(int tube)
{
    if (greetings == 0 && tube_comes_late)
        watch(MORE_LETTERS);
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

static void lay_tube(int tube)
{
    int ends[2];
    if (pipe(ends) != 0)
        abort();
    tubes[tube] = (struct tube){.watched = ends[0], .sender = ends[1]};
}

// The messengers' tubes have the lowest descriptors on some days, and the highest ones on others.
static void open_tubes(bool messengers_first)
{
    room = mailroom_new(open_capsule_of, NULL);
    for (int i = 0; i < TUBES; i++)
        lay_tube(messengers_first ? TUBES - 1 - i : i);
}

static void watch_tubes(bool messengers_first)
{
    for (int i = 0; i < TUBES; i++) {
        int tube = messengers_first ? TUBES - 1 - i : i;
        if (tube != MORE_LETTERS || !tube_comes_late)
            watch(tube);
    }
}

// The first day is the one after Christmas.
static int letters_of(long day)
{
    static const int letters[] = {100, 2, 1, 5};
    return day == 0 ? 2000 : letters[day % 4];
}

static bool is_open(int descriptor)
{
    return fcntl(descriptor, F_GETFD) >= 0;
}

// Of those whose senders have gone home.
static int count_unclosed(void)
{
    int count = 0;
    for (int i = 0; i < TUBES; i++)
        count += is_open(tubes[i].watched);
    return count;
}

// Whether every letter was opened.
static bool spend_day(long day)
{
    bool messengers_first = day % 2 == 0;
    tube_comes_late = day % 3 == 1;
    open_tubes(messengers_first);
    greetings = 0;
    evening = false;
    send(LETTERS, letters_of(day));
    send(MORE_LETTERS, FEW);
    watch_tubes(messengers_first);
    send(MESSENGER, 1);
    mailroom_run(room);
    int left = unopened(LETTERS) + unopened(MORE_LETTERS);
    for (int i = 0; i < TUBES && !evening; i++)
        close(tubes[i].sender);
    mailroom_free(room);
    forgotten += left;
    if (evening)
        unclosed += count_unclosed();
    return left == 0 && evening;
}

// ---- Before the first day ----

static struct watched clerk;

static void open_and_stop(void *opened, int watched, int capsule)
{
    (void)watched, (void)capsule;
    ++*(int *)opened;
    mailroom_stop(room);
}

// Whether there is room for TUBES_MOST, and for no more. Their senders go home at once.
static bool takes_as_many_as_it_says(void)
{
    int opened = 0, watched = 0, ends[2];
    room = mailroom_new(open_and_stop, &opened);
    for (int i = 0; i <= TUBES_MOST; i++) {
        if (pipe(ends) != 0)
            abort();
        if (mailroom_watch(room, ends[0]))
            watched++;
        else
            close(ends[0]);
        close(ends[1]);
    }
    mailroom_run(room);
    mailroom_free(room);
    return watched == TUBES_MOST && opened == 0;
}

static int capsules_in(int tube)
{
    int bytes = 0;
    ioctl(tubes[tube].watched, FIONREAD, &bytes);
    return bytes / (int)sizeof(int);
}

// Whether he opens no capsule after the one that is being opened, of its own tube or another one, and takes
// none out of its tube.
static bool stops_when_told(void)
{
    int opened = 0, left = 0;
    room = mailroom_new(open_and_stop, &opened);
    for (int i = 0; i < TUBES; i++) {
        lay_tube(i);
        send(i, FEW);
        watch(i);
    }
    mailroom_run(room);
    for (int i = 0; i < TUBES; i++) {
        left += capsules_in(i);
        close(tubes[i].sender);
    }
    mailroom_free(room);
    return opened == 1 && left == TUBES * FEW - 1;
}

// Whether one room opens the letters in its own tube when the other one has been stopped.
static bool two_rooms_are_two(void)
{
    int opened[2] = {0, 0};
    struct mailroom *rooms[2];
    for (int i = 0; i < 2; i++) {
        rooms[i] = room = mailroom_new(open_and_stop, &opened[i]);
        lay_tube(i);
        send(i, 1);
        watch(i);
    }
    for (int i = 0; i < 2; i++) {
        room = rooms[i];
        mailroom_run(room);
    }
    for (int i = 0; i < 2; i++) {
        mailroom_free(rooms[i]);
        close(tubes[i].sender);
    }
    return opened[0] == 1 && opened[1] == 1;
}

// Whether a room closes all that is its own, and nothing else. A new tube gets the number of the one that the
// room has closed, since its sender has gone home.
static bool closes_what_is_its_own(void)
{
    int before = remains_open(), opened = 0;
    room = mailroom_new(open_and_stop, &opened);
    lay_tube(LETTERS);
    watch(LETTERS);
    close(tubes[LETTERS].sender);
    mailroom_run(room);
    lay_tube(MESSENGER);
    mailroom_free(room);
    bool others_are_open = is_open(tubes[MESSENGER].watched) && is_open(tubes[MESSENGER].sender);
    room = mailroom_new(open_and_stop, &opened);
    watch(MESSENGER);
    mailroom_free(room);
    close(tubes[MESSENGER].sender);
    return others_are_open && remains_open() == before;
}

static long computed_ms(void)
{
    struct timespec time = {0};
    clock_gettime(clerk.clock, &time);
    return time.tv_sec * 1000 + time.tv_nsec / 1000000;
}

// Looks at the clerk until he is asleep, some times, for he has to come there first; and then some more.
// Then the letter comes for which he waits.
static void *disturb(void *slept)
{
    for (int i = 0; i < LOOKS; i++)
        asleep_or_busy(&clerk);
    long before = computed_ms();
    for (int i = 0; i < LOOKS; i++)
        asleep_or_busy(&clerk);
    *(bool *)slept = computed_ms() - before < AWAKE_MS;
    send(LETTERS, 1);
    return NULL;
}

static bool sleeps_meanwhile(void)
{
    int opened = 0;
    bool slept = false;
    pthread_t sender;
    room = mailroom_new(open_and_stop, &opened);
    lay_tube(LETTERS);
    watch(LETTERS);
    asleep_watch_me(&clerk);
    pthread_create(&sender, NULL, disturb, &slept);
    mailroom_run(room);
    pthread_join(sender, NULL);
    close(tubes[LETTERS].sender);
    mailroom_free(room);
    return slept && opened == 1;
}

// Tells of all that does not go well.
static bool try_room(void)
{
    static const struct trial {
        bool (*goes_well)(void);
        const char *otherwise;
    } trials[] = {
        {takes_as_many_as_it_says,
         "of one tube more than TUBES_MOST not just the last was refused"},
        {stops_when_told, "after mailroom_stop capsules were opened, or went from their tubes"},
        {two_rooms_are_two, "of two mail rooms one opened letters, or stopped, for the other"},
        {closes_what_is_its_own, "a mail room left descriptors open, or closed one of others"},
        {sleeps_meanwhile, "while the tubes were empty, the clerk did not sleep"},
    };
    bool well = true;
    for (size_t i = 0; i < sizeof trials / sizeof *trials; i++) {
        if (trials[i].goes_well())
            continue;
        printf("%s\n", trials[i].otherwise);
        well = false;
    }
    return well;
}

int main(int argc, char **argv)
{
    long rounds = argc > 1 ? atol(argv[1]) : 100, well = 0;
    bool tried_well = try_room();
    while (well < rounds && spend_day(well))
        well++;
    printf("want: %ld days without a letter left in its tube, got: %ld\n", rounds, well);
    if (forgotten > 0)
        printf("%ld letters are in the tubes, and the bell does not ring for them\n", forgotten);
    if (disorderly > 0)
        printf("%ld capsules were opened twice, or before their turn\n", disorderly);
    if (unclosed > 0)
        printf("%ld tubes were never closed\n", unclosed);
    return tried_well && well == rounds && disorderly == 0 && unclosed == 0 ? 0 : 1;
}
