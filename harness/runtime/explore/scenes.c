// Runs the scenes of racelings/scenes.h. A scene's main thread sets up, starts the parts, joins
// them and looks at what came of it.

#include "core.h"

#include <string.h>

#include "../include/racelings/scenes.h"
#include "scenes.h"

#pragma weak scenes

enum { PARTS_MOST = 4 };

const struct scene *scene_at(int index)
{
    return scenes == NULL || scenes[index].name == NULL ? NULL : &scenes[index];
}

int scene_named(const char *name)
{
    for (int i = 0; scene_at(i) != NULL; i++) {
        const char *one = scenes[i].name, *other = name;
        while (*one != '\0' && (*one == *other || (*one == ' ' && *other == '_')))
            one++, other++;
        if (*one == '\0' && *other == '\0')
            return i;
    }
    return MAIN_SCENE;
}

static void *run_part(void *argument)
{
    void (*part)(void);
    memcpy(&part, argument, sizeof part);
    part();
    return NULL;
}

void scene_run(int index)
{
    const struct scene *scene = &scenes[index];
    unsigned long handles[PARTS_MOST];
    engine->allocated_before = heap_live();
    uintptr_t pc = (uintptr_t)scene->parts[0];
    if (scene->set_up != NULL)
        scene->set_up();
    int count = 0;
    for (; count < PARTS_MOST && scene->parts[count] != NULL; count++)
        if (thread_create(&handles[count], false, run_part, (void *)(uintptr_t)&scene->parts[count],
                          pc) != 0)
            run_end(ENDED_WRONG, "so many threads live that none of the scene's could be started");
    for (int i = 0; i < count; i++)
        thread_join(handles[i], NULL, 0, pc);
    if (scene->end != NULL)
        scene->end();
    program_ends(0, true);
}

// ---- What a scene may ask ----

void scene_expect(bool holds, const char *what)
{
    if (holds)
        return;
    thread_self()->next.pc = HERE();
    run_end(ENDED_WRONG, "%s", what);
}

void scene_must_not_wait(bool on)
{
    thread_self()->must_not_wait = on;
}

bool scene_timed_out(void)
{
    return engine->outcome->timeouts > 0;
}

long scene_allocated(void)
{
    return heap_live() - engine->allocated_before;
}
