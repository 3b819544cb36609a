#include "explain.h"

#include "alike.h"
#include "base/terminal.h"
#include "base/text.h"
#include "excerpt.h"
#include "judge/build.h"
#include "judge/story.h"
#include "missing.h"
#include "story_text.h"

#include <string.h>
#include <talloc.h>

enum {
    VERDICT_WIDTH = 14, // of the longest, "does not build"
    REASON_LEAST = 30,  // columns of a reason; where less is left, it has a line of its own
    FINDINGS_SHOWN = 2, // the first ones; the rest is usually the same story again
    OUTPUT_SHOWN = 800, // bytes of what the program or the compiler printed
};

static enum paint verdict_paint(enum verdict verdict)
{
    if (verdict == VERDICT_CLEAN)
        return PAINT_GOOD;
    return verdict_is_against(verdict) ? PAINT_BAD : PAINT_ODD;
}

void explain_line(FILE *out, int width, const struct judgement *judgement)
{
    const char *color = paint(verdict_paint(judgement->verdict));
    const char *verdict = verdict_name(judgement->verdict), *name = judgement->subject->name;
    bool plain = judgement->verdict == VERDICT_CLEAN && !judgement->reading.note &&
                 !judgement->detector->explores;
    int column = fprintf(out, "%-*s %-9s ", width, name, judgement->detector->name);
    if (plain) {
        fprintf(out, "%s%s%s\n", color, verdict, paint(PAINT_OFF));
        return;
    }
    size_t indent = (size_t)column + VERDICT_WIDTH + 1;
    bool apart = indent > terminal_width() - REASON_LEAST;
    char *reason = text_wrap(NULL, judgement->reason, terminal_width(), apart ? 4 : indent);
    fprintf(out, "%s%-*s%s%s%s\n", color, apart ? 0 : VERDICT_WIDTH, verdict, paint(PAINT_OFF),
            apart ? "\n    " : " ", reason);
    talloc_free(reason);
}

// Prints wrapped text, each line begun with `indent` spaces and ended.
static void paragraph(FILE *out, size_t indent, const char *text)
{
    char *wrapped = text_wrap(NULL, text, terminal_width(), indent);
    fprintf(out, "%*s%s\n", (int)indent, "", wrapped);
    talloc_free(wrapped);
}

// Prints what the lines below it belong to: likewise, but what does not fit is indented further.
static void sentence(FILE *out, const char *text)
{
    char *wrapped = text_wrap(NULL, text, terminal_width(), 4);
    fprintf(out, "  %s\n", wrapped);
    talloc_free(wrapped);
}

static void show_caller(FILE *out, const struct place *place)
{
    char *text =
        talloc_asprintf(NULL, "called from %s, %s:%d", place->function, place->file, place->line);
    fprintf(out, "      %s\n", text_wrap(text, text, terminal_width(), 8));
    talloc_free(text);
}

// Where a trace meets the program, and which calls led there if the place alone does not say.
static void show_trace(FILE *out, const char *root, const struct trace *trace)
{
    const struct place *place = trace_own(trace);
    if (!place) {
        fprintf(out, "      (the place is unknown)\n");
        return;
    }
    excerpt_show(out, root, place);
    for (size_t i = (size_t)(place - trace->places) + 1; i < trace->count; i++)
        if (trace->places[i].file)
            show_caller(out, &trace->places[i]);
}

// ", holding no lock" / ", holding a->lock"; nothing where the tool does not tell.
static char *locks_held(const void *context, const struct access *access)
{
    if (!access->locks)
        return talloc_strdup(context, "");
    if (!access->locks[0])
        return talloc_strdup(context, ", holding no lock");
    return talloc_asprintf(context, ", holding %s", list_join(context, access->locks, " and "));
}

static void show_access(FILE *out, const char *root, const struct access *access, bool earlier)
{
    void *scratch = talloc_new(NULL);
    const char *verb = access->frees   ? (earlier ? "had freed" : "frees")
                       : access->write ? (earlier ? "had written" : "writes")
                                       : (earlier ? "had read" : "reads");
    sentence(out,
             talloc_asprintf(scratch, "%s %s %d byte%s%s%s", thread_name(scratch, access->thread),
                             verb, access->size, access->size == 1 ? "" : "s",
                             access->atomic ? ", atomically" : "", locks_held(scratch, access)));
    show_trace(out, root, &access->trace);
    talloc_free(scratch);
}

static void show_race(FILE *out, const char *root, const struct finding *finding)
{
    for (size_t i = 0; i < finding->access_count && i < 2; i++)
        show_access(out, root, &finding->accesses[i], i > 0);
    if (trace_own(&finding->allocated)) {
        const struct place *place = trace_own(&finding->allocated);
        char *text = talloc_asprintf(NULL, "the memory was allocated at %s:%d, in %s", place->file,
                                     place->line, place->function);
        fprintf(out, "  %s\n", text_wrap(text, text, terminal_width(), 6));
        talloc_free(text);
    }
    if (finding->kind != KIND_DATA_RACE)
        return;
    if (finding->access_count < 2) {
        fputc('\n', out);
        paragraph(
            out, 2,
            "It conflicts with an earlier access by another thread, of which the detector has "
            "kept no record. See what else touches the same thing; other judges may name it.");
        return;
    }
    char *missing = missing_order(NULL, finding);
    fputc('\n', out);
    if (finding->packed)
        missing = talloc_asprintf_append(
            missing, " To C, bit-fields side by side are one memory location (C11 3.14): who "
                     "changes one of them reads and writes back the other.");
    paragraph(out, 2, missing);
    talloc_free(missing);
}

// Who holds lock `index` of a cycle. Both tools also report orders that they saw in one thread.
static const char *holder(const struct finding *finding, size_t index)
{
    if (index == 0)
        return "one thread";
    if (finding->threads == 1)
        return "the same thread, another time,";
    return finding->threads == 0 || finding->threads >= finding->lock_count
               ? "another thread"
               : "a thread, another time,";
}

// One lock of a cycle: where it was taken, and where its holder wanted the next one.
static void show_link(FILE *out, const char *root, const struct finding *finding, size_t index)
{
    const struct lock *lock = &finding->locks[index];
    const struct lock *next = &finding->locks[(index + 1) % finding->lock_count];
    if (trace_own(&lock->taken)) {
        fprintf(out, "  %s takes %s\n", holder(finding, index), lock->name);
        show_trace(out, root, &lock->taken);
        fprintf(out, "  and then wants %s\n", next->name);
    } else {
        const char *who = holder(finding, index);
        char *text =
            talloc_asprintf(NULL, "%s%s holding %s, wants %s", who,
                            who[strlen(who) - 1] == ',' ? "" : ",", lock->name, next->name);
        sentence(out, text);
        talloc_free(text);
    }
    show_trace(out, root, &lock->wanted);
}

static void show_lock_order(FILE *out, const char *root, const struct finding *finding)
{
    for (size_t i = 0; i < finding->lock_count; i++)
        show_link(out, root, finding, i);
    if (finding->lock_count == 0) { // Helgrind, of a cycle by way of further locks
        sentence(out, "a thread, holding the second of these two, wants the first");
        show_trace(out, root, &finding->where);
    }
    fputc('\n', out);
    if (finding->names_differ)
        paragraph(out, 2, "The same lock has different names in the two places.");
    char *ending = talloc_asprintf(
        NULL,
        "%s that come here at the same time, each with one of the locks, wait "
        "for each other for ever: a deadlock. Take the locks in one order everywhere.",
        finding->lock_count == 2 ? "Two threads" : "Threads");
    paragraph(out, 2, ending);
    talloc_free(ending);
}

// The plain run often shows nothing of it.
static void show_thread_rule(FILE *out)
{
    fputc('\n', out);
    paragraph(out, 2,
              "A thread is joined or detached once; after that its pthread_t names no thread, or "
              "another one. What a call like this does is undefined: a run in which it does no "
              "harm proves nothing.");
}

static void show_finding(FILE *out, const struct judgement *judgement,
                         const struct finding *finding)
{
    const char *root = judgement->subject->sources.root;
    if (finding->story && story_is_of_waiting(finding))
        return; // the story tells it all
    fputc('\n', out);
    if (finding->kind != KIND_DATA_RACE && !strstr(judgement->reason, finding->what))
        paragraph(out, 2, finding->what);
    if (finding->kind == KIND_LOCK_ORDER)
        show_lock_order(out, root, finding);
    else if (finding->access_count)
        show_race(out, root, finding);
    else if (!finding->story || trace_own(&finding->where))
        show_trace(out, root, &finding->where);
    if (finding->kind == KIND_THREAD_MISUSE)
        show_thread_rule(out);
}

static void show_output(FILE *out, const char *title, const char *text)
{
    size_t length = strlen(text);
    while (length > 0 && text[length - 1] == '\n')
        length--;
    if (length == 0)
        return;
    fprintf(out, "\n  %s\n", title);
    const char *end = text + (length > OUTPUT_SHOWN ? OUTPUT_SHOWN : length);
    for (const char *line = text; line < end; line++) {
        size_t size = strcspn(line, "\n");
        if (line + size > end)
            size = (size_t)(end - line);
        fputs("      ", out);
        for (size_t i = 0; i < size; i++) // nothing the program prints may drive the terminal
            fputc((unsigned char)line[i] < ' ' || line[i] == 127 ? '?' : line[i], out);
        fputc('\n', out);
        line += size;
    }
    if (length > OUTPUT_SHOWN)
        fprintf(out, "      ... and %zu bytes more\n", length - OUTPUT_SHOWN);
}

// Of what is not told: how many of what.
static void show_rest(FILE *out, size_t count, const char *what)
{
    char *text = talloc_asprintf(NULL, "... and %zu more %s; mend the first, and see what is left.",
                                 count, what);
    fputc('\n', out);
    sentence(out, text);
    talloc_free(text);
}

static void show_findings(FILE *out, const struct judgement *judgement)
{
    const struct reading *reading = &judgement->reading;
    size_t shown = 0, counted = 0;
    for (size_t i = 0; i < reading->count; i++) {
        if (!is_news(reading, i))
            continue;
        counted++;
        if (shown < FINDINGS_SHOWN) {
            show_finding(out, judgement, &reading->findings[i]);
            shown++;
        }
    }
    if (counted > shown)
        show_rest(out, counted - shown, counted - shown == 1 ? "like this" : "like these");
}

// As "racelings try" was called: the files, the compiler's options, the arguments.
static char *program_words(const void *context, const struct subject *subject)
{
    const char **words = list_new(context);
    list_add_all(&words, subject->sources.files);
    if (subject->sources.flags)
        list_add_all(&words, subject->sources.flags);
    if (subject->sources.libraries)
        list_add_all(&words, subject->sources.libraries);
    if (subject->arguments && subject->arguments[0]) {
        list_add(&words, "--");
        list_add_all(&words, subject->arguments);
    }
    char *quoted = shell_quote(context, words);
    talloc_free(words);
    return quoted;
}

char *replay_name(const void *context, const struct subject *subject)
{
    const char *name = subject->name, *variant = subject->variant;
    if (!subject->exercise)
        return program_words(context, subject);
    if (strcmp(variant, "yours") == 0)
        return talloc_strdup(context, name);
    bool known = strcmp(variant, "broken") == 0 || strcmp(variant, "fixed") == 0;
    return talloc_asprintf(context, "%s --%s %s", name, known ? "variant" : "answer", variant);
}

// What a race leads to in some schedule, if that has been found too: NULL if not.
static const struct finding *consequence_of(const struct reading *reading,
                                            const struct finding *race)
{
    if (race->kind != KIND_DATA_RACE)
        return NULL;
    for (size_t i = 0; i < reading->count; i++)
        if (reading->findings[i].kind != KIND_DATA_RACE && kind_counts(reading->findings[i].kind))
            return &reading->findings[i];
    return NULL;
}

// `before` is the story that was told just before; NULL: none was.
static void show_story(FILE *out, const struct judgement *judgement, const struct finding *finding,
                       const struct story *before)
{
    char *name = replay_name(NULL, judgement->subject);
    story_tell(out, judgement->subject->sources.root, name, finding, before);
    if (finding->story->output)
        show_output(out, "In that schedule the program printed:", finding->story->output);
    talloc_free(name);
}

// What is done wrong, as "T1 locks a mutex that is destroyed"; not who waits for whom, which the end
// of the story tells.
static bool tells_deed(const struct finding *finding)
{
    return finding->what && finding->kind != KIND_DEADLOCK && finding->kind != KIND_LOST_WAKEUP &&
           finding->kind != KIND_NO_PROGRESS;
}

static void show_consequence(FILE *out, const struct finding *finding)
{
    char *text =
        finding->kind == KIND_WRONG_RESULT && finding->story->scene
            ? talloc_asprintf(NULL, "What can come of it: a broken promise, \"%s\"", finding->what)
            : talloc_asprintf(NULL, "What can come of it: %s%s%s", kind_name(finding->kind),
                              tells_deed(finding) ? ": " : "",
                              tells_deed(finding) ? finding->what : "");
    fputc('\n', out);
    paragraph(out, 2, text);
    talloc_free(text);
}

// Of what a detector that chooses schedules has found: the finding that decides, with its story,
// and what comes of it.
static void show_explored(FILE *out, const struct judgement *judgement)
{
    const struct reading *reading = &judgement->reading;
    const struct finding *finding = verdict_finding(reading);
    if (!finding && reading->count > 0)
        finding = &reading->findings[0]; // a schedule that was asked for
    if (!finding)
        return;
    const struct finding *consequence = consequence_of(reading, finding);
    size_t left = reading->count - 1 - (consequence != NULL);
    if (kind_counts(finding->kind))
        show_finding(out, judgement, finding);
    show_story(out, judgement, finding, NULL);
    if (finding->kind == KIND_WRONG_RESULT && !reading_has_race(reading))
        story_tell_steps(out, judgement->subject->sources.root, finding);
    if (consequence) {
        show_consequence(out, consequence);
        show_story(out, judgement, consequence, finding->story);
    }
    if (left > 0)
        show_rest(out, left, left > 1 ? "findings" : "finding");
}

void explain_steps_apart(FILE *out)
{
    fputc('\n', out);
    paragraph(
        out, 2,
        "It is no data race: the judges that look for races find none, so that each access is "
        "ordered, or atomic. Where the result is wrong all the same, it is as a rule steps that "
        "belong together and are made one by one, and another thread comes in between: two "
        "critical sections, or two atomic operations, that ought to be one. If every run is wrong, "
        "look first at what a thread does by itself: a number may be too large for its type, or "
        "a case left out.");
}

// Where the threads of a run that was ended were.
static void show_halts(FILE *out, const struct judgement *judgement)
{
    if (judgement->halt_count > 0)
        fputc('\n', out);
    for (size_t i = 0; i < judgement->halt_count; i++) {
        const struct halt *halt = &judgement->halts[i];
        char *text = talloc_asprintf(NULL, "%s: %s", halt->threads, halt->doing);
        sentence(out, text);
        talloc_free(text);
        excerpt_show(out, judgement->subject->sources.root, &halt->place);
    }
}

static bool says_nothing(const struct judgement *judgement)
{
    return judgement->verdict == VERDICT_UNGRADABLE || judgement->verdict == VERDICT_ABSTAINS;
}

static void show_unjudged(FILE *out, const struct judgement *judgement)
{
    if (judgement->verdict == VERDICT_ABSTAINS)
        paragraph(out, 2, "That says nothing about the program.");
    else
        paragraph(out, 2,
                  "That is a failure of the tool, not of the program: \"racelings doctor\" "
                  "looks for the cause.");
}

static void show_reading_on(FILE *out, const struct exercise *exercise)
{
    if (exercise)
        fprintf(out, "\n  Read on: %s/README.md\n  Stuck? racelings hint %s\n", exercise->folder,
                exercise->name);
}

// Whether the program does not compile, whoever judges it: then no judge has said anything.
static bool stands_before_judging(const struct judgement *judgement)
{
    return judgement->verdict == VERDICT_DOES_NOT_BUILD &&
           (complaint_names_line(judgement->messages) ||
            complaint_misses_main(judgement->messages));
}

void explain_more(FILE *out, const struct judgement *judgement)
{
    const struct subject *subject = judgement->subject;
    const char *root = subject->sources.root;
    bool anybody = stands_before_judging(judgement);
    fprintf(out, "%s%s, %s%s%s: %s%s%s\n", paint(PAINT_STRONG), subject->name, subject->variant,
            anybody ? "" : ", ", anybody ? "" : judgement->detector->name,
            paint(verdict_paint(judgement->verdict)), verdict_name(judgement->verdict),
            paint(PAINT_OFF));
    paragraph(out, 2, judgement->reason);
    if (judgement->detector->explores)
        show_explored(out, judgement);
    else
        show_findings(out, judgement);
    show_halts(out, judgement);
    if (trace_own(&judgement->reading.crash))
        show_trace(out, root, &judgement->reading.crash);
    if (judgement->verdict == VERDICT_DOES_NOT_BUILD && !complaint_misses_main(judgement->messages))
        show_output(out, "The compiler says:", judgement->messages);
    else if (judgement->runs > 0 && !judgement->detector->explores)
        show_output(out, "The program printed:", judgement->output);
    if (judgement->races_excluded)
        explain_steps_apart(out);
    if (says_nothing(judgement))
        show_unjudged(out, judgement);
}

void explain_story(FILE *out, const struct judgement *judgement)
{
    explain_more(out, judgement);
    if (!says_nothing(judgement))
        show_reading_on(out, judgement->subject->exercise);
    fputc('\n', out);
}

void explain_warnings(FILE *out, const struct judgement *judgement)
{
    show_output(out, "The compiler says:", judgement->messages);
    fputc('\n', out);
}
