// Groups wrong answers by what was found: report.c writes a signature beside each assessment.
//
// What luck decides must not part two students who made the same mistake. So all findings of one
// kind about one variable count as one, with the set of its accesses; and where a detector has
// found something, whether the plain runs also came to a wrong result does not count.
#include "signature.h"

#include "base/text.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <talloc.h>

static const char *text_of(const json_t *object, const char *name)
{
    return json_string_value(json_object_get(object, name));
}

static int compare_texts(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static void add_once(const char ***list, const char *text)
{
    if (!list_has(*list, text))
        list_add(list, text);
}

static char *sorted(const void *context, const char **list, const char *between)
{
    qsort(list, list_count(list), sizeof *list, compare_texts);
    return list_join(context, list, between);
}

static const char *function_of(const json_t *place)
{
    const char *function = text_of(place, "function");
    return function ? function : "?";
}

// Who did what, for one finding.
static void add_deeds(const json_t *finding, const char ***deeds)
{
    size_t i;
    json_t *item;
    json_array_foreach(json_object_get(finding, "accesses"), i, item)
    {
        const char *access = text_of(item, "access");
        bool atomic = json_is_true(json_object_get(item, "atomic"));
        add_once(deeds, talloc_asprintf(*deeds, "%s %s%s", function_of(item),
                                        access && strcmp(access, "write") == 0 ? "writes" : "reads",
                                        atomic ? " atomically" : ""));
    }
    json_array_foreach(json_object_get(finding, "cycle"), i, item)
    {
        const json_t *wants = json_object_get(item, "wants");
        if (text_of(item, "function"))
            add_once(deeds, talloc_asprintf(*deeds, "%s locks", function_of(item)));
        if (text_of(wants, "function"))
            add_once(deeds, talloc_asprintf(*deeds, "%s locks", function_of(wants)));
    }
    if (list_count(*deeds) == 0 && text_of(json_object_get(finding, "place"), "function"))
        add_once(deeds,
                 talloc_asprintf(*deeds, "in %s", function_of(json_object_get(finding, "place"))));
}

// "data race on counter->value"
static char *subject(const void *context, const json_t *finding)
{
    const char *kind = text_of(finding, "kind"), *variable = text_of(finding, "variable");
    return variable ? talloc_asprintf(context, "%s on %s", kind ? kind : "?", variable)
                    : talloc_strdup(context, kind ? kind : "?");
}

// All findings about `about`, as one.
static const char *one_subject(const void *context, const json_t *findings, const char *about)
{
    const char **deeds = list_new(context);
    size_t i;
    json_t *finding;
    json_array_foreach(findings, i, finding) if (strcmp(subject(context, finding), about) == 0)
        add_deeds(finding, &deeds);
    if (list_count(deeds) == 0)
        return about;
    return talloc_asprintf(context, "%s: %s", about, sorted(context, deeds, ", "));
}

static char *judgement_line(const void *context, const json_t *judgement)
{
    const json_t *findings = json_object_get(judgement, "findings");
    const char **subjects = list_new(context), **lines = list_new(context);
    const char *detector = text_of(judgement, "detector"), *verdict = text_of(judgement, "verdict");
    size_t i;
    json_t *finding;
    json_array_foreach(findings, i, finding) add_once(&subjects, subject(context, finding));
    for (i = 0; subjects[i]; i++)
        list_add(&lines, one_subject(context, findings, subjects[i]));
    return talloc_asprintf(context, "%s: %s%s%s", detector ? detector : "?",
                           verdict ? verdict : "?", lines[0] ? ": " : "",
                           sorted(context, lines, "; "));
}

// The first sentence, "..." for whatever is quoted in it and "#" for numbers that stand alone.
static char *refusal_kind(const void *context, const char *reason)
{
    char *kind = talloc_strdup(context, "refused: ");
    for (const char *at = reason; *at; at++) {
        const char *close = strchr("\"'`", *at) ? strchr(at + 1, *at) : NULL;
        bool opens = close && (at == reason || !isalnum((unsigned char)at[-1]));
        if (at[0] == '.' && (at[1] == '\0' || at[1] == ' '))
            break;
        if (opens) {
            kind = talloc_strdup_append(kind, "...");
            at = close;
        } else if (isdigit((unsigned char)*at) && (at == reason || at[-1] == ' ')) {
            kind = talloc_strdup_append(kind, "#");
            at += strspn(at, "0123456789") - 1;
        } else {
            kind = talloc_strndup_append(kind, at, 1);
        }
    }
    return kind;
}

// Whether what the plain runs say may be luck, given that a detector has found something.
static bool is_luck(const json_t *judgement, bool found)
{
    const char *detector = text_of(judgement, "detector"), *verdict = text_of(judgement, "verdict");
    return found && detector && verdict && strcmp(detector, "native") == 0 &&
           (strcmp(verdict, "clean") == 0 || strcmp(verdict, "wrong result") == 0);
}

json_t *assessment_signature(const json_t *assessment)
{
    void *scratch = talloc_new(NULL);
    json_t *lines = json_array(), *judgement;
    const json_t *judgements = json_object_get(assessment, "judgements");
    const char *reason = text_of(json_object_get(assessment, "refused"), "reason");
    bool found = false;
    size_t i;
    if (reason)
        json_array_append_new(lines, json_string(refusal_kind(scratch, reason)));
    json_array_foreach(judgements, i, judgement) found |=
        json_array_size(json_object_get(judgement, "findings")) > 0;
    json_array_foreach(judgements, i, judgement) if (!is_luck(judgement, found))
        json_array_append_new(lines, json_string(judgement_line(scratch, judgement)));
    talloc_free(scratch);
    return lines;
}
