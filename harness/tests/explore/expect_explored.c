// Builds one program for the explorer, lets it run, and compares the report with the promise in its
// head comment:
//
//     // explore: clean
//     // explore: wrong result
//     // explore: reported, data race       a finding of this kind; there may be others
//
// Usage: expect_explored CLANG FLAGS FILE; FLAGS is a file for clang. Works in a new folder below the
// current one, and exits 1 with the report if it is not as promised.

#include <jansson.h>
#include <libgen.h>
#include <limits.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void fail(const char *what, const char *which)
{
    fprintf(stderr, "%s: %s\n", which, what);
    exit(1);
}

static void run(const char *command)
{
    if (system(command) != 0)
        fail("failed", command);
}

// Fills in what the file's head comment promises.
static void read_promise(const char *file, char promise[static 100])
{
    static const char mark[] = "// explore: ";
    FILE *source = fopen(file, "r");
    if (source == NULL)
        fail("cannot be read", file);
    char line[200];
    while (fgets(line, sizeof line, source) != NULL && line[0] == '/')
        if (strncmp(line, mark, strlen(mark)) == 0) {
            snprintf(promise, 100, "%.*s", (int)strcspn(line + strlen(mark), "\n"),
                     line + strlen(mark));
            fclose(source);
            return;
        }
    fail("promises nothing about the explorer", file);
}

static bool has_finding(const json_t *report, const char *kind)
{
    size_t i;
    json_t *finding;
    json_array_foreach(json_object_get(report, "findings"), i, finding)
    {
        const char *found = json_string_value(json_object_get(finding, "kind"));
        if (found != NULL && strcmp(found, kind) == 0)
            return true;
    }
    return false;
}

static bool keeps(const json_t *report, const char *promise)
{
    static const char reported[] = "reported, ";
    if (!json_is_true(json_object_get(report, "complete")) ||
        !json_is_null(json_object_get(report, "unsupported")))
        return false;
    if (strcmp(promise, "clean") == 0)
        return json_array_size(json_object_get(report, "findings")) == 0;
    if (strncmp(promise, reported, strlen(reported)) == 0)
        return has_finding(report, promise + strlen(reported));
    return has_finding(report, promise);
}

int main(int argc, char **argv)
{
    if (argc != 4)
        fail("CLANG FLAGS FILE", argv[0]);
    const char *clang = argv[1], *flags = argv[2], *file = argv[3];
    char promise[100], name[PATH_MAX], command[3 * PATH_MAX];
    read_promise(file, promise);
    snprintf(name, sizeof name, "%s", file);
    const char *base = basename(name);
    snprintf(command, sizeof command,
             "rm -rf '%1$s.run' && mkdir '%1$s.run' && cd '%1$s.run' && '%2$s' '@%3$s' '%4$s' -o "
             "program && RACELINGS_EXPLORE='schedules=200' ./program",
             base, clang, flags, file);
    run(command);
    snprintf(command, sizeof command, "%s.run/explore.json", base);
    json_t *report = json_load_file(command, 0, NULL);
    if (report == NULL)
        fail("is no report", command);
    if (!keeps(report, promise)) {
        char *text = json_dumps(report, JSON_INDENT(2));
        fprintf(stderr, "promised: %s\n%s\n", promise, text);
        return 1;
    }
    json_decref(report);
    return 0;
}
