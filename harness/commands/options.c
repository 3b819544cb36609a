#define _GNU_SOURCE
#include "options.h"

#include "base/text.h"
#include "toolchain.h"

#include <errno.h>
#include <getopt.h>
#include <sched.h>
#include <stdlib.h>
#include <string.h>
#include <talloc.h>

static const struct option long_options[] = {
    {"detector", required_argument, NULL, 'd'},
    {"variant", required_argument, NULL, 'v'},
    {"answer", required_argument, NULL, 'a'},
    {"json", required_argument, NULL, 'o'},
    {"quiet", no_argument, NULL, 'q'},
    {"timeout", required_argument, NULL, 't'},
    {"commands", no_argument, NULL, 'c'},
    {"course", required_argument, NULL, 'r'},
    {"inventory", no_argument, NULL, 'i'},
    {"out", required_argument, NULL, 'O'},
    {"policy", required_argument, NULL, 'p'},
    {"regrade", required_argument, NULL, 'g'},
    {"unsafe", no_argument, NULL, 'u'},
    {"autograder", required_argument, NULL, 'z'},
    {NULL, 0, NULL, 0},
};

static int core_count(void)
{
    cpu_set_t set;
    return sched_getaffinity(0, sizeof set, &set) == 0 ? CPU_COUNT(&set) : 1;
}

static bool set_detector(struct options *options, const char *name, struct problem *problem)
{
    const struct detector *detector = detector_find(name);
    if (!detector)
        return problem_set(problem, "no detector is called \"%s\"; there are %s", name,
                           list_join(options, detector_names, ", "));
    options->detectors = talloc_zero_array(options, const struct detector *, 2);
    options->detectors[0] = detector;
    return true;
}

static bool set_variant(struct options *options, const char *name, struct problem *problem)
{
    static const char *const variants[] = {"yours", "broken", "fixed", NULL};
    options->variant = name;
    return list_has(variants, name) ||
           problem_set(problem, "--variant is one of yours, broken and fixed, not \"%s\"", name);
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

static bool set_option(struct options *options, int letter, const char *value,
                       struct problem *problem)
{
    double number = 0;
    switch (letter) {
    case 'd': return set_detector(options, value, problem);
    case 'v': return set_variant(options, value, problem);
    case 'a': options->answer = value; return true;
    case 'o': options->json = value; return true;
    case 'q': options->quiet = true; return true;
    case 'c': options->commands = true; return true;
    case 'i': options->inventory = true; return true;
    case 'O': options->out = value; return true;
    case 'p': options->policy = value; return true;
    case 'g': options->regrade = value; return true;
    case 'u': options->unsafe = true; return true;
    case 'z': options->autograder = value; return true;
    case 'r': return set_root(options, value, problem);
    case 't':
        if (!set_number("--timeout", value, false, 3600, &number, problem))
            return false;
        options->seconds = number;
        return true;
    case 'j':
        if (!set_number("-j", value, true, 64, &number, problem))
            return false;
        options->workers = (int)number;
        return true;
    default: return false;
    }
}

static const char *option_name(int letter)
{
    for (const struct option *option = long_options; option->name; option++)
        if (option->val == letter)
            return option->name;
    return "-j";
}

static struct options *options_default(const void *context)
{
    struct options *options = talloc_zero(context, struct options);
    size_t count = list_count(detector_names);
    options->root = RACELINGS_COURSE;
    options->variant = "yours";
    options->workers = core_count();
    options->names = list_new(options);
    options->arguments = list_new(options);
    options->detectors = talloc_zero_array(options, const struct detector *, (unsigned)count + 1);
    for (size_t i = 0; i < count; i++)
        options->detectors[i] = detectors[i];
    return options;
}

// Where "--" stands, or argc: what follows belongs to the judged program.
static int find_separator(int argc, char **argv)
{
    int at = 1;
    while (at < argc && strcmp(argv[at], "--") != 0)
        at++;
    return at;
}

struct options *options_read(const void *context, const char *command, const char *allowed,
                             int argc, char **argv, struct problem *problem)
{
    struct options *options = options_default(context);
    int separator = find_separator(argc, argv), letter = 0;
    opterr = 0;
    optind = 0;
    // "+": options and names may not be mixed up by getopt's reordering; "-" gives names as letter
    // 1.
    while ((letter = getopt_long(separator, argv, "-:j:qd:v:a:", long_options, NULL)) != -1) {
        if (letter == 1) {
            list_add(&options->names, optarg);
            continue;
        }
        if (letter == ':') {
            problem_set(problem, "%s: %s needs a value", command, argv[optind - 1]);
            return NULL;
        }
        if (letter == '?' || !strchr(allowed, letter)) {
            problem_set(problem, "%s: unknown option %s; \"racelings --help\" lists them", command,
                        letter == '?' ? argv[optind - 1] : option_name(letter));
            return NULL;
        }
        if (!set_option(options, letter, optarg, problem))
            return NULL;
    }
    for (int i = separator + 1; i < argc; i++)
        list_add(&options->arguments, argv[i]);
    return options;
}
