// Judges one program and compares with the promises in its head comment, a detector a line:
//
//     // tsan: reported, data race
//     // helgrind: clean
//     // native: crashed; by signal 8
//
// Behind the verdict stands the kind of a finding, and may stand words that the story holds ("data
// race; in take_both"); or words that the reason holds. Where newer tools end otherwise, a line before that tells what then holds, and is asked for where the tool at
// hand does so by itself, of the program built without the harness:
//
//     // helgrind where valgrind says "(SIGSEGV)": crashed
//
// Usage: expect_program FILE. A detector that is not mentioned is not asked. Exits 1 with the story
// of each judgement that is not as promised.

#include "base/files.h"
#include "base/text.h"
#include "judge/judge.h"
#include "output/explain.h"
#include "run/process.h"
#include "run/workspace.h"
#include "toolchain.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <talloc.h>

// What follows `mark` on its line in the head comment of `text`, or NULL.
static char *promised(const void *context, const char *text, const char *mark)
{
    const char *found = strstr(text, mark);
    const char *end = strstr(text, "\n\n"); // of the head comment
    if (!found || !end || found > end)
        return NULL;
    found += strlen(mark);
    return talloc_strndup(context, found, strcspn(found, "\n"));
}

// What Helgrind says of `file`, and how the program ended, with nothing of the harness in between.
static const char *valgrind_says(const void *context, const char *folder, const char *file)
{
    struct problem problem;
    struct outcome outcome;
    const char *made = workspace_new(context, &problem);
    const char *program = made ? path_join(context, made, "program") : "";
    const char *line = talloc_asprintf(
        context, "exec 2>&1; '%s' -pthread '%s' -o '%s' && '%s' --tool=helgrind '%s'",
        TOOLCHAIN_CLANG, file, program, TOOLCHAIN_VALGRIND, program);
    const char *const argv[] = {"sh", "-c", line, NULL};
    const struct command command = {
        .argv = argv, .directory = folder, .seconds = 60, .output_limit = 1 << 20};
    return made && process_run(context, &command, &outcome, &problem) ? outcome.output : "";
}

// The promise about `detector` in the head comment of `text`, or NULL.
static const char *promise_of(const void *context, const struct sources *sources, const char *text,
                              const char *detector)
{
    char *mark = talloc_asprintf(context, "// %s where valgrind says \"", detector);
    char *words = promised(context, text, mark), *end = words ? strstr(words, "\": ") : NULL;
    if (end) {
        *end = '\0';
        if (strstr(valgrind_says(context, sources->root, sources->files[0]), words))
            return end + strlen("\": ");
    }
    return promised(context, text, talloc_asprintf(context, "// %s: ", detector));
}

static bool has_finding(const struct reading *reading, const char *kind, size_t length)
{
    for (size_t i = 0; i < reading->count; i++) {
        const char *name = kind_name(reading->findings[i].kind);
        if (strlen(name) == length && strncmp(name, kind, length) == 0)
            return true;
    }
    return false;
}

// Whether the story told of the judgement holds the words.
static bool is_told(const struct judgement *judgement, const char *words)
{
    char *story = NULL;
    size_t size = 0;
    FILE *stream = open_memstream(&story, &size);
    if (!stream)
        return false;
    explain_story(stream, judgement);
    bool told = fclose(stream) == 0 && strstr(story, words);
    free(story);
    return told;
}

// Whether the judgement is "VERDICT"; "reported, KIND" with a finding of that kind, or "reported,
// KIND; WORDS", with these words in its story; or "VERDICT; WORDS" with these words in its reason.
static bool keeps(const struct judgement *judgement, const char *promise)
{
    size_t length = strcspn(promise, ",;");
    const char *more = promise[length] ? promise + length + 2 : "";
    const char *verdict = verdict_name(judgement->verdict);
    if (strlen(verdict) != length || strncmp(verdict, promise, length) != 0)
        return false;
    if (promise[length] != ',')
        return strstr(judgement->reason, more) != NULL;
    length = strcspn(more, ";");
    return has_finding(&judgement->reading, more, length) &&
           (!more[length] || is_told(judgement, more + length + 2));
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
        const char *promise = promise_of(context, &subject.sources, text, detectors[i]->name);
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
