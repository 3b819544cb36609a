// Which of the things on a pile are an exercise's files. hits.c finds those that may be, choose.c
// takes the right ones among them or says in the student's words why it cannot; submissions.c asks.
#pragma once

#include "pile.h"
#include "submissions.h"

// How surely a path tells the exercise, best first.
enum place {
    PLACE_EXACT,  // exercises/1-lost-updates/01-counter/counter.c
    PLACE_FOLDER, // 01-counter/counter.c or counter/counter.c
    PLACE_NAME,   // counter.c
    PLACE_NONE,
};

// A thing that may be one of an exercise's edit files.
struct hit {
    const struct thing *thing;
    size_t edit; // which of them
};

struct choice {
    const struct pile *pile;
    const struct exercise *exercise;
    const void *context; // owns what is said
    struct handed_in *part;
    enum place place; // of all hits
    struct hit *hits;
    size_t count;
    bool older;    // there were older versions
    bool misnamed; // all hits have other names
};

// Chooses the exercise's files and fills in choice->part.
void choose_part(struct choice *choice);

// ---- hits.c ----

// Whether `path` ends in "folder/name" ("name" alone with `folder` NULL), as whole components.
bool path_ends_in(const char *path, const char *folder, const char *name);

// Another exercise that a file of this name may belong to; NULL: none.
const struct exercise *choice_rival(const struct choice *choice, const char *edit);

// Whether a file's path says that it is another exercise's.
bool choice_is_elsewhere(const struct choice *choice, const struct hit *hit);

// Whether two hits lie in the same place, so that they belong together.
bool choice_same_base(const struct choice *choice, const struct hit *one, const struct hit *other);

// Fills in the hits at the best place there is, of the latest attempt.
void choice_find(struct choice *choice);

// Where no file has the right name: those that can be meant by it. Only for a single edit file, of
// which there is no telling which is which else.
void choice_find_misnamed(struct choice *choice);

// Keeps for each edit file the best of its hits.
void choice_drop_worse(struct choice *choice);

// Of several copies of the course, keeps the one that is not within a folder of another ("old/").
void choice_keep_shallowest(struct choice *choice);
