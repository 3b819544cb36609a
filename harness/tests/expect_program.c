// Judges one program and compares with the promises in its head comment, a detector a line:
//
//     // tsan: reported, data race
//     // helgrind: clean
//     // native: crashed; by signal 8
//
// Behind the verdict stands the kind of a finding, or words that the reason holds.
// Usage: expect_program FILE. A detector that is not mentioned is not asked. Exits 1 with the story
// of each judgement that is not as promised.

#include "base/files.h"
#include "base/text.h"
#include "judge/judge.h"
#include "output/explain.h"

#include <stdio.h>
#include <string.h>
#include <talloc.h>

// The promise about `detector` in the head comment of `text`, or NULL.
static char *promise_of(const void *context, const char *text, const char *detector)
{
    char *mark = talloc_asprintf(context, "// %s: ", detector);
    const char *found = strstr(text, mark);
    const char *end = strstr(text, "\n\n"); // of the head comment
    if (!found || !end || found > end)
        return NULL;
    found += strlen(mark);
    return talloc_strndup(context, found, strcspn(found, "\n"));
}

static bool has_finding(const struct reading *reading, const char *kind)
{
    for (size_t i = 0; i < reading->count; i++)
        if (strcmp(kind_name(reading->findings[i].kind), kind) == 0)
            return true;
    return false;
}

// Whether the judgement is "VERDICT", "reported, KIND" with a finding of that kind, or "VERDICT; WORDS"
// with these words in its reason.
static bool keeps(const struct judgement *judgement, const char *promise)
{
    size_t length = strcspn(promise, ",;");
    const char *more = promise[length] ? promise + length + 2 : "";
    const char *verdict = verdict_name(judgement->verdict);
    if (strlen(verdict) != length || strncmp(verdict, promise, length) != 0)
        return false;
    return promise[length] == ',' ? has_finding(&judgement->reading, more)
                                  : strstr(judgement->reason, more) != NULL;
}

int main(int argc, char **argv)
{
    void *context = talloc_new(NULL);
    struct problem problem;
    const char *text =
        argc == 2 ? file_read(context, NULL, argv[1], 1 << 20, NULL, &problem) : NULL;
    if (!text) {
        fprintf(stderr, "usage: expect_program FILE\n");
        return 2;
    }
    const char *slash = strrchr(argv[1], '/');
    const char *files[] = {slash ? slash + 1 : argv[1], NULL};
    const char *folder = slash ? talloc_strndup(context, argv[1], (size_t)(slash - argv[1])) : ".";
    const struct subject subject = {.name = files[0],
                                    .variant = "try",
                                    .arguments = &files[1],
                                    .sources = {.root = folder, .files = files}};
    int asked = 0, broken = 0;
    for (size_t i = 0; detectors[i]; i++) {
        const char *promise = promise_of(context, text, detectors[i]->name);
        struct judgement judgement;
        if (!promise)
            continue;
        asked++;
        judge(context, &subject, detectors[i], &judgement);
        if (keeps(&judgement, promise)) {
            explain_line(stdout, 0, &judgement);
            continue;
        }
        broken++;
        printf("Promised: %s\n", promise);
        explain_story(stdout, &judgement);
    }
    if (!asked)
        printf("%s promises nothing\n", argv[1]);
    talloc_free(context);
    return broken || !asked;
}
