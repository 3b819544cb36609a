// The explorer's main: it takes the place of the program's, searches the scenes and then main
// itself, and writes the report. This process runs none of the program's code but its constructors;
// what it starts for each schedule, and for each exhaustive search, does.

#define _GNU_SOURCE
#include "core.h"
#include "images.h"
#include "machine.h"
#include "racy.h"
#include "report.h"
#include "scenes.h"
#include "settings.h"

#include "../common/environment.h"
#include "../common/seal.h"
#include "../include/racelings/scenes.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <unistd.h>

struct engine *engine;
struct running *running;

enum { CANNOT_EXPLORE = 3, EFFORT_IN_ALL = 200000000 };

// Before the program's own constructors.
__attribute__((constructor(101))) static void set_up(void)
{
    engine = engine_map(sizeof *engine);
    running = engine_map(sizeof *running);
    machine_set_up();
    threads_set_up();
    memory_set_up();
    images_set_up();
    engine->outcome = engine_map(sizeof *engine->outcome);
    clock_reset(); // constructors may lock and unlock
    races_reset();
    heap_reset();
    clock_thread_begin(running->self, NULL);
}

static uint64_t smaller(uint64_t one, uint64_t other)
{
    return one < other ? one : other;
}

static const struct runner runner = {engine_run, engine_apart, engine_share, engine_map};

// `effort` is what all searches to come may cost, beyond their first schedules. It is spent only
// where runs are very long: the last of them are then hardly searched.
static struct search search_of(const struct settings *settings, int scene, uint64_t effort)
{
    // Scenes are made to be exhausted; a driver seldom can be, and has its schedules by chance
    // then.
    enum {
        AFTER = 20,
        REPLAYS = 400,
        SPURIOUS = 2,
        STEPS_EACH = 100,
        DRIVER_PERCENT = 13, // enough for four threads that do two things each: 2,520 of 20,000
        EFFORT_EACH = 1000,
        LONG_RUNS = 3,
        LATE = 200,
    };
    bool is_main = scene == MAIN_SCENE;
    uint32_t runs =
        is_main ? (uint32_t)((uint64_t)settings->runs * DRIVER_PERCENT / 100) : settings->runs;
    uint64_t usual = ((uint64_t)runs + settings->schedules) * EFFORT_EACH;
    return (struct search){.runner = &runner,
                           .scene = scene,
                           .alone = is_main && scene_at(0) == NULL,
                           .seed = settings->seed,
                           .chooser = settings->chooser,
                           .runs = runs,
                           .steps = (uint64_t)runs * STEPS_EACH,
                           .effort = smaller(usual, effort),
                           .effort_in_all = smaller(LONG_RUNS * EFFORT_MOST, effort),
                           .schedules = is_main ? settings->schedules : settings->schedules / 4,
                           .after = AFTER,
                           .replays = REPLAYS,
                           .steps_most = settings->steps,
                           .effort_most = settings->effort,
                           .woken = settings->woken,
                           .late = LATE,
                           .spurious_most = SPURIOUS};
}

// Why the string cannot be replayed; NULL if it was.
static const char *replay(const struct settings *settings, struct report *report)
{
    static const char no_scene[] = "there is no scene of that name";
    int scene = settings->scene != NULL ? scene_named(settings->scene) : MAIN_SCENE;
    if (settings->scene != NULL && scene == MAIN_SCENE)
        return no_scene;
    struct script *script = engine_map(sizeof *script);
    const char *rest = script_parse(script, settings->replay != NULL ? settings->replay : "x1:");
    if (rest != NULL)
        return "this is no schedule";
    const struct scene *named = scene != MAIN_SCENE ? scene_at(scene) : NULL;
    struct replaying how = {.pause = settings->mode == MODE_PLAY, .inside = settings->inside};
    report_replay(report, named != NULL ? named->name : NULL, scene, script, how);
    return NULL;
}

// Searches one scene, or main, and takes what that has cost from *effort.
static const struct search_result *search(const struct settings *settings, int scene,
                                          uint64_t *effort)
{
    racy_forget();
    struct search search = search_of(settings, scene, *effort);
    const struct search_result *result = search_run(&search);
    *effort -= smaller(*effort, result->effort);
    return result;
}

static void judge(const struct settings *settings, struct report *report)
{
    uint64_t effort = EFFORT_IN_ALL;
    int only = settings->scene != NULL ? scene_named(settings->scene) : MAIN_SCENE;
    const struct scene *scene;
    for (int i = 0; (scene = scene_at(i)) != NULL; i++) {
        if (settings->scene != NULL && i != only)
            continue;
        report_search(report, scene->name, scene->promise, i, search(settings, i, &effort));
    }
    if (only != MAIN_SCENE)
        return;
    report_search(report, NULL, NULL, MAIN_SCENE, search(settings, MAIN_SCENE, &effort));
}

// All there is to search, and nothing of it searched.
static void list(struct report *report)
{
    const struct search_result *nothing = engine_map(sizeof *nothing);
    const struct scene *scene;
    for (int i = 0; (scene = scene_at(i)) != NULL; i++)
        report_search(report, scene->name, scene->promise, i, nothing);
    report_search(report, NULL, NULL, MAIN_SCENE, nothing);
}

// What the program prints is kept only where a story is told.
static void silence(void)
{
    int nowhere = open("/dev/null", O_WRONLY | O_CLOEXEC);
    dup2(nowhere, STDOUT_FILENO);
    dup2(nowhere, STDERR_FILENO);
    close(nowhere);
}

// Who runs the program's code may not look into this process, where the report is made; nor does it
// have the word that proves the end, which stays unread until all of that is over.
static void keep_apart(void)
{
    prctl(PR_SET_DUMPABLE, 0);
}

int __wrap_main(int argc, char **argv, char **environment);
int __wrap_main(int argc, char **argv, char **environment)
{
    struct settings settings;
    const char *wrong = settings_read(&settings, getenv("RACELINGS_EXPLORE"));
    if (wrong != NULL) {
        fprintf(stderr, "RACELINGS_EXPLORE: \"%s\" makes no sense here.\n", wrong);
        return CANNOT_EXPLORE;
    }
    environment_wipe(environment);
    keep_apart();
    struct report *report = report_open("explore.json");
    if (report == NULL) {
        perror("explore.json");
        return CANNOT_EXPLORE;
    }
    silence();
    ends_set_up();
    run_set_up(argc, argv, environment);
    const char *why = NULL;
    if (settings.mode == MODE_JUDGE)
        judge(&settings, report);
    else if (settings.mode == MODE_LIST)
        list(report);
    else
        why = replay(&settings, report);
    report_close(report, why);
    int status = why == NULL ? 0 : CANNOT_EXPLORE;
    seal_give(seal_take(), status);
    _exit(status); // the program's destructors belong to its runs
}
