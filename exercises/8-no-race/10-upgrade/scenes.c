// book.h, sentence by sentence.

#include "book.h"

#include <racelings/rendezvous.h>
#include <racelings/scenes.h>

#include <pthread.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

enum { PATIENCE = 1000 }; // milliseconds, of virtual time

// ---- A book, and visitors ----

static struct book *book;

static void for_three(void)
{
    book = book_new(3);
}

static void for_one(void)
{
    book = book_new(1);
}

static void with_pisa(void)
{
    for_three();
    EXPECT(book_line(book, "Pisa") == 0);
}

static void full(void)
{
    for_one();
    EXPECT(book_line(book, "Pisa") == 0);
}

static int lines[3]; // on which each of the visitors found his town

static void first_from_pisa(void)
{
    lines[0] = book_line(book, "Pisa");
}

// The same name elsewhere in memory.
static void second_from_pisa(void)
{
    static char pisa[] = "Pisa";
    lines[1] = book_line(book, pisa);
}

static void second_from_oslo(void)
{
    lines[1] = book_line(book, "Oslo");
}

static void third_from_bari(void)
{
    lines[2] = book_line(book, "Bari");
}

static void pisa_then_oslo(void)
{
    first_from_pisa();
    int line = book_line(book, "Oslo");
    scene_expect(line >= 0 && line != lines[0] && line < 2, "each town has a line of its own");
}

static void oslo_then_pisa(void)
{
    second_from_oslo();
    int line = book_line(book, "Pisa");
    scene_expect(line >= 0 && line != lines[1] && line < 2, "each town has a line of its own");
}

// ---- What stands in it ----

// What one who reads the book has seen.
struct seen {
    int count;
    const char *towns[4];
};

static void see(void *reader, int line, const char *town)
{
    struct seen *seen = reader;
    scene_expect(line == seen->count && line < 3, "lines are read from the first to the last");
    seen->towns[seen->count++] = town;
}

// Ends a scene: so many towns are in the book, each on its line, and the book still works.
static void close_book(int towns)
{
    scene_expect(!scene_timed_out(), "nobody waits until a time is up");
    struct seen seen = {0};
    book_read(book, see, &seen);
    scene_expect(seen.count == towns, "each town is in the book once");
    for (int i = 0; i < towns; i++)
        scene_expect(book_line(book, seen.towns[i]) == i, "a town stays on its line");
    book_free(book);
}

static void two_lines(void)
{
    scene_expect(lines[0] + lines[1] == 1 && lines[0] != lines[1],
                 "two towns have the first two lines");
    EXPECT(book_line(book, "Pisa") == lines[0] && book_line(book, "Oslo") == lines[1]);
    close_book(2);
}

static void three_lines(void)
{
    scene_expect(lines[0] + lines[1] + lines[2] == 3, "three towns have the first three lines");
    scene_expect(lines[0] != lines[1] && lines[1] != lines[2] && lines[2] != lines[0],
                 "each town has a line of its own");
    close_book(3);
}

static void one_line(void)
{
    scene_expect(lines[0] == 0 && lines[1] == 0, "a town has one line, whoever asks");
    close_book(1);
}

static void pisa_is_first(void)
{
    scene_expect(lines[0] == 0 && lines[1] == 1, "a new town comes after those that are there");
    close_book(2);
}

static void one_of_two(void)
{
    scene_expect(lines[0] + lines[1] == -1 && lines[0] * lines[1] == 0,
                 "one town has the only line, the other one none");
    close_book(1);
}

static void only_pisa(void)
{
    scene_expect(lines[0] == 0 && lines[1] == -1,
                 "a town that is there has its line, and a new one none");
    close_book(1);
}

// ---- Reading meanwhile ----

static void read_it(void)
{
    struct seen seen = {0};
    book_read(book, see, &seen);
    scene_expect(seen.count >= 1 && seen.count <= 2, "what was there is read");
    scene_expect(strcmp(seen.towns[0], "Pisa") == 0, "Pisa is on the first line");
    scene_expect(seen.count < 2 || strcmp(seen.towns[1], "Oslo") == 0, "Oslo is on the second");
}

static void read_all(void)
{
    struct seen seen = {0};
    book_read(book, see, &seen);
    scene_expect(seen.count <= 2, "no town is read twice");
}

static void oslo_is_entered(void)
{
    scene_expect(lines[1] == 1, "a new town comes after those that are there");
    close_book(2);
}

// ---- Not waiting for each other ----

static struct rendezvous both = RENDEZVOUS(2);

static void meet_another_reader(void *reader, int line, const char *town)
{
    (void)reader;
    EXPECT(line == 0 && strcmp(town, "Pisa") == 0);
    scene_expect(rendezvous_meet(&both, PATIENCE), "two may read at the same time");
}

static void read_together(void)
{
    book_read(book, meet_another_reader, NULL);
}

static void meet_twice(void *reader, int line, const char *town)
{
    (void)reader;
    EXPECT(line == 0 && strcmp(town, "Pisa") == 0);
    rendezvous_meet(&both, PATIENCE);
    scene_expect(rendezvous_meet(&both, PATIENCE), "who asks for Pisa need not wait for a reader");
}

static void read_long(void)
{
    book_read(book, meet_twice, NULL);
}

static void ask_meanwhile(void)
{
    rendezvous_meet(&both, PATIENCE);
    first_from_pisa();
    rendezvous_meet(&both, PATIENCE);
}

static void only_pisa_is_in_it(void)
{
    close_book(1);
}

static void pisa_was_found(void)
{
    scene_expect(lines[0] == 0, "the first town has the first line");
    close_book(1);
}

// ---- More readers than anybody has thought of: each lets the next one in, and waits for him ----

enum { READERS = 20 };

static int readers;

static void *read_as_well(void *unused);

static void let_the_next_one_in(void *reader, int line, const char *town)
{
    (void)reader, (void)line, (void)town;
    if (readers++ == READERS)
        return;
    pthread_t next;
    pthread_create(&next, NULL, read_as_well, NULL);
    pthread_join(next, NULL);
}

static void *read_as_well(void *unused)
{
    EXPECT(book_line(book, "Pisa") == 0);
    book_read(book, let_the_next_one_in, NULL);
    return unused;
}

static void read_one_inside_the_other(void)
{
    read_as_well(NULL);
}

// ---- Names that were written a moment ago ----

static char written[8];

// Tells nobody that the name is complete.
static void second_from_a_town_just_written(void)
{
    for (int i = 0; i < 4; i++)
        written[i] = "Oslo"[i];
    lines[1] = book_line(book, written);
}

// ---- Many lines; and what a book leaves behind ----

enum { MANY = 100 };

static char names[MANY][16]; // which begin alike

static void count_line(void *reader, int line, const char *town)
{
    int *count = reader;
    EXPECT(line == *count && strcmp(town, names[line]) == 0);
    ++*count;
}

static void fill_it(void)
{
    book = book_new(MANY);
    for (int i = 0; i < MANY; i++) {
        snprintf(names[i], sizeof names[i], "Town %d", i);
        EXPECT(book_line(book, names[i]) == i);
    }
    EXPECT(book_line(book, "Pisa") == -1);
    EXPECT(book_line(book, names[MANY - 1]) == MANY - 1);
    int count = 0;
    book_read(book, count_line, &count);
    EXPECT(count == MANY);
    book_free(book);
}

static struct book *other_book;
static long allocated_before;

// What is allocated once for all books is here by now.
static void two_books(void)
{
    with_pisa();
    close_book(1);
    allocated_before = scene_allocated();
    with_pisa();
    other_book = book_new(2);
}

static void other_from_oslo(void)
{
    EXPECT(book_line(other_book, "Oslo") == 0);
}

static void both_are_closed(void)
{
    pisa_is_first();
    struct seen seen = {0};
    book_read(other_book, see, &seen);
    EXPECT(seen.count == 1 && strcmp(seen.towns[0], "Oslo") == 0);
    book_free(other_book);
    scene_expect(scene_allocated() == allocated_before, "nothing stays allocated");
}

static const char *const oslo = "Oslo";

// The same visitor goes on to the other book, where the town stands elsewhere.
static void oslo_is_second_here_and_first_there(void)
{
    lines[0] = book_line(book, "Pisa");
    lines[1] = book_line(book, oslo);
    EXPECT(book_line(other_book, oslo) == 0);
    EXPECT(book_line(book, oslo) == 1);
}

static void nothing_is_in_it(void)
{
    close_book(0);
}

static void no_lines(void)
{
    book = book_new(0);
}

static void nothing_can_be_entered(void)
{
    EXPECT(book_line(book, "Pisa") == -1 && book_line(book, "Pisa") == -1);
}

const struct scene scenes[] = {
    {"two new towns",
     "however many do that at once, they all do so in the end",
     for_three,
     {first_from_pisa, second_from_oslo},
     two_lines},
    {"three new towns",
     "however many do that at once, they all do so in the end",
     for_three,
     {first_from_pisa, second_from_oslo, third_from_bari},
     three_lines},
    {"two from the same town",
     "Every town has one line, also when two come from there at the same time",
     for_three,
     {first_from_pisa, second_from_pisa},
     one_line},
    {"crosswise",
     "On which line a town stands, counted from 0.",
     for_three,
     {pisa_then_oslo, oslo_then_pisa},
     two_lines},
    {"known and new",
     "it is entered on the first empty line",
     with_pisa,
     {first_from_pisa, second_from_oslo},
     pisa_is_first},
    {"the last line",
     "-1 if it has none, and none is left",
     for_one,
     {first_from_pisa, second_from_oslo},
     one_of_two},
    {"the last line, for the same town",
     "Every town has one line, also when two come from there at the same time",
     for_one,
     {first_from_pisa, second_from_pisa},
     one_line},
    {"no line left",
     "-1 if it has none, and none is left",
     full,
     {first_from_pisa, second_from_oslo},
     only_pisa},
    {"read while one is entered",
     "What is entered meanwhile may be among them or not.",
     with_pisa,
     {read_it, second_from_oslo},
     oslo_is_entered},
    {"read while two are entered",
     "Who has to enter one may wait until they have finished",
     for_three,
     {first_from_pisa, second_from_oslo, read_all},
     two_lines},
    {"two readers",
     "does not wait for others who do the same",
     with_pisa,
     {read_together, read_together},
     only_pisa_is_in_it},
    {"a reader, and one who asks",
     "does not wait for others who do the same",
     with_pisa,
     {read_long, ask_meanwhile},
     pisa_was_found},
    {"read when just written",
     "Calls read(reader, line, town) for each town in the book",
     with_pisa,
     {read_it, second_from_a_town_just_written},
     oslo_is_entered},
    {"twenty readers",
     "does not wait for others who do the same",
     with_pisa,
     {read_one_inside_the_other},
     only_pisa_is_in_it},
    {"a hundred towns", "A book with so many lines", NULL, {fill_it}, NULL},
    {"no lines", "all of them empty", no_lines, {nothing_can_be_entered}, nothing_is_in_it},
    {"two books",
     "The caller frees it when nobody uses it any more.",
     two_books,
     {oslo_is_second_here_and_first_there, other_from_oslo},
     both_are_closed},
    {.name = NULL},
};
