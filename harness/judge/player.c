// See player.h.

#include "player.h"

#include "base/text.h"
#include "run/workspace.h"
#include "source.h"
#include "story.h"
#include "detectors/explore_report.h"
#include "detectors/symbols.h"

#include <string.h>
#include <talloc.h>

// What the program may print, and how long a run may take before it is given up.
enum { OUTPUT_LIMIT = 1 << 20, SECONDS = 120 };

struct player {
    const struct subject *subject;
    struct program program;
};

static const char *const *arguments_of(const void *context, const struct subject *subject)
{
    if (subject->arguments)
        return subject->arguments;
    const char **arguments = list_new(context);
    if (subject->exercise)
        list_add(&arguments,
                 talloc_asprintf(arguments, "%ld",
                                 exercise_rounds(subject->exercise, explore_detector.name)));
    return arguments;
}

static bool build(struct player *player, struct problem *problem)
{
    struct build *made = judge_compile(player, player->subject, &explore_detector, false);
    bool linked =
        made->ending == BUILD_DONE && build_link(made, player->program.folder, NULL, problem);
    if (made->ending == BUILD_DONE && !linked)
        return false;
    if (made->ending != BUILD_DONE)
        return problem_set(problem, "%s does not build: %s", player->subject->name, made->first);
    player->program.path = made->program;
    return true;
}

struct player *player_open(const void *context, const struct subject *subject,
                           struct problem *problem)
{
    struct player *player = talloc_zero(context, struct player);
    player->subject = subject;
    player->program.folder = workspace_new(player, problem);
    player->program.root = subject->sources.root;
    player->program.arguments = arguments_of(player, subject);
    if (player->program.folder) {
        if (build(player, problem))
            return player;
    }
    talloc_free(player);
    return NULL;
}

// One run with the explorer's settings.
static bool run(const struct player *player, void *context, const char *settings,
                struct reading *reading, struct problem *problem)
{
    struct program program = player->program;
    program.settings = settings;
    struct command command = {
        .directory = program.folder, .seconds = SECONDS, .output_limit = OUTPUT_LIMIT};
    struct outcome outcome;
    explore_detector.prepare(context, &program, 1, &command);
    if (!process_run(context, &command, &outcome, problem))
        return false;
    explore_read_raw(context, &program, &outcome, reading);
    if (reading->state == READING_UNUSABLE)
        return problem_set(problem, "%s", reading->note);
    return true;
}

// " scene=last_piece"; "" for the driver where that needs no saying.
static char *scene_setting(const void *context, const char *scene, const char *driver)
{
    char *setting = talloc_asprintf(context, " scene=%s", scene ? scene : driver);
    for (char *blank = setting + 1; (blank = strchr(blank, ' ')) != NULL;)
        *blank = '_';
    return scene || driver[0] ? setting : talloc_strdup(context, "");
}

bool player_list(const struct player *player, void *context, struct reading *reading,
                 struct problem *problem)
{
    return run(player, context, "mode=list", reading, problem);
}

static bool run_schedule(const struct player *player, void *context, const char *mode,
                         const char *scene, const char *schedule, struct reading *reading,
                         struct problem *problem)
{
    const char *settings = talloc_asprintf(context, "mode=%s replay=%s%s", mode, schedule,
                                           scene_setting(context, scene, ""));
    if (!run(player, context, settings, reading, problem))
        return false;
    if (reading->state == READING_UNFOLLOWED)
        return problem_set(problem, "the explorer cannot follow %s: there are no schedules to play",
                           reading->note);
    return reading->count > 0 || problem_set(problem, "the explorer tells nothing of its run");
}

bool player_run(const struct player *player, void *context, const char *scene, const char *schedule,
                struct reading *reading, struct problem *problem)
{
    return run_schedule(player, context, "play", scene, schedule, reading, problem);
}

bool player_tell(const struct player *player, void *context, const char *scene,
                 const char *schedule, struct reading *reading, struct problem *problem)
{
    return run_schedule(player, context, "replay", scene, schedule, reading, problem);
}

bool player_judge(const struct player *player, void *context, const char *scene,
                  struct reading *reading, struct problem *problem)
{
    const char *settings =
        talloc_asprintf(context, "schedules=400 runs=20000%s", scene_setting(context, scene, "-"));
    return run(player, context, settings, reading, problem);
}

void player_name(const struct player *player, void *context, struct reading *reading)
{
    symbols_fill(context, &player->program, reading);
    for (size_t i = 0; i < reading->count; i++) {
        struct finding *finding = &reading->findings[i];
        enum kind kind = finding->kind;
        finding->kind = KIND_NOTHING; // the story of a race would be cut off behind it
        story_name(context, player->program.root, finding);
        finding->kind = kind;
        source_name(context, player->program.root, finding);
    }
}

const char *player_sentence(const void *context, const struct finding *finding)
{
    const char *sentence;
    struct finding one = *finding;
    const struct outcome outcome = {.ending = ENDED_EXITED};
    const struct reading reading = {.state = READING_COMPLETE, .findings = &one, .count = 1};
    verdict_decide(context, &explore_detector, &outcome, &reading, &sentence);
    return sentence;
}
