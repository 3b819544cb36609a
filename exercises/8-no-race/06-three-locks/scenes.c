// office.h, sentence by sentence.

#include "office.h"

#include <racelings/scenes.h>

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>

// ---- A town hall: three offices, each of which wants to hear of the one before ----

enum { BUILDING, FIRE, WATER, OFFICES, PAPERS = 4 };

static struct office *offices[OFFICES];
static atomic_int heard[OFFICES][PAPERS]; // how often somebody was called for a paper

// One who wants to hear of an office.
static struct listener {
    int of, at; // of which office he hears, and in which one he works
} listeners[OFFICES];

static void hear(const struct listener *listener, long paper)
{
    scene_expect(paper > 0 && paper < PAPERS, "papers are numbered from 1");
    atomic_fetch_add_explicit(&heard[listener->of][paper], 1, memory_order_relaxed);
}

static int times(int office, long paper)
{
    return atomic_load_explicit(&heard[office][paper], memory_order_relaxed);
}

static void take_note(void *whom, long paper)
{
    const struct listener *listener = whom;
    hear(listener, paper);
    office_note(offices[listener->at]);
}

static void open_offices(int number, office_call *call)
{
    for (int i = 0; i < number; i++) {
        offices[i] = office_new();
        listeners[i] = (struct listener){.of = i, .at = (i + 1) % number};
        office_tell(offices[i], call, &listeners[i]);
    }
}

static void in_a_circle(void)
{
    open_offices(3, take_note);
}

static void two_and_two(void)
{
    open_offices(2, take_note);
}

static void building_stamps(void)
{
    office_stamp(offices[BUILDING]);
}

static void fire_stamps(void)
{
    office_stamp(offices[FIRE]);
}

static void water_stamps(void)
{
    office_stamp(offices[WATER]);
}

static void close_offices(void)
{
    scene_expect(!scene_timed_out(), "nobody waits until a time is up");
    for (int i = 0; i < OFFICES; i++)
        office_free(offices[i]);
}

static void each_stamped(int number, long papers)
{
    for (int i = 0; i < number; i++) {
        EXPECT(office_stamped(offices[i]) == papers);
        for (long paper = 1; paper < PAPERS; paper++)
            scene_expect(times(i, paper) == (paper <= papers),
                         "each paper is told of once, with its own number");
    }
}

static void each_noted(int number, long notes)
{
    for (int i = 0; i < number; i++)
        EXPECT(office_notes(offices[i]) == notes);
}

static void three_stamped(void)
{
    each_stamped(3, 1);
    each_noted(3, 1);
    close_offices();
}

static void two_stamped(void)
{
    each_stamped(2, 1);
    each_noted(2, 1);
    close_offices();
}

// ---- Who is called goes and stamps something himself ----

static _Thread_local bool is_on_errand;

static void stamp_there(void *whom, long paper)
{
    const struct listener *listener = whom;
    hear(listener, paper);
    if (is_on_errand)
        return;
    is_on_errand = true;
    office_stamp(offices[listener->at]);
    is_on_errand = false;
}

static void errands_for_two(void)
{
    open_offices(2, stamp_there);
}

static void errands_for_three(void)
{
    open_offices(3, stamp_there);
}

static void two_stamped_twice(void)
{
    each_stamped(2, 2);
    close_offices();
}

static void three_stamped_twice(void)
{
    each_stamped(3, 2);
    close_offices();
}

// ---- Who is called asks ----

static void ask_there(void *whom, long paper)
{
    const struct listener *listener = whom;
    hear(listener, paper);
    long stamped = office_stamped(offices[listener->at]);
    scene_expect(stamped == 0 || stamped == 1, "no more papers are stamped than came in");
    EXPECT(office_notes(offices[listener->at]) == 0);
}

static void in_a_circle_of_questions(void)
{
    open_offices(3, ask_there);
}

static void three_asked(void)
{
    each_stamped(3, 1);
    close_offices();
}

// ---- Several at one office ----

static void stamps_and_sees_the_note(void)
{
    building_stamps();
    scene_expect(office_notes(offices[FIRE]) >= 1, "who stamped returns after the call");
    EXPECT(office_stamped(offices[BUILDING]) >= 1);
}

static void stamps_twice(void)
{
    building_stamps();
    building_stamps();
    scene_expect(office_notes(offices[FIRE]) >= 2, "who stamped returns after the call");
}

static void building_stamped(long papers)
{
    EXPECT(office_stamped(offices[BUILDING]) == papers && office_stamped(offices[FIRE]) == 0);
    EXPECT(office_notes(offices[FIRE]) == papers && office_notes(offices[BUILDING]) == 0);
    for (long paper = 1; paper < PAPERS; paper++)
        scene_expect(times(BUILDING, paper) == (paper <= papers),
                     "each paper is told of once, with its own number");
    close_offices();
}

static void two_at_building(void)
{
    building_stamped(2);
}

static void three_at_building(void)
{
    building_stamped(3);
}

static void somebody_looks(void)
{
    long notes = office_notes(offices[FIRE]), stamped = office_stamped(offices[BUILDING]);
    scene_expect(notes >= 0 && notes <= stamped && stamped <= 1, "a note comes after its stamp");
}

static void building_stamped_one(void)
{
    building_stamped(1);
}

static void note_at_fire(void)
{
    office_note(offices[FIRE]);
}

static void three_notes_at_fire(void)
{
    EXPECT(office_notes(offices[FIRE]) == 3 && office_stamped(offices[FIRE]) == 0);
    close_offices();
}

// ---- Nobody wants to hear of it; and what it leaves behind ----

static long allocated_before;

// What is allocated once for all offices is here by now.
static void one_without_listeners(void)
{
    two_and_two();
    close_offices();
    allocated_before = scene_allocated();
    offices[BUILDING] = office_new();
    offices[FIRE] = office_new();
}

enum { MANY = 300 };

static void stamps_many(void)
{
    for (int i = 0; i < MANY; i++)
        building_stamps();
    for (int i = 0; i < MANY; i++)
        office_note(offices[BUILDING]);
}

static void nobody_heard(void)
{
    EXPECT(office_stamped(offices[BUILDING]) == MANY);
    EXPECT(office_notes(offices[BUILDING]) == MANY);
    EXPECT(office_notes(offices[FIRE]) == 0);
    close_offices();
}

static void nothing_is_left(void)
{
    EXPECT(office_stamped(offices[BUILDING]) == 1 && office_notes(offices[FIRE]) == 1);
    close_offices();
    scene_expect(scene_allocated() == allocated_before, "nothing stays allocated");
}

const struct scene scenes[] = {
    {"three at once",
     "Who is called may go to any other office meanwhile",
     in_a_circle,
     {building_stamps, fire_stamps, water_stamps},
     three_stamped},
    {"two at once",
     "Who is called may go to any other office meanwhile",
     two_and_two,
     {building_stamps, fire_stamps},
     two_stamped},
    {"errands of two",
     "and do there what he likes",
     errands_for_two,
     {building_stamps, fire_stamps},
     two_stamped_twice},
    {"errands of three",
     "and do there what he likes",
     errands_for_three,
     {building_stamps, fire_stamps, water_stamps},
     three_stamped_twice},
    {"questions",
     "and do there what he likes",
     in_a_circle_of_questions,
     {building_stamps, fire_stamps, water_stamps},
     three_asked},
    {"two papers",
     "no two have the same number",
     two_and_two,
     {stamps_and_sees_the_note, stamps_and_sees_the_note},
     two_at_building},
    {"three papers",
     "Returns when whoever wants to hear of it has been called, once for each paper",
     two_and_two,
     {stamps_twice, stamps_and_sees_the_note},
     three_at_building},
    {"looked at meanwhile",
     "How many papers an office has stamped, and how many notes it has taken.",
     two_and_two,
     {building_stamps, somebody_looks},
     building_stamped_one},
    {"three notes",
     "Takes a note.",
     two_and_two,
     {note_at_fire, note_at_fire, note_at_fire},
     three_notes_at_fire},
    {"nobody cares",
     "nobody, unless this says so",
     one_without_listeners,
     {stamps_many},
     nobody_heard},
    {"closed for good",
     "The caller frees it when nobody goes there any more.",
     one_without_listeners,
     {building_stamps, note_at_fire},
     nothing_is_left},
    {.name = NULL},
};
