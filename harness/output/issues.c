#include "issues.h"

#include "alike.h"
#include "base/text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <talloc.h>

// ---- Places ----

// A column, where a tool knows none; a file, where nothing but the program is known.
static struct place whole_place(const struct place *place, const struct subject *subject)
{
    struct place whole = place ? *place : (struct place){0};
    if (!whole.file) {
        whole.file = subject->sources.files[0];
        whole.line = 0;
    }
    if (whole.line < 1)
        whole.line = 1;
    if (whole.column < 1)
        whole.column = 1;
    return whole;
}

static const struct place *place_of(const struct finding *finding)
{
    if (finding->access_count > 0 && trace_own(&finding->accesses[0].trace))
        return trace_own(&finding->accesses[0].trace);
    if (finding->lock_count > 0 && trace_own(&finding->locks[0].wanted))
        return trace_own(&finding->locks[0].wanted);
    return trace_own(&finding->where);
}

// ---- Words ----

// "T2 reads it here, holding no lock".
static const char *access_words(const void *context, const struct access *access)
{
    const char *verb = access->frees ? "frees" : access->write ? "writes" : "reads";
    const char *locks = "";
    if (access->locks)
        locks = access->locks[0] ? talloc_asprintf(context, ", holding %s",
                                                   list_join(context, access->locks, " and "))
                                 : ", holding no lock";
    return talloc_asprintf(context, "%s %s it here%s%s", thread_name(context, access->thread), verb,
                           access->atomic ? ", atomically" : "", locks);
}

static const char *finding_words(const void *context, const struct finding *finding)
{
    const char *name = finding->variable ? finding->variable : "memory";
    if (finding->access_count == 2 && finding->kind == KIND_DATA_RACE)
        return talloc_asprintf(context, "%s: %s; nothing orders that and what another thread does",
                               name, access_words(context, &finding->accesses[0]));
    if (finding->access_count > 0)
        return talloc_asprintf(context, "%s: %s", name,
                               access_words(context, &finding->accesses[0]));
    if (finding->kind == KIND_LOCK_ORDER)
        return "these locks are taken in another order elsewhere: two threads can block each other";
    return finding->variable ? talloc_asprintf(context, "%s: %s", finding->variable, finding->what)
                             : finding->what;
}

// ---- Collecting ----

struct collector {
    struct issues *issues;
    size_t first; // of the issues about the subject at hand
};

static struct issue *add_issue(struct collector *collector, const struct judgement *judgement,
                               const char *kind, const char *text, const struct place *place)
{
    struct issues *issues = collector->issues;
    issues->list = array_grow(issues, issues->list, sizeof *issues->list, issues->count);
    struct issue *issue = &issues->list[issues->count++];
    *issue = (struct issue){.kind = kind,
                            .text = text,
                            .judges = list_new(issues),
                            .place = whole_place(place, judgement->subject),
                            .judgement = judgement};
    list_add(&issue->judges, judgement->detector->name);
    return issue;
}

static void add_note(struct collector *collector, struct issue *issue, const struct trace *trace,
                     const char *text)
{
    const struct place *place = trace_own(trace);
    if (!place)
        return;
    issue->notes =
        array_grow(collector->issues, issue->notes, sizeof *issue->notes, issue->note_count);
    issue->notes[issue->note_count++] =
        (struct issue_note){whole_place(place, issue->judgement->subject), text};
}

static void add_notes(struct collector *collector, struct issue *issue,
                      const struct finding *finding)
{
    const void *context = collector->issues;
    for (size_t i = 1; i < finding->access_count; i++)
        add_note(collector, issue, &finding->accesses[i].trace,
                 access_words(context, &finding->accesses[i]));
    for (size_t i = 0; finding->kind == KIND_LOCK_ORDER && i < finding->lock_count; i++) {
        const char *name = finding->locks[i].name;
        const char *next = finding->locks[(i + 1) % finding->lock_count].name;
        add_note(collector, issue, &finding->locks[i].taken,
                 talloc_asprintf(context, "%s is taken here", name));
        add_note(collector, issue, &finding->locks[i].wanted,
                 talloc_asprintf(context, "%s is wanted here, while %s is held", next, name));
    }
    if (finding->allocated.count)
        add_note(collector, issue, &finding->allocated, "the memory was allocated here");
}

static bool is_same_place(const struct place *one, const struct place *other)
{
    return one->line == other->line && strcmp(one->file, other->file) == 0;
}

// Whether the issue tells of what the finding does: the same race, whoever saw it, or the same
// words of the same place.
static bool is_told_by(const struct issue *issue, const struct finding *finding,
                       const struct place *place, const char *text)
{
    if (!issue->finding)
        return false;
    return same_race(issue->finding, finding) ||
           (issue->finding->kind == finding->kind && is_same_place(&issue->place, place) &&
            strcmp(issue->text, text) == 0);
}

static void add_finding(struct collector *collector, const struct judgement *judgement,
                        const struct finding *finding)
{
    struct issues *issues = collector->issues;
    const char *text = finding_words(issues, finding);
    struct place place = whole_place(place_of(finding), judgement->subject);
    for (size_t i = collector->first; i < issues->count; i++) {
        struct issue *issue = &issues->list[i];
        if (!is_told_by(issue, finding, &place, text))
            continue;
        if (!list_has(issue->judges, judgement->detector->name))
            list_add(&issue->judges, judgement->detector->name);
        return;
    }
    struct issue *issue = add_issue(collector, judgement, kind_name(finding->kind), text, &place);
    issue->finding = finding;
    add_notes(collector, issue, finding);
}

// "FILE:LINE:COLUMN: error: TEXT", as compilers write it, of the line's `length` bytes.
static bool read_complaint(const void *context, const char *line, size_t length,
                           struct place *place, const char **text)
{
    char *copy = talloc_strndup(context, line, length);
    char *error = strstr(copy, ": error: "), *numbers[2];
    if (!error)
        error = strstr(copy, ": fatal error: ");
    if (!error)
        return false;
    *text = strstr(error + 2, ": ") + 2;
    *error = '\0';
    for (int i = 1; i >= 0; i--) {
        char *colon = strrchr(copy, ':');
        if (!colon)
            return false;
        *colon = '\0';
        numbers[i] = colon + 1;
    }
    *place = (struct place){.file = copy, .line = atoi(numbers[0]), .column = atoi(numbers[1])};
    return place->line > 0;
}

// What the compiler complained about; the same complaint of another judge's build is no other.
static void add_complaints(struct collector *collector, const struct judgement *judgement)
{
    struct place place;
    const char *text, *kind = verdict_name(judgement->verdict);
    size_t found = 0;
    if (collector->issues->count > collector->first)
        return;
    for (const char *line = judgement->messages; *line;) {
        size_t length = strcspn(line, "\n");
        if (read_complaint(collector->issues, line, length, &place, &text)) {
            add_issue(collector, judgement, kind, text, &place);
            found++;
        }
        line += length + (line[length] == '\n');
    }
    if (found == 0)
        add_issue(collector, judgement, kind, judgement->reason, NULL);
}

static void add_judgement(struct collector *collector, const struct judgement *judgement)
{
    const struct reading *reading = &judgement->reading;
    size_t before = collector->issues->count;
    bool told = false;
    if (!verdict_is_against(judgement->verdict))
        return;
    if (judgement->verdict == VERDICT_DOES_NOT_BUILD) {
        add_complaints(collector, judgement);
        return;
    }
    for (size_t i = 0; i < reading->count; i++)
        if (is_news(reading, i)) {
            add_finding(collector, judgement, &reading->findings[i]);
            told = true;
        }
    if (!told && collector->issues->count == before)
        add_issue(collector, judgement, verdict_name(judgement->verdict), judgement->reason,
                  trace_own(&reading->crash));
}

struct issues *issues_collect(const void *context, const struct job *jobs, size_t count)
{
    struct issues *issues = talloc_zero(context, struct issues);
    struct collector collector = {issues, 0};
    for (size_t i = 0; i < count; i++) {
        if (i > 0 && jobs[i].subject != jobs[i - 1].subject)
            collector.first = issues->count;
        add_judgement(&collector, &jobs[i].judgement);
    }
    return issues;
}
