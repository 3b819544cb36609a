// See choice.h.
#include "choice.h"

#include "base/text.h"

#include <stdint.h>
#include <string.h>

// ---- places ----

bool path_ends_in(const char *path, const char *folder, const char *name)
{
    size_t length = strlen(path), tail = strlen(name), head = folder ? strlen(folder) : 0;
    if (length < tail || strcmp(path + length - tail, name) != 0)
        return false;
    size_t left = length - tail;
    if (!folder)
        return left == 0 || path[left - 1] == '/';
    if (left < head + 1 || path[left - 1] != '/')
        return false;
    const char *start = path + left - 1 - head;
    return strncmp(start, folder, head) == 0 && (start == path || start[-1] == '/');
}

static enum place place_of(const struct exercise *exercise, const char *edit, const char *path)
{
    if (path_ends_in(path, exercise->folder, edit))
        return PLACE_EXACT;
    const char *numbered = strrchr(exercise->folder, '/') + 1;
    if (path_ends_in(path, numbered, edit) || path_ends_in(path, exercise->name, edit))
        return PLACE_FOLDER;
    return path_ends_in(path, NULL, edit) ? PLACE_NAME : PLACE_NONE;
}

const struct exercise *choice_rival(const struct choice *choice, const char *edit)
{
    const struct course *course = choice->pile->course;
    for (size_t i = 0; i < course->count; i++)
        if (course->exercises[i] != choice->exercise && list_has(course->exercises[i]->edit, edit))
            return course->exercises[i];
    return NULL;
}

bool choice_is_elsewhere(const struct choice *choice, const struct hit *hit)
{
    const char *edit = choice->exercise->edit[hit->edit];
    const struct course *course = choice->pile->course;
    for (size_t i = 0; i < course->count; i++)
        if (course->exercises[i] != choice->exercise &&
            list_has(course->exercises[i]->edit, edit) &&
            place_of(course->exercises[i], edit, hit->thing->path) < PLACE_NAME)
            return true;
    return false;
}

static size_t depth_of(const char *path)
{
    size_t depth = 0;
    for (; *path; path++)
        depth += *path == '/';
    return depth;
}

// The length of the path without the edit file's name: files with the same start belong together.
static size_t base_of(const struct choice *choice, const struct hit *hit)
{
    return strlen(hit->thing->path) - strlen(choice->exercise->edit[hit->edit]);
}

bool choice_same_base(const struct choice *choice, const struct hit *one, const struct hit *other)
{
    size_t base = base_of(choice, one);
    return base == base_of(choice, other) &&
           memcmp(one->thing->path, other->thing->path, base) == 0;
}

// ---- what remains of the hits ----

// What a thing is to an edit file: where it would be that, if it is in no other exercise's place.
static enum place place_for(const struct choice *choice, const struct hit *hit)
{
    const char *edit = choice->exercise->edit[hit->edit];
    enum place place = place_of(choice->exercise, edit, hit->thing->path);
    return place == PLACE_NAME && choice_is_elsewhere(choice, hit) ? PLACE_NONE : place;
}

// Of several attempts the newest counts, wherever in it the file is, or whatever it is called.
static int newest(const struct choice *choice, size_t edit)
{
    int version = 0;
    for (size_t i = 0; i < choice->pile->count; i++) {
        const struct hit hit = {&choice->pile->things[i], edit};
        bool meant =
            hit.thing->meant && strcmp(hit.thing->meant, choice->exercise->edit[edit]) == 0;
        if (hit.thing->kind != THING_FOLDER && hit.thing->version > version &&
            (meant || place_for(choice, &hit) != PLACE_NONE))
            version = hit.thing->version;
    }
    return version;
}

// A hit at a better place than those before takes theirs.
static void add_hit(struct choice *choice, struct hit hit, enum place place)
{
    if (place < choice->place)
        choice->count = 0;
    choice->place = place;
    choice->hits = array_grow(choice->pile, choice->hits, sizeof *choice->hits, choice->count);
    choice->hits[choice->count++] = hit;
}

void choice_find(struct choice *choice)
{
    choice->place = PLACE_NONE;
    for (size_t edit = 0; choice->exercise->edit[edit]; edit++) {
        const int version = newest(choice, edit);
        for (size_t i = 0; i < choice->pile->count; i++) {
            const struct hit hit = {&choice->pile->things[i], edit};
            enum place place = place_for(choice, &hit);
            if (place != PLACE_NONE && hit.thing->version < version)
                choice->older = true;
            else if (place != PLACE_NONE && place <= choice->place)
                add_hit(choice, hit, place);
        }
    }
}

void choice_find_misnamed(struct choice *choice)
{
    const struct exercise *exercise = choice->exercise;
    if (choice->place != PLACE_NONE || list_count(exercise->edit) != 1)
        return;
    const int version = newest(choice, 0);
    for (size_t i = 0; i < choice->pile->count; i++) {
        const struct thing *thing = &choice->pile->things[i];
        if (!thing->meant || strcmp(thing->meant, exercise->edit[0]) != 0)
            continue;
        choice->misnamed = true;
        if (thing->version < version)
            choice->older = true;
        else
            add_hit(choice, (struct hit){thing, 0}, PLACE_FOLDER); // its name tells
    }
}

// A folder is worse than what is at least a file.
static bool is_worse(const struct hit *hit, const struct hit *than)
{
    return hit->edit == than->edit && hit->thing->kind == THING_FOLDER &&
           than->thing->kind != THING_FOLDER;
}

// For each edit file the best of the others, so that each hit need be compared with that one only.
void choice_drop_worse(struct choice *choice)
{
    for (size_t edit = 0; choice->exercise->edit[edit]; edit++) {
        const struct hit *best = NULL;
        for (size_t i = 0; i < choice->count; i++)
            if (choice->hits[i].edit == edit && (!best || is_worse(best, &choice->hits[i])))
                best = &choice->hits[i];
        struct hit than = best ? *best : (struct hit){NULL, edit};
        size_t kept = 0;
        for (size_t i = 0; i < choice->count; i++)
            if (!best || !is_worse(&choice->hits[i], &than))
                choice->hits[kept++] = choice->hits[i];
        choice->count = kept;
    }
}

void choice_keep_shallowest(struct choice *choice)
{
    size_t least = SIZE_MAX, kept = 0;
    for (size_t i = 0; i < choice->count; i++) {
        size_t depth = depth_of(choice->hits[i].thing->path);
        least = depth < least ? depth : least;
    }
    for (size_t i = 0; i < choice->count; i++)
        if (depth_of(choice->hits[i].thing->path) == least)
            choice->hits[kept++] = choice->hits[i];
    choice->count = kept;
}
