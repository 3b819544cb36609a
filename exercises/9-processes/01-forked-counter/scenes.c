// visitors.h, sentence by sentence, as far as one process goes: the explorer follows no other. What is
// true of threads is true of processes, where they share the memory.

#include "visitors.h"

#include <racelings/scenes.h>

#include <stddef.h>

// ---- A site, and the numbers that visitors are given ----

static struct visitors *visitors;
static long first, second, third;

static void open_site(void)
{
    visitors = visitors_new();
    first = second = third = 0;
}

static void visit_first(void)
{
    first = visitors_count(visitors);
}

static void visit_second(void)
{
    second = visitors_count(visitors);
}

static void visit_second_and_third(void)
{
    second = visitors_count(visitors);
    third = visitors_count(visitors);
}

static long asked; // how many there have been so far

static void ask(void)
{
    asked = visitors_so_far(visitors);
}

static void close_site(long visits)
{
    EXPECT(visitors_so_far(visitors) == visits);
    visitors_free(visitors);
}

static void two_were_here(void)
{
    scene_expect(first != second && first + second == 3, "the two are given the numbers 1 and 2");
    close_site(2);
}

static void three_were_here(void)
{
    scene_expect(second < third, "who comes later has the larger number");
    scene_expect(first != second && first != third && first + second + third == 6,
                 "the three are given the numbers 1, 2 and 3");
    close_site(3);
}

static void one_was_here(void)
{
    scene_expect(first == 1, "the first number is 1");
    scene_expect(asked == 0 || asked == 1, "as many are told as there were at a moment");
    close_site(1);
}

// ---- One after the other ----

enum { MANY = 300 };

static void many_visits(void)
{
    visitors = visitors_new();
    for (long i = 1; i <= MANY; i++) {
        EXPECT(visitors_count(visitors) == i);
        EXPECT(visitors_so_far(visitors) == i);
    }
    visitors_free(visitors);
}

static void two_sites(void)
{
    open_site();
    struct visitors *other = visitors_new();
    EXPECT(visitors_so_far(other) == 0);
    EXPECT(visitors_count(visitors) == 1 && visitors_count(other) == 1);
    EXPECT(visitors_count(visitors) == 2 && visitors_so_far(other) == 1);
    visitors_free(other);
    close_site(2);
}

// ---- The table ----

const struct scene scenes[] = {
    {.name = "two visitors",
     .promise = "1 to the first, 2 to the next, and no number to two of them",
     .set_up = open_site,
     .parts = {visit_first, visit_second},
     .end = two_were_here},
    {.name = "three visitors",
     .promise = "1 to the first, 2 to the next, and no number to two of them",
     .set_up = open_site,
     .parts = {visit_first, visit_second_and_third},
     .end = three_were_here},
    {.name = "somebody asks",
     .promise = "any thread of any of the processes may count and ask",
     .set_up = open_site,
     .parts = {visit_first, ask},
     .end = one_was_here},
    {.name = "three hundred", .promise = "One visitor more", .parts = {many_visits}},
    {.name = "two sites", .promise = "No visitors yet", .parts = {two_sites}},
    {.name = NULL},
};
