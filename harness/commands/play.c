// racelings play NAME: the student is the scheduler, and tries to break the program.

#include "commands.h"
#include "common.h"

#include "output/explain.h"
#include "play/session.h"
#include "play/sheet.h"

#include <talloc.h>

static const char usage[] = "play: which program? Usage: racelings play NAME, or racelings play "
                            "FILE.c... [-- ARGUMENTS]";

// Plays, or writes the page on which it can be played.
static bool begin(const struct options *options, const struct player *player,
                  const struct subject *subject, struct problem *problem)
{
    char *name = replay_name(NULL, subject);
    bool done = options->html
                    ? sheet_write(player, subject, options->scene, name, options->html, problem)
                    : session_play(player, subject, options->scene, name, problem);
    talloc_free(name);
    return done;
}

static int play(const struct options *options, const struct subject *subject,
                struct problem *problem)
{
    void *context = talloc_new(NULL);
    int status = EXIT_AS_HOPED;
    const struct player *player = NULL;
    if (!ready_to_judge(options, problem))
        status = tool_failure(problem);
    else if (!(player = player_open(context, subject, problem)))
        status = usage_failure(problem);
    else if (!begin(options, player, subject, problem))
        status = usage_failure(problem);
    talloc_free(context);
    return status;
}

static int run(const struct options *options)
{
    struct problem problem = {""};
    void *context = talloc_new(NULL);
    const struct subject *subject = open_subject(context, options, options->names, usage, &problem);
    int status = subject ? play(options, subject, &problem) : usage_failure(&problem);
    talloc_free(context);
    return status;
}

static const struct option_rule scene = {
    .id = OPTION_SCENE,
    .letter = 's',
    .name = "scene",
    .argument = "SCENE",
    .value = VALUE_TEXT,
    .help = "the scene to play, \"driver\" for the whole program; asked for by default",
};
static const struct option_rule html = {
    .id = OPTION_HTML,
    .name = "html",
    .argument = "FILE",
    .value = VALUE_FILE,
    .help = "write a page on which the scene can be played, without --scene the first one",
};
static const struct option_rule *const rules[] = {&option_variant, &option_answer, &scene, &html,
                                                  NULL};

const struct subcommand play_command = {
    .name = "play",
    .arguments = "NAME|FILE...",
    .summary = "be the scheduler, and try to break a program",
    .help =
        "You are the scheduler of an exercise, or of a program of your own (the compiler's options "
        "may stand among its files, its arguments behind \"--\"): you see what each "
        "thread would do next, and a key lets one of them do it. Find an order in which it goes "
        "wrong; when you have mended it, see that there is none left. Each step is undone with "
        "u; ? tells of all keys. --html writes the same as a page "
        "that needs nothing but a browser. If standard input is no terminal, keys are read from its lines.",
    .first = VALUE_EXERCISE,
    .rest = VALUE_FILE,
    .options = rules,
    .compiles = true,
    .run = run,
};
