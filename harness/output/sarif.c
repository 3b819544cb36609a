// Judgements as SARIF 2.1.0 (Static Analysis Results Interchange Format, an OASIS standard), which
// GitHub and editors show. One run:
//
//   tool         racelings, with a rule for each kind of problem that was found
//   results      the issues; the other place of a race is a related location, and a schedule that shows it
//                is a code flow: a thread flow for each thread, whose steps bear the order in which they
//                fall (executionOrder)
//   invocations  whether all judges could judge; those that failed are notifications
//
// Files are relative to %SRCROOT%, the course's folder.
#include "output.h"

#include "base/words.h"
#include "issues.h"
#include "storyline.h"
#include "toolchain.h"

#include <stdlib.h>
#include <string.h>
#include <talloc.h>

static const char schema[] = "https://json.schemastore.org/sarif-2.1.0.json";
static const char base[] = "%SRCROOT%";

static json_t *message(const char *text)
{
    return json_pack("{s:o}", "text", json_words(text));
}

static json_t *location(const struct place *place, const char *text)
{
    json_t *artifact = json_pack("{s:o}", "uri", json_words(place->file));
    if (place->file[0] != '/')
        json_object_set_new(artifact, "uriBaseId", json_string(base));
    json_t *object = json_pack("{s:{s:o, s:{s:i, s:i}}}", "physicalLocation", "artifactLocation",
                               artifact, "region", "startLine", place->line > 0 ? place->line : 1,
                               "startColumn", place->column > 0 ? place->column : 1);
    if (text)
        json_object_set_new(object, "message", message(text));
    return object;
}

// ---- Rules ----

// "data race" as a name without blanks; a talloc child of `context`.
static char *rule_id(const void *context, const char *kind)
{
    char *id = talloc_strdup(context, kind);
    for (char *blank = id; (blank = strchr(blank, ' ')) != NULL;)
        *blank = '-';
    return id;
}

// The rule's number in the list, to which it is added if it is new.
static size_t rule_index(json_t *rules, const char *kind)
{
    char *id = rule_id(NULL, kind);
    size_t index = 0;
    while (index < json_array_size(rules) &&
           strcmp(json_string_value(json_object_get(json_array_get(rules, index), "id")), id) != 0)
        index++;
    if (index == json_array_size(rules))
        json_array_append_new(rules,
                              json_pack("{s:s, s:o, s:{s:s}}", "id", id, "shortDescription",
                                        message(kind), "defaultConfiguration", "level", "error"));
    talloc_free(id);
    return index;
}

// ---- Results ----

// The steps of one thread. Rows that stand for several steps, or lie in no file, are no locations.
static json_t *thread_flow(const void *context, const struct storyline *told, int thread)
{
    json_t *locations = json_array();
    for (size_t i = 0; i < told->count; i++) {
        const struct row *row = &told->rows[i];
        if (row->thread != thread || row->folded || !row->place || !row->place->file)
            continue;
        const char *effect = row->effect[0] ? row->effect : row->source;
        json_array_append_new(locations, json_pack("{s:o, s:i}", "location",
                                                   location(row->place, effect ? effect : "a step"),
                                                   "executionOrder", (int)i + 1));
    }
    return json_pack("{s:s, s:o}", "id", thread_name(context, thread), "locations", locations);
}

static json_t *code_flow(const struct issue *issue)
{
    void *scratch = talloc_new(NULL);
    const struct storyline *told =
        storyline_of_failure(scratch, issue->judgement->subject->sources.root, issue->finding);
    json_t *flows = json_array();
    for (size_t i = 0; i < told->thread_count; i++) {
        json_t *flow = thread_flow(scratch, told, told->threads[i]);
        if (json_array_size(json_object_get(flow, "locations")) > 0)
            json_array_append(flows, flow);
        json_decref(flow);
    }
    talloc_free(scratch);
    if (json_array_size(flows) > 0)
        return json_pack("{s:o}", "threadFlows", flows);
    json_decref(flows);
    return NULL;
}

static json_t *related(const struct issue *issue)
{
    json_t *list = json_array();
    for (size_t i = 0; i < issue->note_count; i++)
        json_array_append_new(list, location(&issue->notes[i].place, issue->notes[i].text));
    return list;
}

static json_t *judges(const struct issue *issue)
{
    json_t *list = json_array();
    for (size_t i = 0; issue->judges[i]; i++)
        json_array_append_new(list, json_string(issue->judges[i]));
    return list;
}

static json_t *result(json_t *rules, const struct issue *issue)
{
    char *id = rule_id(NULL, issue->kind);
    char *text = talloc_asprintf(id, "%s: %s", issue->kind, issue->text);
    json_t *object =
        json_pack("{s:s, s:i, s:s, s:o, s:[o], s:{s:o, s:o, s:o}}", "ruleId", id, "ruleIndex",
                  (int)rule_index(rules, issue->kind), "level", "error", "message", message(text),
                  "locations", location(&issue->place, NULL), "properties", "exercise",
                  json_words(issue->judgement->subject->name), "variant",
                  json_words(issue->judgement->subject->variant), "judges", judges(issue));
    if (issue->note_count > 0)
        json_object_set_new(object, "relatedLocations", related(issue));
    json_t *flow = issue->finding && issue->finding->story ? code_flow(issue) : NULL;
    if (flow)
        json_object_set_new(object, "codeFlows", json_pack("[o]", flow));
    talloc_free(id);
    return object;
}

// ---- The run ----

// That a judge said nothing says nothing about the program.
static json_t *invocation(const struct job *jobs, size_t count)
{
    json_t *failures = json_array();
    bool good = true;
    for (size_t i = 0; i < count; i++) {
        const struct judgement *judgement = &jobs[i].judgement;
        bool failed = judgement->verdict == VERDICT_UNGRADABLE;
        if (!failed && judgement->verdict != VERDICT_ABSTAINS)
            continue;
        char *text = talloc_asprintf(NULL, "%s, %s: %s", judgement->subject->name,
                                     judgement->detector->name, judgement->reason);
        json_array_append_new(failures, json_pack("{s:s, s:o}", "level", failed ? "error" : "note",
                                                  "message", message(text)));
        talloc_free(text);
        good = good && !failed;
    }
    return json_pack("{s:b, s:o}", "executionSuccessful", good, "toolExecutionNotifications",
                     failures);
}

// "file:///home/me/course/", with what a URI may not hold written as %20.
static char *root_uri(const void *context, const char *root)
{
    char *uri = talloc_strdup(context, "file://");
    for (; *root; root++) {
        bool plain = strchr("/-._~", *root) || (*root >= '0' && *root <= '9') ||
                     ((*root | 32) >= 'a' && (*root | 32) <= 'z');
        uri = plain ? talloc_strndup_append_buffer(uri, root, 1)
                    : talloc_asprintf_append_buffer(uri, "%%%02X", (unsigned char)*root);
    }
    return talloc_strdup_append_buffer(uri, "/");
}

char *sarif_problems(const void *context, const char *root, const struct job *jobs, size_t count)
{
    struct issues *issues = issues_collect(context, jobs, count);
    json_t *rules = json_array(), *results = json_array();
    for (size_t i = 0; i < issues->count; i++)
        json_array_append_new(results, result(rules, &issues->list[i]));
    json_t *run =
        json_pack("{s:{s:{s:s, s:s, s:o}}, s:[o], s:{s:{s:s}}, s:s, s:o}", "tool", "driver", "name",
                  "racelings", "version", RACELINGS_VERSION, "rules", rules, "invocations",
                  invocation(jobs, count), "originalUriBaseIds", base, "uri",
                  root_uri(issues, root), "columnKind", "utf16CodeUnits", "results", results);
    json_t *log =
        json_pack("{s:s, s:s, s:[o]}", "$schema", schema, "version", "2.1.0", "runs", run);
    char *text = json_dumps(log, JSON_INDENT(2));
    char *copy = talloc_asprintf(context, "%s\n", text);
    free(text);
    json_decref(log);
    talloc_free(issues);
    return copy;
}
