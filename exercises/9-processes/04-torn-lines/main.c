// Three reporters send `rounds` reports each. The newspaper begins to receive when all of them
// wait, because the wire is full, or have sent what they had; then it compares each report with
// what was sent.

#include "wire.h"

#include <racelings/asleep.h>
#include <racelings/remains.h>

#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

enum { REPORTERS = 3, SHOWN = 20 };

// What each of them has to say, again and again, till his report is full.
static const char *const news[REPORTERS] = {
    "the mayor of Upper Village was elected again, and thanks his wife; ",
    "the bull Bruno of Lower Village, 900 kilos, won the first prize; ",
    "the fire brigade of Middle Village has put out its own barn; ",
};

static struct wire *wire;
static int rounds;
static atomic_int *sending; // so many reporters have begun; shared by all

// Reports differ in length, and name their number.
static size_t make_report(char *report, int reporter, int number)
{
    size_t length = REPORT_MOST - (size_t)(number * REPORTERS + reporter) % 1000, size;
    size = (size_t)snprintf(report, REPORT_MOST, "%d.%d: ", reporter, number);
    for (size_t word = strlen(news[reporter]); size < length; size += word)
        memcpy(report + size, news[reporter], word < length - size ? word : length - size);
    return length;
}

static void work(int reporter)
{
    static char report[REPORT_MOST];
    atomic_fetch_add(sending, 1);
    for (int number = 0; number < rounds; number++) {
        size_t length = make_report(report, reporter, number);
        wire_send(wire, reporter, report, length);
    }
    _exit(0);
}

static void send_out(pid_t reporters[])
{
    for (int i = 0; i < REPORTERS; i++) {
        reporters[i] = fork();
        if (reporters[i] == 0)
            work(i);
    }
    while (atomic_load(sending) < REPORTERS)
        usleep(100);
    for (int i = 0; i < REPORTERS; i++)
        asleep_process_or_busy(reporters[i]);
}

// Shows the place from which on the report is not what it should be.
static void show_tear(const char *report, size_t length, const char *want)
{
    size_t good = 0;
    while (good < length && report[good] == want[good])
        good++;
    size_t from = good < SHOWN ? 0 : good - SHOWN, rest = length - good;
    printf("after %zu bytes: \"... %.*s | %.*s ...\"\n", good, (int)(good - from), report + from,
           (int)(rest < SHOWN ? rest : SHOWN), report + good);
}

// Whether it is the next report of the reporter whom it names.
static bool is_right(const char *report, size_t length, int next[])
{
    static char want[REPORT_MOST + 1];
    int reporter = report[0] >= '0' && report[0] < '0' + REPORTERS ? report[0] - '0' : 0;
    size_t wanted = make_report(want, reporter, next[reporter]);
    if (length == wanted && memcmp(report, want, length) == 0) {
        next[reporter]++;
        return true;
    }
    want[wanted] = '\0';
    show_tear(report, length, want);
    return false;
}

// Returns how many reports came as they were sent. The first one that did not is the last one
// looked at.
static int read_news(void)
{
    static char report[REPORT_MOST + 2];
    int next[REPORTERS] = {0}, right = 0;
    bool torn = false;
    for (size_t length; (length = wire_receive(wire, report)) > 0;) {
        torn = torn || !is_right(report, length, next);
        right += !torn;
    }
    return right;
}

// Whether what was open before the wire was put up is open now, and nothing else.
static bool take_down(int open_before)
{
    struct remains_of_others others = remains_open_others();
    wire_close(wire);
    int closed = remains_close_others(others), left_open = remains_open() - open_before;
    if (closed > 0)
        printf("want: no descriptor of others closed, got: %d\n", closed);
    else if (left_open != 0)
        printf("want: no descriptor left open, got: %d\n", left_open);
    return closed == 0 && left_open == 0;
}

int main(int argc, char **argv)
{
    pid_t reporters[REPORTERS];
    rounds = argc > 1 ? atoi(argv[1]) : 6;
    int open_before = remains_open();
    wire = wire_open(REPORTERS);
    sending =
        mmap(NULL, sizeof *sending, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (!wire || sending == MAP_FAILED)
        return 2;
    send_out(reporters);
    int right = read_news();
    for (int i = 0; i < REPORTERS; i++)
        waitpid(reporters[i], NULL, 0);
    printf("want: %d whole reports, got: %d\n", REPORTERS * rounds, right);
    bool tidy = take_down(open_before);
    munmap(sending, sizeof *sending);
    return right == REPORTERS * rounds && tidy ? 0 : 1;
}
