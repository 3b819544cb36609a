// `rounds` evenings at a lighthouse. The keeper writes three lines, and whenever he has written certain
// letters of the evening a ship sounds its horn: the driver raises the signal there and then, so that
// the same horns are heard at the same letters each time.
//
// On some more evenings, before those, horns are heard while he does not write: one, and on a foggy evening
// more than fit into a byte.

#include "diary.h"

#include <racelings/remains.h>

#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *const texts[] = {"Fog.", "Fed the cat.", "A bark, bound north."};
static const char horn_line[] = "A horn.\n";

enum { TEXTS = sizeof texts / sizeof *texts, LETTERS_MOST = 4000, HORNS_MOST = 3, FOG = 256 };

static char page[LETTERS_MOST + 1];
static int letters;
static int horns[HORNS_MOST], horns_heard; // at which letters of the page
static volatile sig_atomic_t heard_by_others;

static void hear_ourselves(int horn)
{
    (void)horn;
    heard_by_others++;
}

void ink(char letter)
{
    if (letters == LETTERS_MOST)
        return; // who writes so much is wrong anyway
    page[letters++] = letter;
    if (horns_heard < HORNS_MOST && letters > horns[horns_heard]) {
        horns_heard++;
        raise(SIGUSR1);
    }
}

// The last letter of the line in which the letter is.
static int end_of_line(int letter)
{
    const char *end = strchr(page + letter, '\n');
    return end ? (int)(end - page) : letters;
}

// Whether the page holds the lines, one by one, and between them lines for horns and nothing else.
static bool lines_are_whole(void)
{
    const char *rest = page;
    for (int next = 0; *rest;) {
        size_t length = next < TEXTS ? strlen(texts[next]) : 0;
        if (strncmp(rest, horn_line, strlen(horn_line)) == 0)
            rest += strlen(horn_line);
        else if (next < TEXTS && strncmp(rest, texts[next++], length) == 0 && rest[length] == '\n')
            rest += length + 1;
        else
            return false;
        if (!*rest)
            return next == TEXTS;
    }
    return false;
}

// Whether a line tells of each horn behind the one in which it was heard, and of no other.
static bool horns_are_noted(void)
{
    int noted = 0, wanted = 0, last_end = -1;
    for (const char *at = page; (at = strstr(at, horn_line)); at++)
        noted++;
    for (int i = 0; i < horns_heard; i++) {
        int end = end_of_line(horns[i]);
        wanted += end != last_end;
        last_end = end;
        if (end >= letters || strncmp(page + end + 1, horn_line, strlen(horn_line)) != 0)
            return false;
    }
    return noted >= wanted && noted <= horns_heard;
}

static bool spend_evening(long evening)
{
    horns[0] = (int)(evening % 5); // in the first line
    horns[1] = horns[0] + 7;       // in the line that tells of it
    horns[2] = horns[1] + 1 + (int)(evening % 30);
    letters = horns_heard = 0;
    diary_open();
    for (int i = 0; i < TEXTS; i++)
        diary_write(texts[i]);
    diary_close();
    page[letters] = '\0';
    return lines_are_whole() && horns_are_noted();
}

// Whether the page holds a line for a horn that was heard after so many texts, and there.
static bool horn_is_noted_after(int texts_before)
{
    char wanted[LETTERS_MOST + 1] = "";
    for (int i = 0; i <= TEXTS; i++) {
        if (i == texts_before)
            strcat(wanted, horn_line);
        if (i < TEXTS)
            strcat(strcat(wanted, texts[i]), "\n");
    }
    return strcmp(page, wanted) == 0;
}

// A horn is heard when he has written so many texts, and lifts his pen.
static bool spend_quiet_evening(int texts_before)
{
    letters = 0;
    horns_heard = HORNS_MOST; // none while he writes
    diary_open();
    for (int i = 0; i <= TEXTS; i++) {
        if (i == texts_before)
            raise(SIGUSR1);
        if (i < TEXTS)
            diary_write(texts[i]);
    }
    diary_close();
    page[letters] = '\0';
    return horn_is_noted_after(texts_before);
}

// Many ships pass in the fog when he has written the first line. They may be one, or each have a line, as long
// as these come before the second one.
static bool spend_foggy_evening(void)
{
    letters = 0;
    horns_heard = HORNS_MOST;
    diary_open();
    for (int i = 0; i < TEXTS; i++) {
        diary_write(texts[i]);
        for (int horn = 0; i == 0 && horn < FOG; horn++)
            raise(SIGUSR1);
    }
    diary_close();
    page[letters] = '\0';
    const char *after_first = page + strlen(texts[0]) + 1, *after_second = strstr(page, texts[1]);
    return lines_are_whole() && strncmp(after_first, horn_line, strlen(horn_line)) == 0 &&
           !strstr(after_second, horn_line);
}

// The others are blocked for reasons of our own.
static void block_others(void)
{
    sigset_t others;
    sigemptyset(&others);
    sigaddset(&others, SIGUSR2);
    sigprocmask(SIG_BLOCK, &others, NULL);
}

// Whether a horn is heard by us again, and others are as blocked as they were.
static bool signals_are_as_before(void)
{
    sigset_t blocked;
    heard_by_others = 0;
    raise(SIGUSR1);
    sigprocmask(SIG_BLOCK, NULL, &blocked);
    return heard_by_others == 1 && sigismember(&blocked, SIGUSR2) == 1 &&
           sigismember(&blocked, SIGHUP) == 0;
}

int main(int argc, char **argv)
{
    long rounds = argc > 1 ? atol(argv[1]) : 1000, well = 0;
    struct sigaction ours = {.sa_handler = hear_ourselves};
    sigaction(SIGUSR1, &ours, NULL);
    block_others();
    int quiet = 0, open_before = remains_open();
    while (quiet <= TEXTS && spend_quiet_evening(quiet))
        quiet++;
    if (quiet <= TEXTS) {
        printf("a horn after %d lines, and then it said:\n%s\n", quiet, page);
        return 1;
    }
    if (!spend_foggy_evening()) {
        printf("%d horns in the fog, and then it said:\n%.200s\n", FOG, page);
        return 1;
    }
    bool as_before = true;
    while (well < rounds && spend_evening(well) && (as_before = signals_are_as_before()))
        well++;
    printf("want: %ld evenings, got: %ld\n", rounds, well);
    if (well < rounds)
        printf("%d horns, and then it said:\n%s%s\n", horns_heard, page,
               as_before ? "" : "Signals are not handled and blocked as they were before.");
    int left_open = remains_open() - open_before;
    if (left_open != 0)
        printf("%d descriptors more are open than before\n", left_open);
    return well == rounds && left_open == 0 ? 0 : 1;
}
