// A wedding with `rounds` guests, seven at the most. The list of the guests goes into a pipe, and
// the menu into another one; the cook had just written to it when the invitations were sent. Both
// are read when all is over, and each line is looked for.

#include "invitations.h"

#include <racelings/remains.h>

#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

enum { MOST = 7, PAGE = 1 << 16, PATIENCE_MS = 3000 };

static const char *const names[MOST] = {"Ada", "Blaise", "Chen", "Dana", "Emre", "Fatou", "Gus"};
static const char menu_text[] = "soup, trout, cake\n";

// What the processes share.
static struct wedding {
    atomic_int on_the_way;                    // who ask
    atomic_bool one_by_one, strayed, at_home; // somebody was asked by the bride's own process
} * wedding;

static int guests;
static pid_t home;

// Every second guest comes.
static bool is_free(int number)
{
    return number % 2 == 0;
}

// Waits until all guests are being asked. Returns false if it waited in vain, which is not tried
// again.
static bool meet(void)
{
    atomic_fetch_add(&wedding->on_the_way, 1);
    for (int waited = 0; waited < PATIENCE_MS && !wedding->one_by_one; waited++) {
        if (atomic_load(&wedding->on_the_way) == guests)
            return true;
        usleep(1000);
    }
    return false;
}

bool guest_comes(const char *guest)
{
    int number = 0;
    if (getpid() == home)
        wedding->at_home = true;
    while (number < guests - 1 && strcmp(names[number], guest) != 0)
        number++;
    if (!meet())
        wedding->one_by_one = true;
    return is_free(number);
}

// ---- A stream into a pipe, and what came out of it ----

struct paper {
    FILE *stream;
    int end; // where it is read
    char text[PAGE];
};

static bool open_paper(struct paper *paper)
{
    int ends[2];
    if (pipe(ends) != 0)
        return false;
    paper->end = ends[0];
    paper->stream = fdopen(ends[1], "w");
    return paper->stream != NULL;
}

// All who write have ended, so what there is to read is there; also if a copy is still open.
static void read_paper(struct paper *paper)
{
    size_t size = 0;
    ssize_t got;
    fclose(paper->stream);
    fcntl(paper->end, F_SETFL, O_NONBLOCK);
    while ((got = read(paper->end, paper->text + size, PAGE - 1 - size)) > 0)
        size += (size_t)got;
    paper->text[size] = '\0';
    close(paper->end);
}

static int count_lines(const char *text)
{
    int lines = 0;
    for (; *text; text++)
        lines += *text == '\n';
    return lines;
}

// Where the line stands in the text, from 1; 0 if it does not, or more than once.
static long place_of(const char *text, const char *line)
{
    const char *found = strstr(text, line);
    bool begins = found && (found == text || found[-1] == '\n');
    return begins && !strstr(found + 1, line) ? found - text + 1 : 0;
}

// How many guests have their two lines, once each, in order.
static int count_noted(const char *text)
{
    int noted = 0;
    for (int i = 0; i < guests; i++) {
        char invited[64], answer[64];
        snprintf(invited, sizeof invited, "invited: %s\n", names[i]);
        snprintf(answer, sizeof answer, "%s %s\n", names[i],
                 is_free(i) ? "comes" : "does not come");
        long first = place_of(text, invited), second = place_of(text, answer);
        noted += first > 0 && second > first;
    }
    return noted;
}

// ---- The wedding ----

static struct paper list, menu;

// What the function left behind.
static int processes_left, descriptors_left;

static bool all_is_right(int coming)
{
    int lines = count_lines(list.text), noted = count_noted(list.text);
    printf("want: %d lines, got: %d\n", 2 * guests, lines);
    printf("want: %d guests invited, then noted, got: %d\n", guests, noted);
    bool counted = coming == (guests + 1) / 2, menu_kept = strcmp(menu.text, menu_text) == 0;
    if (!counted)
        printf("want: %d guests who come, got: %d\n", (guests + 1) / 2, coming);
    if (!menu_kept)
        printf("want: 1 line on the menu, got: %d\n", count_lines(menu.text));
    bool asked = wedding->on_the_way == guests && !wedding->at_home;
    if (!asked)
        printf("want: %d guests asked, each in a process of his own, got: %d%s\n", guests,
               wedding->on_the_way, wedding->at_home ? ", some in none" : "");
    if (wedding->one_by_one)
        printf("the guests were asked one after the other\n");
    if (wedding->strayed)
        printf("a process that was to ask a guest came back with the bride\n");
    if (processes_left > 0)
        printf("processes that nobody waited for: %d\n", processes_left);
    if (descriptors_left != 0)
        printf("descriptors left open, or closed that were not its own: %d\n", descriptors_left);
    bool tidy = processes_left == 0 && descriptors_left == 0;
    return tidy && lines == 2 * guests && noted == guests && counted && menu_kept && asked &&
           !wedding->one_by_one && !wedding->strayed;
}

int main(int argc, char **argv)
{
    guests = argc > 1 ? atoi(argv[1]) : MOST;
    guests = guests < MOST ? guests : MOST;
    home = getpid();
    wedding =
        mmap(NULL, sizeof *wedding, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (wedding == MAP_FAILED || !open_paper(&list) || !open_paper(&menu))
        return 2;
    fputs(menu_text, menu.stream);
    int open_before = remains_open();
    int coming = invitations_send(list.stream, names, guests);
    if (getpid() != home) {
        wedding->strayed = true;
        _exit(0);
    }
    while (wait(NULL) > 0)
        processes_left++;
    descriptors_left = remains_open() - open_before;
    read_paper(&list);
    read_paper(&menu);
    bool right = all_is_right(coming);
    munmap(wedding, sizeof *wedding);
    return right ? 0 : 1;
}
