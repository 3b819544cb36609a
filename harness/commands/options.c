#include "options.h"

#include "base/crew.h"
#include "base/nearest.h"
#include "base/text.h"
#include "course/locate.h"

#include <errno.h>
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <talloc.h>

// ---- The tables ----

const struct option_rule option_detector = {
    .id = OPTION_DETECTOR,
    .letter = 'd',
    .name = "detector",
    .argument = "NAME",
    .value = VALUE_WORD,
    .words = detector_names,
    .help = "ask one judge instead of all",
};
const struct option_rule option_json = {
    .id = OPTION_JSON,
    .name = "json",
    .argument = "FILE",
    .value = VALUE_FILE,
    .help = "write every judgement to FILE, - for standard output",
};
const struct option_rule option_jobs = {
    .id = OPTION_JOBS,
    .letter = 'j',
    .name = "jobs",
    .argument = "N",
    .value = VALUE_TEXT,
    .help = "judge N at a time; as many as cores by default",
};
const struct option_rule option_timeout = {
    .id = OPTION_TIMEOUT,
    .name = "timeout",
    .argument = "SECONDS",
    .value = VALUE_TEXT,
    .help = "the clock for one run, in place of the judge's own",
};
const struct option_rule option_quiet = {
    .id = OPTION_QUIET,
    .letter = 'q',
    .name = "quiet",
    .help = "say only what is not as hoped",
};
const struct option_rule option_commands = {
    .id = OPTION_COMMANDS,
    .name = "commands",
    .help = "print the shell commands that do the same, and judge nothing",
};
const struct option_rule option_course = {
    .id = OPTION_COURSE,
    .name = "course",
    .argument = "DIR",
    .value = VALUE_FOLDER,
    .help = "the folder that holds exercises/, if it is not the one you are in",
};
static const char *const variants[] = {"yours", "broken", "fixed", NULL};
const struct option_rule option_variant = {
    .id = OPTION_VARIANT,
    .letter = 'v',
    .name = "variant",
    .argument = "KIND",
    .value = VALUE_WORD,
    .words = variants,
    .help = "which program (yours by default)",
};
const struct option_rule option_answer = {
    .id = OPTION_ANSWER,
    .letter = 'a',
    .name = "answer",
    .argument = "FILE",
    .value = VALUE_FILE,
    .help = "take FILE in place of the file that students edit",
};

// ---- Values ----

// Whether `value` is one of the words that the option takes.
static bool check_word(const void *context, const struct option_rule *rule, const char *value,
                       struct problem *problem)
{
    struct nearest nearest = {.typed = value};
    if (list_has(rule->words, value))
        return true;
    for (size_t i = 0; rule->words[i]; i++)
        nearest_offer(&nearest, rule->words[i], rule->words[i]);
    return problem_set(problem, "--%s takes one of %s, not \"%s\"%s%s", rule->name,
                       list_join(context, rule->words, ", "), value, nearest.count ? ";" : "",
                       nearest_question(context, &nearest));
}

static void set_detector(struct options *options, const char *name)
{
    options->detectors = talloc_zero_array(options, const struct detector *, 2);
    options->detectors[0] = detector_find(name);
}

// A positive number, whole if `whole`.
static bool set_number(const char *option, const char *text, bool whole, double most,
                       double *number, struct problem *problem)
{
    char *end;
    *number = strtod(text, &end);
    bool fits = end != text && *end == '\0' && *number > 0 && *number <= most;
    if (!fits || (whole && *number != (double)(int)*number))
        return problem_set(problem, "%s takes a %s from %s to %.0f, not \"%s\"", option,
                           whole ? "whole number" : "number of seconds", whole ? "1" : "above 0",
                           most, text);
    return true;
}

static bool set_root(struct options *options, const char *path, struct problem *problem)
{
    char *absolute = realpath(path, NULL);
    if (!absolute)
        return problem_set(problem, "there is no course in %s: %s", path, strerror(errno));
    options->root = talloc_strdup(options, absolute);
    free(absolute);
    return true;
}

// "K/N": part K of N.
static bool set_part(struct options *options, const char *text, struct problem *problem)
{
    enum { MOST = 100000 };
    int end = 0;
    if (sscanf(text, "%d/%d%n", &options->part, &options->parts, &end) == 2 && !text[end] &&
        options->part >= 1 && options->part <= options->parts && options->parts <= MOST)
        return true;
    return problem_set(problem, "--part takes K/N, as in 1/4, 2/4, 3/4 and 4/4, not \"%s\"", text);
}

static bool set_option(struct options *options, const struct option_rule *rule, const char *value,
                       struct problem *problem)
{
    double number = 0;
    if (rule->value == VALUE_WORD && !check_word(options, rule, value, problem))
        return false;
    switch (rule->id) {
    case OPTION_DETECTOR: set_detector(options, value); break;
    case OPTION_VARIANT: options->variant = value; break;
    case OPTION_ANSWER: options->answer = value; break;
    case OPTION_JSON: options->json = value; break;
    case OPTION_PRINT_JSON: options->json = "-"; break;
    case OPTION_QUIET: options->quiet = true; break;
    case OPTION_COMMANDS: options->commands = true; break;
    case OPTION_INVENTORY: options->inventory = true; break;
    case OPTION_OUT: options->out = value; break;
    case OPTION_POLICY: options->policy = value; break;
    case OPTION_REGRADE: options->regrade = value; break;
    case OPTION_UNSAFE: options->unsafe = true; break;
    case OPTION_PART: return set_part(options, value, problem);
    case OPTION_COLLECT: options->collect = true; break;
    case OPTION_PLAN: options->plan = true; break;
    case OPTION_WATCH: options->watch = true; break;
    case OPTION_AUTOGRADER: options->autograder = value; break;
    case OPTION_SCHEDULE: options->schedule = value; break;
    case OPTION_SCENE: options->scene = value; break;
    case OPTION_ONCE: options->once = true; break;
    case OPTION_MANUAL: options->manual = true; break;
    case OPTION_POLL: options->poll = true; break;
    case OPTION_FORMAT: options->format = value; break;
    case OPTION_HTML: options->html = value; break;
    case OPTION_ANYWAY: options->anyway = true; break;
    case OPTION_NAMES: options->names_only = true; break;
    case OPTION_COURSE: return set_root(options, value, problem);
    case OPTION_TIMEOUT:
        if (!set_number("--timeout", value, false, 3600, &number, problem))
            return false;
        options->seconds = number;
        break;
    case OPTION_JOBS:
        if (!set_number("-j", value, true, 64, &number, problem))
            return false;
        options->workers = (int)number;
        break;
    case OPTION_TIMES:
        if (!set_number("--times", value, true, 1000, &number, problem))
            return false;
        options->times = (int)number;
        break;
    }
    return true;
}

static struct options *options_default(const void *context)
{
    struct options *options = talloc_zero(context, struct options);
    size_t count = list_count(detector_names);
    options->variant = "yours";
    options->format = "text";
    options->workers = crew_processors();
    options->times = 1;
    options->names = list_new(options);
    options->arguments = list_new(options);
    options->flags = list_new(options);
    options->libraries = list_new(options);
    options->detectors = talloc_zero_array(options, const struct detector *, (unsigned)count + 1);
    for (size_t i = 0; i < count; i++)
        options->detectors[i] = detectors[i];
    return options;
}

// ---- Reading ----

// getopt's tables for a command: an option is called by its place in the command's own table.
enum { FIRST_CODE = 256 };

struct reader {
    const struct subcommand *command;
    struct option *options;
    char *letters;
};

static void make_reader(const void *context, const struct subcommand *command,
                        struct reader *reader)
{
    size_t count = 0;
    while (command->options[count])
        count++;
    reader->command = command;
    reader->options = talloc_zero_array(context, struct option, (unsigned)count + 1);
    reader->letters =
        talloc_strdup(context, "-:"); // names in their places; tell what lacks a value
    for (size_t i = 0; i < count; i++) {
        const struct option_rule *rule = command->options[i];
        int takes = rule->argument ? required_argument : no_argument;
        reader->options[i] = (struct option){rule->name, takes, NULL, FIRST_CODE + (int)i};
        if (rule->letter)
            reader->letters = talloc_asprintf_append(reader->letters, "%c%s", rule->letter,
                                                     rule->argument ? ":" : "");
    }
}

// The rule of what getopt_long gave; NULL if the option is unknown.
static const struct option_rule *find_rule(const struct subcommand *command, int code)
{
    for (int i = 0; command->options[i]; i++)
        if (code == FIRST_CODE + i || (code && code == command->options[i]->letter))
            return command->options[i];
    return NULL;
}

static bool complain(const void *context, const struct subcommand *command, const char *typed,
                     struct problem *problem)
{
    const char *name = typed + strspn(typed, "-");
    struct nearest nearest = {.typed = talloc_strndup(context, name, strcspn(name, "="))};
    for (size_t i = 0; command->options[i]; i++)
        nearest_offer(&nearest, command->options[i]->name,
                      talloc_asprintf(context, "--%s", command->options[i]->name));
    return problem_set(problem, "%s: there is no option %s;%s \"racelings help %s\" shows them all",
                       command->name, typed, nearest_question(context, &nearest), command->name);
}

// Where "--" stands, or argc: what follows belongs to the judged program.
static int find_separator(int argc, char **argv)
{
    int at = 1;
    while (at < argc && strcmp(argv[at], "--") != 0)
        at++;
    return at;
}

// ---- The compiler's options ----

// Those that may stand in the next word: "-I" "include".
static const char parted[] = "DUIlL";

// Whether a word begins an option of the compiler's. What the harness sees to itself (optimisation,
// debug information, threads) is one too.
static bool is_compilers(const char *word)
{
    static const char *const others[] = {"-std=", "-pthread", "-W", "-f", "-m", "-O", "-g"};
    if (word[0] != '-' || word[1] == '-')
        return false;
    if (word[1] && strchr(parted, word[1]))
        return true;
    for (size_t i = 0; i < sizeof others / sizeof others[0]; i++)
        if (strncmp(word, others[i], strlen(others[i])) == 0)
            return true;
    return false;
}

// Whether the judges' builds are to have it: how far a program is optimised, and what watches it,
// is for each judge to say.
static bool is_kept(const char *word)
{
    static const char *const left_out[] = {"-O", "-g", "-pthread", "-fopenmp", "-fsanitize"};
    for (size_t i = 0; i < sizeof left_out / sizeof left_out[0]; i++)
        if (strncmp(word, left_out[i], strlen(left_out[i])) == 0)
            return false;
    return true;
}

// Takes the compiler's options out of the words, which are moved together. Gives how many are left.
static int take_flags(struct options *options, int argc, char **argv)
{
    int left = 0;
    for (int i = 0; i < argc; i++) {
        if (i == 0 || !is_compilers(argv[i])) {
            argv[left++] = argv[i];
            continue;
        }
        const char *word = argv[i];
        if (strchr(parted, word[1]) && !word[2] && i + 1 < argc)
            word = talloc_asprintf(options, "%s%s", word, argv[++i]);
        bool links = word[1] == 'l' || word[1] == 'L';
        if (is_kept(word))
            list_add(links ? &options->libraries : &options->flags, word);
    }
    return left;
}

// Not if a word is empty, as a shell's unset variable is, or holds what would break every line that
// tells of it. The tools' reports, of which many are lines, could not name such a file either.
static bool is_tellable(const struct subcommand *command, const char *word, struct problem *problem)
{
    if (!word[0])
        return problem_set(problem, "%s: one of the names or values given is empty", command->name);
    char *escaped = text_escape(NULL, word, "");
    bool tellable = strcmp(escaped, word) == 0 ||
                    problem_set(problem,
                                "%s: \"%s\" holds a control character, which no report could "
                                "show: rename it",
                                command->name, escaped);
    talloc_free(escaped);
    return tellable;
}

static bool read_words(struct options *options, const struct reader *reader, int argc, char **argv,
                       struct problem *problem)
{
    const struct subcommand *command = reader->command;
    int code;
    opterr = 0;
    optind = 0;
    while ((code = getopt_long(argc, argv, reader->letters, reader->options, NULL)) != -1) {
        if (optarg && !is_tellable(command, optarg, problem))
            return false;
        if (code == 1) {
            list_add(&options->names, optarg);
            continue;
        }
        if (code == ':')
            return problem_set(problem, "%s: %s needs a value", command->name, argv[optind - 1]);
        const struct option_rule *rule = find_rule(command, code);
        if (!rule)
            return complain(options, command, argv[optind - 1], problem);
        if (!set_option(options, rule, optarg, problem))
            return false;
    }
    return true;
}

// Whether the command can be asked for another course, so needs one.
static bool needs_course(const struct subcommand *command)
{
    for (size_t i = 0; command->options[i]; i++)
        if (command->options[i] == &option_course)
            return true;
    return false;
}

struct options *options_read(const void *context, const struct subcommand *command, int argc,
                             char **argv, struct problem *problem)
{
    struct options *options = options_default(context);
    struct reader reader;
    int separator = find_separator(argc, argv);
    options->command = command->name;
    make_reader(options, command, &reader);
    for (int i = separator + 1; i < argc; i++)
        list_add(&options->arguments, argv[i]);
    if (command->compiles)
        separator = take_flags(options, separator, argv);
    if (!read_words(options, &reader, separator, argv, problem))
        return NULL;
    if (needs_course(command) && !options->root)
        options->root = course_locate(options, problem);
    return !needs_course(command) || options->root ? options : NULL;
}
