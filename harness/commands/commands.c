#include "commands.h"

#include "base/nearest.h"
#include "base/text.h"
#include "common.h"
#include "help.h"

#include <string.h>
#include <talloc.h>

const struct subcommand *const subcommands[] = {
    &init_command,    &watch_command,   &list_command,       &next_command,   &check_command,
    &hint_command,    &play_command,    &replay_command,     &reset_command,  &solution_command,
    &try_command,     &measure_command, &doctor_command,     &verify_command, &grade_command,
    &handout_command, &help_command,    &completion_command, &manual_command, NULL,
};

const struct subcommand *subcommand_find(const char *name, struct problem *problem)
{
    struct nearest nearest = {.typed = name};
    for (size_t i = 0; subcommands[i]; i++) {
        if (strcmp(subcommands[i]->name, name) == 0)
            return subcommands[i];
        nearest_offer(&nearest, subcommands[i]->name, subcommands[i]->name);
    }
    char *question = nearest_question(NULL, &nearest);
    problem_set(problem, "there is no command \"%.200s\";%s \"racelings help\" shows them all",
                text_escape(question, name, ""), question);
    talloc_free(question);
    return NULL;
}

// Whether one of the words before "--" asks for help.
static bool asks_for_help(int argc, char **argv)
{
    for (int i = 1; i < argc && strcmp(argv[i], "--") != 0; i++)
        if (strcmp(argv[i], "--help") == 0 || strcmp(argv[i], "-h") == 0)
            return true;
    return false;
}

int subcommand_run(int argc, char **argv)
{
    struct problem problem = {""};
    const struct subcommand *command = subcommand_find(argv[0], &problem);
    if (!command)
        return usage_failure(&problem);
    if (asks_for_help(argc, argv)) {
        help_command_page(stdout, command);
        return EXIT_AS_HOPED;
    }
    void *context = talloc_new(NULL);
    const struct options *options = options_read(context, command, argc, argv, &problem);
    int status = options ? command->run(options) : usage_failure(&problem);
    talloc_free(context);
    return status;
}
