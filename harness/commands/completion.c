// racelings completion bash|zsh: the script that completes the command line in that shell, made
// from the tables that the command line is read by. `cmake --install` puts both where the shells
// look.
#include "commands.h"
#include "common.h"

#include "base/text.h"

#include <stdio.h>
#include <string.h>
#include <talloc.h>

// ---- bash ----

// What bash_body makes of a place: words, or one of its own signs.
static const char *bash_words(const void *context, enum value value, const char *const *words)
{
    switch (value) {
    case VALUE_WORD: return list_join(context, words, " ");
    case VALUE_FILE: return "@files";
    case VALUE_FOLDER: return "@folders";
    case VALUE_EXERCISE: return "@exercises";
    case VALUE_COMMAND: return "@commands";
    case VALUE_TEXT:
    case VALUE_NONE: break;
    }
    return "";
}

static const char bash_head[] =
    "# Completion of racelings in bash: the output of \"racelings completion bash\".\n"
    "\n"
    "# What can stand in a place of the command line: words, or @files, @folders, @exercises,\n"
    "# @commands. A place is \"COMMAND OPTION\", \"COMMAND first\", \"COMMAND rest\" for its names, or\n"
    "# \"COMMAND options\". Fails where an option takes no value.\n"
    "_racelings_place()\n"
    "{\n"
    "    case $1 in\n";

static const char bash_body[] =
    "    *) return 1 ;;\n"
    "    esac\n"
    "}\n"
    "\n"
    "# Completes $word to what a place can hold.\n"
    "_racelings_complete()\n"
    "{\n"
    "    case $1 in\n"
    "    @files) compopt -o filenames; COMPREPLY=($(compgen -f -- \"$word\")) ;;\n"
    "    @folders) compopt -o filenames; COMPREPLY=($(compgen -d -- \"$word\")) ;;\n"
    "    @exercises) COMPREPLY=($(compgen -W \"$(racelings list --names 2>/dev/null)\" -- "
    "\"$word\")) ;;\n"
    "    @commands) COMPREPLY=($(compgen -W \"$(_racelings_place commands)\" -- \"$word\")) ;;\n"
    "    *) COMPREPLY=($(compgen -W \"$1\" -- \"$word\")) ;;\n"
    "    esac\n"
    "}\n"
    "\n"
    "_racelings()\n"
    "{\n"
    "    local IFS=$' \\t\\n' word=${COMP_WORDS[COMP_CWORD]} command=${COMP_WORDS[1]} i names=0\n"
    "    local before=${COMP_WORDS[COMP_CWORD-1]} place\n"
    "    COMPREPLY=()\n"
    "    if [ \"$COMP_CWORD\" = 1 ]; then\n"
    "        _racelings_complete \"$(_racelings_place commands) --help --version\"\n"
    "    elif [ \"${before#-}\" != \"$before\" ] && place=$(_racelings_place \"$command $before\"); "
    "then\n"
    "        _racelings_complete \"$place\"\n"
    "    elif [ \"${word#-}\" != \"$word\" ]; then\n"
    "        _racelings_complete \"$(_racelings_place \"$command options\") --help\"\n"
    "    else\n"
    "        for ((i = 2; i < COMP_CWORD; i++)); do\n"
    "            if [ \"${COMP_WORDS[i]#-}\" = \"${COMP_WORDS[i]}\" ] &&\n"
    "                ! _racelings_place \"$command ${COMP_WORDS[i-1]}\" >/dev/null; then\n"
    "                names=$((names + 1))\n"
    "            fi\n"
    "        done\n"
    "        if [ $names = 0 ]; then place=first; else place=rest; fi\n"
    "        _racelings_complete \"$(_racelings_place \"$command $place\")\"\n"
    "    fi\n"
    "}\n"
    "complete -F _racelings racelings\n";

static void bash_option(const void *context, const struct subcommand *command,
                        const struct option_rule *rule)
{
    if (!rule->argument)
        return;
    printf("    \"%s --%s\"", command->name, rule->name);
    if (rule->letter)
        printf(" | \"%s -%c\"", command->name, rule->letter);
    printf(") echo \"%s\" ;;\n", bash_words(context, rule->value, rule->words));
}

static void bash_command(const void *context, const struct subcommand *command)
{
    const char *name = command->name;
    printf("    \"%s first\") echo \"%s\" ;;\n", name,
           bash_words(context, command->first, command->words));
    printf("    \"%s rest\") echo \"%s\" ;;\n", name, bash_words(context, command->rest, NULL));
    printf("    \"%s options\") echo \"", name);
    for (size_t i = 0; command->options[i]; i++)
        printf("%s--%s", i ? " " : "", command->options[i]->name);
    printf("\" ;;\n");
    for (size_t i = 0; command->options[i]; i++)
        bash_option(context, command, command->options[i]);
}

static void write_bash(const void *context)
{
    const char **names = list_new(context);
    for (size_t i = 0; subcommands[i]; i++)
        list_add(&names, subcommands[i]->name);
    printf("%s    commands) echo \"%s\" ;;\n", bash_head, list_join(context, names, " "));
    for (size_t i = 0; subcommands[i]; i++)
        bash_command(context, subcommands[i]);
    printf("%s", bash_body);
}

// ---- zsh ----

static const char *zsh_action(const void *context, enum value value, const char *const *words)
{
    switch (value) {
    case VALUE_WORD: return talloc_asprintf(context, "(%s)", list_join(context, words, " "));
    case VALUE_FILE: return "_files";
    case VALUE_FOLDER: return "_files -/";
    case VALUE_EXERCISE: return "_racelings_exercises";
    case VALUE_COMMAND: return "_racelings_commands";
    case VALUE_TEXT:
    case VALUE_NONE: break;
    }
    return "";
}

// Text inside single quotes and inside the brackets of a specification.
static char *zsh_text(const void *context, const char *text)
{
    char *quoted = talloc_strdup(context, "");
    for (; *text; text++) {
        if (*text == '\'')
            quoted = talloc_strdup_append(quoted, "'\\''");
        else
            quoted =
                talloc_asprintf_append(quoted, "%s%c", strchr("[]:", *text) ? "\\" : "", *text);
    }
    return quoted;
}

static void zsh_option(const void *context, const struct option_rule *rule)
{
    const char *value = rule->argument
                            ? talloc_asprintf(context, ":%s:%s", rule->argument,
                                              zsh_action(context, rule->value, rule->words))
                            : "";
    const char *equals = rule->argument ? "=" : "";
    const char *help = zsh_text(context, rule->help);
    if (rule->letter)
        printf(" \\\n        '(-%c --%s)'{-%c%s,--%s%s}'[%s]%s'", rule->letter, rule->name,
               rule->letter, rule->argument ? "+" : "", rule->name, equals, help, value);
    else
        printf(" \\\n        '--%s%s[%s]%s'", rule->name, equals, help, value);
}

static void zsh_command(const void *context, const struct subcommand *command)
{
    printf("_racelings_%s()\n{\n    _arguments '--help[all about this command]'", command->name);
    for (size_t i = 0; command->options[i]; i++)
        zsh_option(context, command->options[i]);
    if (command->first)
        printf(" \\\n        '1: :%s'", zsh_action(context, command->first, command->words));
    if (command->rest)
        printf(" \\\n        '*: :%s'", zsh_action(context, command->rest, NULL));
    printf("\n}\n\n");
}

static const char zsh_head[] =
    "#compdef racelings\n"
    "# Completion of racelings in zsh: the output of \"racelings completion zsh\".\n"
    "\n"
    "_racelings_exercises()\n"
    "{\n"
    "    local -a names\n"
    "    names=(${(f)\"$(racelings list --names 2>/dev/null)\"})\n"
    "    compadd -a names\n"
    "}\n"
    "\n"
    "_racelings_commands()\n"
    "{\n"
    "    local -a commands\n"
    "    commands=(\n";

static const char zsh_body[] = "_racelings()\n"
                               "{\n"
                               "    local command=$words[2]\n"
                               "    if (( CURRENT == 2 )); then\n"
                               "        _racelings_commands\n"
                               "    elif (( $+functions[_racelings_$command] )); then\n"
                               "        shift words\n"
                               "        (( CURRENT-- ))\n"
                               "        _racelings_$command\n"
                               "    fi\n"
                               "}\n"
                               "\n"
                               "if [ \"$funcstack[1]\" = _racelings ]; then\n"
                               "    _racelings \"$@\"\n"
                               "else\n"
                               "    compdef _racelings racelings\n"
                               "fi\n";

static void write_zsh(const void *context)
{
    printf("%s", zsh_head);
    for (size_t i = 0; subcommands[i]; i++)
        printf("        '%s:%s'\n", subcommands[i]->name,
               zsh_text(context, subcommands[i]->summary));
    printf("    )\n    _describe -t commands command commands\n}\n\n");
    for (size_t i = 0; subcommands[i]; i++)
        zsh_command(context, subcommands[i]);
    printf("%s", zsh_body);
}

// ---- The command ----

static const char *const shells[] = {"bash", "zsh", NULL};

static int run(const struct options *options)
{
    struct problem problem = {""};
    const char *shell = options->names[0];
    if (!shell || options->names[1] || !list_has(shells, shell)) {
        problem_set(&problem, "completion: for which shell? \"racelings completion bash\" or "
                              "\"racelings completion zsh\"");
        return usage_failure(&problem);
    }
    if (strcmp(shell, "bash") == 0)
        write_bash(options);
    else
        write_zsh(options);
    return EXIT_AS_HOPED;
}

static const struct option_rule *const rules[] = {NULL};

const struct subcommand completion_command = {
    .name = "completion",
    .arguments = "bash|zsh",
    .summary = "the script that completes racelings in a shell",
    .help = "Prints the script that completes the command line of racelings in bash or zsh. Where "
            "racelings was installed it is in its place already. Else, for the running shell: "
            "source <(racelings completion bash)",
    .first = VALUE_WORD,
    .words = shells,
    .options = rules,
    .run = run,
};
