// Judgements as compilers write problems, for the lists of editors:
//
//     exercises/1-lost-updates/01-counter/counter.c:24:19: data race: counter->value: T2 reads it
//     here, holding no lock; ... [explore, tsan, helgrind]
//     exercises/1-lost-updates/01-counter/counter.c:24:19: note: T1 writes it here, ...
//
// each on one line. Files are named as seen from the working directory: where that is not the
// course's folder, by their whole paths.
#include "output.h"

#include "base/text.h"
#include "issues.h"

#include <limits.h>
#include <string.h>
#include <talloc.h>
#include <unistd.h>

static bool works_in(const char *root)
{
    char here[PATH_MAX];
    return getcwd(here, sizeof here) && strcmp(here, root) == 0;
}

// A line of text: what a program named, or printed, must not make two of it.
static void add_line(char **text, const char *root, const struct place *place, const char *what)
{
    bool bare = place->file[0] == '/' || works_in(root);
    char *line = talloc_asprintf(*text, "%s%s%s:%d:%d: %s", bare ? "" : root, bare ? "" : "/",
                                 place->file, place->line, place->column, what);
    for (char *at = line; *at; at++)
        if ((unsigned char)*at < ' ' || *at == 127)
            *at = ' ';
    *text = talloc_asprintf_append_buffer(*text, "%s\n", line);
}

static void add_issue(char **text, const struct issue *issue)
{
    const char *root = issue->judgement->subject->sources.root;
    bool compiler = issue->judgement->verdict == VERDICT_DOES_NOT_BUILD;
    add_line(text, root, &issue->place,
             talloc_asprintf(*text, "%s: %s%s%s%s", compiler ? "error" : issue->kind, issue->text,
                             compiler ? "" : " [",
                             compiler ? "" : list_join(*text, issue->judges, ", "),
                             compiler ? "" : "]"));
    for (size_t i = 0; i < issue->note_count; i++)
        add_line(text, root, &issue->notes[i].place,
                 talloc_asprintf(*text, "note: %s", issue->notes[i].text));
}

char *gcc_problems(const void *context, const struct job *jobs, size_t count)
{
    struct issues *issues = issues_collect(context, jobs, count);
    char *text = talloc_strdup(context, "");
    for (size_t i = 0; i < issues->count; i++)
        add_issue(&text, &issues->list[i]);
    talloc_free(issues);
    return text;
}
