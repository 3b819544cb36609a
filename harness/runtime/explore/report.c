// See report.h. One JSON object:
//
//   "scenes": [{"name", "promise", "schedules", "exhausted", "reason"}]
//   "driver": {"schedules", "exhausted", "reason", "threads", "longest"}
//   "unsupported": null or {"what", "scene", "stack"}
//   "findings": [...]   report_finding.c
//   "complete": true    last of all
//
// All addresses are those of the program's file. Frames are return addresses: the instruction that is
// meant ends where they point to.

#include "report.h"

#include "core.h"
#include "json_writer.h"
#include "report_finding.h"

#include <stdlib.h>
#include <string.h>

enum { SEARCHES_MOST = 256 };

struct searched {
    const char *scene, *promise;
    int index;
    const struct search_result *result;
};

struct report {
    FILE *file;
    size_t count;
    struct searched searched[SEARCHES_MOST];
};

struct report *report_open(const char *path)
{
    struct report *report = engine_map(sizeof *report);
    report->file = fopen(path, "we");
    return report->file != NULL ? report : NULL;
}

void report_search(struct report *report, const char *scene, const char *promise, int index,
                   const struct search_result *result)
{
    if (report->count < SEARCHES_MOST)
        report->searched[report->count++] = (struct searched){scene, promise, index, result};
}

static void write_extent(struct json_writer *writer, const struct search_result *result)
{
    json_number(writer, "schedules", result->schedules);
    json_bool(writer, "exhausted", result->exhausted);
    json_string(writer, "reason", result->exhausted ? NULL : result->reason);
    json_number(writer, "threads", result->threads);
    json_number(writer, "longest", result->longest);
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

static void write_findings(struct json_writer *writer, const struct report *report)
{
    json_open(writer, "findings", '[');
    for (size_t i = 0; i < report->count; i++)
        for (uint32_t k = 0; k < report->searched[i].result->finding_count; k++)
            report_finding(writer, report->searched[i].scene, report->searched[i].index,
                           &report->searched[i].result->findings[k]);
    json_close(writer, ']');
}

void report_close(struct report *report)
{
    struct json_writer writer = {report->file, false};
    json_open(&writer, NULL, '{');
    json_string(&writer, "schema", "racelings/explore/v1");
    write_scenes(&writer, report);
    write_driver(&writer, report);
    write_unsupported(&writer, report);
    write_findings(&writer, report);
    json_bool(&writer, "complete", true);
    json_close(&writer, '}');
    putc('\n', report->file);
    fclose(report->file);
}
