#include "next.h"

#include "record.h"

#include <stdio.h>

void next_tell(const struct course *course, const struct exercise *last)
{
    const struct exercise *before = NULL, *behind = NULL;
    size_t done = 0;
    bool passed = false;
    for (size_t i = 0; i < course->count; i++) {
        const struct exercise *exercise = course->exercises[i];
        const struct exercise **place = passed ? &behind : &before;
        if (record_state(course, exercise) == STATE_DONE)
            done++;
        else if (!*place)
            *place = exercise;
        passed |= exercise == last;
    }
    const struct exercise *next = behind ? behind : before;
    if (next)
        printf("\nDone: %zu of %zu. Next: %s, %s\n  %s/README.md\n", done, course->count,
               next->name, next->title, next->folder);
    else
        printf("\nEvery exercise is done.\n");
}

void next_tell_first(const struct exercise *exercise)
{
    printf("Begin with %s/README.md\n", exercise->folder);
}
