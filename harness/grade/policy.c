#define _GNU_SOURCE
#include "policy.h"

#include "base/files.h"
#include "base/text.h"
#include "judge/detectors/detector.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <talloc.h>
#include <time.h>

enum { POLICY_LIMIT = 4 << 20 };

static const int minute = 60, day = 24 * 60 * 60; // in seconds

struct late_rule {
    time_t deadline;
    double grace;   // seconds
    double per_day; // share taken off for each day begun
    double least;   // share that always stays
    json_t *times;  // id -> seconds since 1970
};

struct policy {
    json_t *file; // the whole; NULL: none
    bool has_late;
    struct late_rule late;
};

// What is being read, for messages.
struct source {
    const void *context;
    const char *path;
    struct problem *problem;
};

static int release(struct policy *policy)
{
    json_decref(policy->file);
    json_decref(policy->late.times);
    return 0;
}

// "2026-11-20T23:59:00+01:00", "2026-11-20 23:59" and what lies between. Returns false if it is no
// such time.
static bool read_time(const char *text, time_t *seconds)
{
    static const char *const forms[] = {"%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M:%S", "%Y-%m-%dT%H:%M",
                                        "%Y-%m-%d %H:%M"};
    const char *rest = NULL;
    struct tm tm;
    for (size_t i = 0; !rest && i < sizeof forms / sizeof forms[0]; i++) {
        tm = (struct tm){0};
        rest = strptime(text, forms[i], &tm);
    }
    if (!rest)
        return false;
    if (*rest == '.')
        rest += 1 + strspn(rest + 1, "0123456789");
    long offset = 0;
    if (*rest == '+' || *rest == '-') {
        int hours = 0, minutes = 0, used = 0;
        if (sscanf(rest + 1, "%2d:%2d%n", &hours, &minutes, &used) < 2 &&
            sscanf(rest + 1, "%2d%2d%n", &hours, &minutes, &used) < 2)
            return false;
        offset = (*rest == '+' ? 1 : -1) * (hours * 60L + minutes) * minute;
        rest += 1 + used;
    } else if (*rest == 'Z') {
        rest++;
    }
    *seconds = timegm(&tm) - offset;
    return *rest == '\0';
}

static bool check_keys(const struct source *source, json_t *object, const char *place,
                       const char *const *keys)
{
    const char *key;
    json_t *value;
    if (!json_is_object(object))
        return problem_set(source->problem, "%s: \"%s\" must be an object, { ... }", source->path,
                           place);
    json_object_foreach(object, key, value)
    {
        if (!list_has(keys, key))
            return problem_set(source->problem, "%s: unknown key \"%s\" in %s; there are %s",
                               source->path, key, place, list_join(source->context, keys, ", "));
    }
    return true;
}

static bool is_number(const struct source *source, json_t *value, const char *name, double most)
{
    double number = json_number_value(value);
    return (json_is_number(value) && number >= 0 && number <= most) ||
           problem_set(source->problem, "%s: \"%s\" must be a number from 0 to %g", source->path,
                       name, most);
}

static bool check_numbers(const struct source *source, json_t *object, double most)
{
    const char *key;
    json_t *value;
    json_object_foreach(object, key, value)
    {
        if (!is_number(source, value, key, most))
            return false;
    }
    return true;
}

static bool check_weights(const struct source *source, const struct course *course, json_t *weights)
{
    const char **names = list_new(source->context);
    for (size_t i = 0; i < course->count; i++)
        list_add(&names, course->exercises[i]->name);
    return check_keys(source, weights, "weights", names) && check_numbers(source, weights, 1e6);
}

static bool check_partial(const struct source *source, json_t *partial)
{
    const char *key;
    json_t *value;
    double sum = 0;
    if (!check_keys(source, partial, "partial", detector_names) ||
        !check_numbers(source, partial, 1))
        return false;
    json_object_foreach(partial, key, value) sum += json_number_value(value);
    return fabs(sum - 1) < 1e-6 ||
           problem_set(source->problem, "%s: the shares in \"partial\" must add up to 1, not %g",
                       source->path, sum);
}

// ---- Late ----

// One field of a line of a table, ended by a comma, semicolon, tab or the line's end; quotes around
// it go. Advances `rest` behind it.
static char *next_field(const void *context, char **rest)
{
    char *start = *rest + strspn(*rest, " ");
    size_t length = strcspn(start, ",;\t\r");
    *rest = start + length + (start[length] != '\0');
    while (length > 0 && start[length - 1] == ' ')
        length--;
    if (length >= 2 && start[0] == '"' && start[length - 1] == '"')
        return talloc_strndup(context, start + 1, length - 2);
    return talloc_strndup(context, start, length);
}

// A first line whose time is none is taken for the headings.
static bool read_times(const struct source *source, char *text, json_t *times)
{
    int number = 0;
    for (char *line; (line = strsep(&text, "\n")) != NULL;) {
        time_t time = 0;
        number++;
        char *id = next_field(source->context, &line), *when = next_field(source->context, &line);
        if (!id[0] && !when[0])
            continue;
        if (read_time(when, &time))
            json_object_set_new(times, id, json_integer(time));
        else if (number > 1)
            return problem_set(source->problem,
                               "%s:%d: \"%.60s\" is no time; a line is "
                               "\"id,2026-11-20T23:59:00Z\"",
                               source->path, number, when);
    }
    return true;
}

static bool load_times(const struct source *source, const char *name, struct late_rule *rule)
{
    const char *slash = strrchr(source->path, '/');
    const char *folder =
        slash ? talloc_strndup(source->context, source->path, (size_t)(slash - source->path))
              : NULL;
    const char *path = name[0] == '/' ? name : path_join(source->context, folder, name);
    struct source times = {source->context, path, source->problem};
    char *text = file_read(source->context, NULL, path, POLICY_LIMIT, NULL, source->problem);
    return text && read_times(&times, text, rule->times);
}

static bool get_share(const struct source *source, json_t *object, const char *key, double most,
                      double *value)
{
    json_t *number = json_object_get(object, key);
    if (!number)
        return true;
    *value = json_number_value(number);
    return is_number(source, number, key, most);
}

static bool read_late(const struct source *source, json_t *object, struct late_rule *rule)
{
    static const char *const keys[] = {"deadline", "times", "grace_minutes",
                                       "per_day",  "least", NULL};
    double grace = 0;
    if (!check_keys(source, object, "late", keys))
        return false;
    const char *deadline = json_string_value(json_object_get(object, "deadline"));
    const char *times = json_string_value(json_object_get(object, "times"));
    if (!deadline || !times || !read_time(deadline, &rule->deadline))
        return problem_set(source->problem,
                           "%s: \"late\" needs \"deadline\", a time like "
                           "2026-11-20T23:59:00+01:00, and \"times\", a file",
                           source->path);
    rule->per_day = 0.1;
    if (!get_share(source, object, "grace_minutes", 1e6, &grace) ||
        !get_share(source, object, "per_day", 1, &rule->per_day) ||
        !get_share(source, object, "least", 1, &rule->least))
        return false;
    rule->grace = grace * minute;
    return load_times(source, times, rule);
}

static bool read_policy(const struct source *source, const struct course *course,
                        struct policy *policy)
{
    static const char *const keys[] = {"weights", "partial", "late", NULL};
    json_t *weights = json_object_get(policy->file, "weights");
    json_t *partial = json_object_get(policy->file, "partial");
    json_t *late = json_object_get(policy->file, "late");
    policy->has_late = late != NULL;
    return check_keys(source, policy->file, "the policy", keys) &&
           (!weights || check_weights(source, course, weights)) &&
           (!partial || check_partial(source, partial)) &&
           (!late || read_late(source, late, &policy->late));
}

struct policy *policy_read(const void *context, const struct course *course, const char *path,
                           struct problem *problem)
{
    struct policy *policy = talloc_zero(context, struct policy);
    talloc_set_destructor(policy, release);
    policy->late.times = json_object();
    if (!path)
        return policy;
    struct source source = {policy, path, problem};
    json_error_t error;
    char *text = file_read(policy, NULL, path, POLICY_LIMIT, NULL, problem);
    policy->file = text ? json_loads(text, JSON_REJECT_DUPLICATES, &error) : NULL;
    if (text && !policy->file)
        problem_set(problem, "%s:%d:%d: %s", path, error.line, error.column, error.text);
    if (policy->file && read_policy(&source, course, policy))
        return policy;
    talloc_free(policy);
    return NULL;
}

// ---- Points ----

static double weight_of(const struct policy *policy, const struct exercise *exercise)
{
    json_t *weight = json_object_get(json_object_get(policy->file, "weights"), exercise->name);
    return weight ? json_number_value(weight) : exercise->points;
}

// The share of a failed exercise's points. A judge that abstains leaves its part to the others.
// What one whose tool failed might have added is unknown: then `known` is made false.
static double partial_share(const json_t *partial, const json_t *assessment, bool *known)
{
    size_t index;
    json_t *judgement;
    double share = 0, abstained = 0;
    json_array_foreach(json_object_get(assessment, "judgements"), index, judgement)
    {
        const char *verdict = json_string_value(json_object_get(judgement, "verdict"));
        const char *detector = json_string_value(json_object_get(judgement, "detector"));
        double part = json_number_value(json_object_get(partial, detector ? detector : ""));
        if (verdict && strcmp(verdict, "clean") == 0)
            share += part;
        else if (verdict && strcmp(verdict, "abstains") == 0)
            abstained += part;
        else if (part > 0 && verdict && strcmp(verdict, "ungradable") == 0)
            *known = false;
    }
    return abstained < 1 ? share / (1 - abstained) : 0;
}

static void give_points(const struct policy *policy, const struct class *class, double factor,
                        struct cell *cell)
{
    const json_t *partial = json_object_get(policy->file, "partial");
    bool known = true;
    double share = cell->standing == STANDING_PASSED;
    cell->most = weight_of(policy, cell->exercise);
    if (cell->standing == STANDING_FAILED && partial) {
        json_t *assessment = class_assessment(class, cell);
        share = partial_share(partial, assessment, &known);
        json_decref(assessment);
    }
    if (!known)
        cell->standing = STANDING_UNGRADABLE;
    cell->points = cell->standing == STANDING_UNGRADABLE ? 0 : cell->most * share * factor;
}

static void apply_late(const struct policy *policy, const void *context, struct student *student)
{
    const struct late_rule *rule = &policy->late;
    json_t *time = json_object_get(rule->times, student->id);
    student->late_factor = 1;
    if (!policy->has_late || !time)
        return;
    double late = (double)(json_integer_value(time) - rule->deadline) - rule->grace;
    if (late <= 0)
        return;
    int days = (int)ceil(late / day);
    student->late_factor = fmax(1 - rule->per_day * days, rule->least);
    student->late = talloc_asprintf(context, "%d day%s late: %.0f %% of the points", days,
                                    days == 1 ? "" : "s", student->late_factor * 100);
}

void policy_apply(const struct policy *policy, struct class *class)
{
    for (size_t i = 0; i < class->count; i++) {
        struct student *student = &class->students[i];
        apply_late(policy, class->students, student);
        student->points = student->most = 0;
        student->ungradable = 0;
        for (size_t k = 0; k < class->exercise_count; k++) {
            struct cell *cell = &student->cells[k];
            give_points(policy, class, student->late_factor, cell);
            if (cell->standing == STANDING_UNGRADABLE) {
                student->ungradable++;
                continue;
            }
            student->points += cell->points;
            student->most += cell->most;
        }
    }
}
