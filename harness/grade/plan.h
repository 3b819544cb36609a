// Which assessments a class needs: each once, however many students handed in the same.
// commands/grade.c makes a plan, lets judge_works make what is missing, and fills the class from
// what is there.
#pragma once

#include "assess.h"
#include "class.h"

struct plan {
    const struct grading *grading;
    struct kit *kits;   // of grading->exercises
    struct work *works; // in the order in which students first need them
    size_t count;
    size_t *table; // open addressing by key: index + 1 of a work, 0: free
    size_t room;   // of the table, a power of two
    // For each student and exercise the index of a work; SIZE_MAX: no judge is needed.
    size_t *needed;
    size_t cells; // that need one
};

// Tells what every cell of `class` needs, settles those that need no judge, and finds out what was
// assessed before; of a grading in parts only for its own part. Everything is a talloc child of
// `context`. NULL with `problem` filled if a file of the course or the output folder cannot be
// read, or a name in grading->regrade fits nothing.
struct plan *plan_make(const void *context, const struct grading *grading, struct class *class,
                       struct problem *problem);

// To which of so many parts a work falls, 1 and up: by its content alone, so it is the same on
// every machine.
size_t plan_part_of(const struct work *work, int parts);

// Whether that is this part of the grading.
bool plan_is_mine(const struct plan *plan, const struct work *work);

// How many of the plan's works are this part's, and how many of those are not made yet.
size_t plan_mine(const struct plan *plan);
size_t plan_todo(const struct plan *plan);

// Notes what was assessed. Calls for the same plan must not overlap.
void plan_note(struct plan *plan, struct work *work, const json_t *assessment);

// Fills all cells of the class, points excepted. What is not assessed is ungradable, and says so.
void plan_fill(const struct plan *plan, struct class *class);
