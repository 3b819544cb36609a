// See report.h. One JSON object:
//
//   "scenes": [{"name", "promise", "schedules", "exhausted", "reason", "threads", "longest", "unended",
//               "left"}]; what the last two count is told in search.h
//   "driver": the same without name and promise
//   "unsupported": null or {"what", "scene", "stack"}
//   "findings": [...]   report_finding.c
//   "endless": [...]    the same of each scene none of whose schedules came to an end: how the first
//                       stood when it was cut off
//   "paused": whether the schedule came to its own end before the program did; only when it was asked
//   "error": null or why nothing was run
//   "complete": true    last of all
//
// All addresses are those of the program's file. Frames are return addresses: the instruction that
// is meant ends where they point to.

#include "report.h"

#include "core.h"
#include "json_writer.h"
#include "report_finding.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { SEARCHES_MOST = 256 };

struct searched {
    const char *scene, *promise;
    int index;
    const struct search_result *result;
};

// Schedules are run while it is written, in forks of this process: so it is made in memory, and
// goes to its file in one piece, over whatever a fork has put there.
struct report {
    int file;
    FILE *text;
    char *bytes; // what `text` has been given
    size_t size;
    struct replaying how;
    bool paused; // the schedule ended where its script did
    size_t count;
    struct searched searched[SEARCHES_MOST];
};

struct report *report_open(const char *path)
{
    struct report *report = engine_map(sizeof *report);
    report->file = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    report->text = open_memstream(&report->bytes, &report->size);
    return report->file >= 0 && report->text != NULL ? report : NULL;
}

void report_search(struct report *report, const char *scene, const char *promise, int index,
                   const struct search_result *result)
{
    if (report->count < SEARCHES_MOST)
        report->searched[report->count++] = (struct searched){scene, promise, index, result};
}

// A finding for each thing that the outcome shows.
static void take_shown(struct search_result *result, const struct outcome *outcome,
                       const struct script *script)
{
    struct signature shown = {KIND_NONE, {0, 0}};
    do {
        if (!outcome_fault(outcome, result->finding_count, &shown) && result->finding_count > 0)
            return;
        struct finding *finding = &result->findings[result->finding_count++];
        finding->signature = shown;
        finding->found_at = 1;
        script_copy(&finding->script, script);
    } while (result->finding_count < FINDINGS_MOST && shown.kind != KIND_NONE);
}

void report_replay(struct report *report, const char *scene, int index, const struct script *script,
                   struct replaying how)
{
    const struct outcome *outcome = replay_script(index, script, how);
    struct search_result *result = engine_map(sizeof *result);
    result->schedules = 1;
    result->threads = outcome->threads;
    result->longest = outcome->step_count;
    strcpy(result->reason, "only the schedule that was asked for was run");
    if (outcome->ending == ENDED_UNSUPPORTED) {
        memcpy(result->unsupported, outcome->text, TEXT_MOST);
        result->unsupported_stack = outcome->stack;
    }
    if (outcome->ending == ENDED_STEPS) {
        result->unended = 1;
        script_from(&result->cut_off, outcome);
    }
    bool told_as_endless = scene != NULL && !how.pause && search_is_endless(result);
    if (!told_as_endless || outcome->fault_count > 0)
        take_shown(result, outcome, script);
    report->how = how;
    report->paused = outcome->ending == ENDED_PAUSED;
    report_search(report, scene, NULL, index, result);
}

static void write_extent(struct json_writer *writer, const struct search_result *result)
{
    json_number(writer, "schedules", result->schedules);
    json_bool(writer, "exhausted", result->exhausted);
    json_number(writer, "woken", result->exhausted ? result->woken : 0);
    json_number(writer, "late", result->late);
    json_string(writer, "reason", result->exhausted ? NULL : result->reason);
    json_number(writer, "threads", result->threads);
    json_number(writer, "longest", result->longest);
    json_number(writer, "unended", result->unended);
    json_number(writer, "left", result->left);
}

static void write_scenes(struct json_writer *writer, const struct report *report)
{
    json_open(writer, "scenes", '[');
    for (size_t i = 0; i < report->count; i++) {
        const struct searched *searched = &report->searched[i];
        if (searched->scene == NULL)
            continue;
        json_open(writer, NULL, '{');
        json_string(writer, "name", searched->scene);
        json_string(writer, "promise", searched->promise);
        write_extent(writer, searched->result);
        json_close(writer, '}');
    }
    json_close(writer, ']');
}

static void write_driver(struct json_writer *writer, const struct report *report)
{
    for (size_t i = 0; i < report->count; i++) {
        if (report->searched[i].scene != NULL)
            continue;
        json_open(writer, "driver", '{');
        write_extent(writer, report->searched[i].result);
        json_close(writer, '}');
        return;
    }
    json_null(writer, "driver");
}

static void write_unsupported(struct json_writer *writer, const struct report *report)
{
    for (size_t i = 0; i < report->count; i++) {
        const struct searched *searched = &report->searched[i];
        if (searched->result->unsupported[0] == '\0')
            continue;
        json_open(writer, "unsupported", '{');
        json_string(writer, "what", searched->result->unsupported);
        json_string(writer, "scene", searched->scene);
        report_stack(writer, "stack", &searched->result->unsupported_stack);
        json_close(writer, '}');
        return;
    }
    json_null(writer, "unsupported");
}

// The first data race and the first finding of another kind are told to people, and need their
// ends: of the others a long story is cut off, or a report would take as long as the search.
static void write_findings(struct json_writer *writer, const struct report *report)
{
    bool told[2] = {false, false}; // a finding that is not a data race, one that is
    json_open(writer, "findings", '[');
    for (size_t i = 0; i < report->count; i++)
        for (uint32_t k = 0; k < report->searched[i].result->finding_count; k++) {
            const struct finding *finding = &report->searched[i].result->findings[k];
            bool *before = &told[finding->signature.kind == KIND_RACE];
            report_finding(writer, report->searched[i].scene, report->searched[i].index, finding,
                           !*before, report->how);
            *before = true;
        }
    json_close(writer, ']');
}

// A scene is short: one without an end tells its reader where it hangs. Of a long loop the beginning
// is enough.
static void write_endless(struct json_writer *writer, const struct report *report)
{
    json_open(writer, "endless", '[');
    for (size_t i = 0; i < report->count; i++) {
        const struct searched *searched = &report->searched[i];
        if (searched->scene == NULL || !search_is_endless(searched->result))
            continue;
        struct finding *cut_off = engine_map(sizeof *cut_off);
        cut_off->found_at = 1;
        script_copy(&cut_off->script, &searched->result->cut_off);
        report_finding(writer, searched->scene, searched->index, cut_off, false,
                       (struct replaying){.pause = true, .cut_off = true});
    }
    json_close(writer, ']');
}

// What cannot be written is missed by the reader, who wants all of it.
static void write_whole(const struct report *report)
{
    size_t done = 0;
    if (ftruncate(report->file, 0) != 0)
        return;
    while (done < report->size) {
        ssize_t size = pwrite(report->file, report->bytes + done, report->size - done, (off_t)done);
        if (size <= 0)
            return;
        done += (size_t)size;
    }
}

void report_close(struct report *report, const char *error)
{
    struct json_writer writer = {report->text, false};
    json_open(&writer, NULL, '{');
    json_string(&writer, "schema", "racelings/explore/v1");
    write_scenes(&writer, report);
    write_driver(&writer, report);
    write_unsupported(&writer, report);
    write_findings(&writer, report);
    write_endless(&writer, report);
    if (report->how.pause)
        json_bool(&writer, "paused", report->paused);
    json_string(&writer, "error", error);
    json_bool(&writer, "complete", error == NULL);
    json_close(&writer, '}');
    putc('\n', report->text);
    fclose(report->text);
    write_whole(report);
}
