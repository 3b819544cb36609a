// Tests of output/report.c and output/signature.c: a made-up class with every standing, every kind
// of finding and as much malice as fits is written as a page, and the page's JSON is read back.
//
//   test_report FOLDER         only writes that page, for report_browser.sh
//   test_report FOLDER large   one of 200 students and 35 exercises, to look at

#include "base/files.h"
#include "base/text.h"
#include "judge/finding.h"
#include "output/report.h"
#include "output/signature.h"

#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <talloc.h>
#include <unistd.h>

#include <cmocka.h>

enum { STUDENTS = 24, EXERCISES = 10, LARGE_STUDENTS = 200, LARGE_EXERCISES = 35 };

#define BREAK_OUT "</script><script>window.pwned=1</script>"
#define IMAGE     "<img src=x onerror=\"window.pwned=2\">"

static struct exercise exercises[EXERCISES] = {
    {.name = "counter",
     .chapter = "1-lost-updates",
     .number = "01",
     .bug = "data race",
     .title = "A counter that loses updates",
     .folder = "exercises/1-lost-updates/01-counter"},
    {.name = "two-fields",
     .chapter = "1-lost-updates",
     .number = "06",
     .bug = "data race",
     .title = "Two fields that must agree",
     .folder = "exercises/1-lost-updates/06-two-fields"},
    {.name = "two-locks",
     .chapter = "2-locks",
     .number = "01",
     .bug = "data race",
     .title = "Two locks around one number",
     .folder = "exercises/2-locks/01-two-locks"},
    {.name = "bank-transfer",
     .chapter = "2-locks",
     .number = "05",
     .bug = "lock-order inversion",
     .title = "There and back: two locks, two orders",
     .folder = "exercises/2-locks/05-bank-transfer"},
    {.name = "destroyed-lock",
     .chapter = "2-locks",
     .number = "06",
     .bug = "lock misuse",
     .title = "A lock that went to bed early",
     .folder = "exercises/2-locks/06-destroyed-lock"},
    {.name = "refcount",
     .chapter = "3-check-then-act",
     .number = "03",
     .bug = "use after free",
     .title = "The last one recycles the frame",
     .folder = "exercises/3-check-then-act/03-refcount"},
    {.name = "early-return",
     .chapter = "2-locks",
     .number = "07",
     .bug = "lock held",
     .title = "The error path that kept the lock",
     .folder = "exercises/2-locks/07-early-return"},
    {.name = "no-join",
     .chapter = "6-threads",
     .number = "03",
     .bug = "thread leak",
     .title = "The village that never votes",
     .folder = "exercises/6-threads/03-no-join"},
    {.name = "handler",
     .chapter = "6-threads",
     .number = "08",
     .bug = "signal-unsafe call",
     .title = "A handler that takes its time " BREAK_OUT,
     .folder = "exercises/6-threads/08-handler"},
    {.name = "publish",
     .chapter = "7-atomics",
     .number = "01",
     .bug = "data race",
     .title = "A forecast published too early",
     .folder = "exercises/7-atomics/01-publish"},
};

// One letter for each student says what came of it; see `make` below.
static const char *const results[EXERCISES] = {
    "ppabBcpprRdApnmxuppcaphp", // counter
    "ppppaepppppppnmppppppnmp", // two-fields
    "ppapaapppppapnmpppppanmp", // two-locks
    "ppooOpppppppoonmppppapmp", // bank-transfer
    "pplplpppppppnnmpppppplmp", // destroyed-lock
    "fpppppfpppuppnmpppppnnmp", // refcount
    "ppppphhpppppnnmppppppnmp", // early-return
    "pppptpppppptpnmppppppnmp", // no-join
    "spppppppppppnnmpppppvnmp", // handler
    "pawpppppppppnnmppppppnmk", // publish
};

static const char *const names[STUDENTS] = {
    "Ada Lovelace",
    "Grace Hopper",
    "Edsger Dijkstra",
    "Barbara Liskov",
    "Tony Hoare",
    "Per Brinch Hansen",
    "Leslie Lamport",
    "Nancy Lynch",
    "Maurice Herlihy",
    "Frances Allen",
    "Hans Boehm",
    "Sarita Adve",
    "Dmitry Vyukov",
    "山田 花子",
    "Zoë Müller",
    "Jürgen Groß",
    "\xff\xfe not UTF-8 \xc3",
    "evil \xe2\x80\xae"
    "gnp.exe",
    BREAK_OUT,
    IMAGE " & <b>bold</b>",
    "line\xe2\x80\xa8separator <!-- <script> ]]>",
    "Maximiliana-Theodora von und zu Hohenstein-Wittgenstein-Berleburg-Sayn",
    "محمد الخوارزمي",
    "Robert'); DROP TABLE students;--",
};

static const char counter_text[] = "#include \"counter.h\"\n"
                                   "\n"
                                   "#include <stdlib.h>\n"
                                   "\n"
                                   "struct counter {\n"
                                   "    volatile long value; // now the compiler cannot cache it\n"
                                   "};\n"
                                   "\n"
                                   "struct counter *counter_new(void)\n"
                                   "{\n"
                                   "    return calloc(1, sizeof(struct counter));\n"
                                   "}\n"
                                   "\n"
                                   "void counter_increment(struct counter *counter)\n"
                                   "{\n"
                                   "    counter->value++;\n"
                                   "}\n"
                                   "\n"
                                   "long counter_value(struct counter *counter)\n"
                                   "{\n"
                                   "    return counter->value;\n"
                                   "}\n";

static const char transfer_text[] =
    "#include \"bank_transfer.h\"\n"
    "\n"
    "bool account_transfer(struct account *from, struct account *to,\n"
    "                      long amount)\n"
    "{\n"
    "    pthread_mutex_lock(&from->lock);\n"
    "    pthread_mutex_lock(&to->lock);\n"
    "    from->balance -= amount;\n"
    "    to->balance += amount;\n"
    "    pthread_mutex_unlock(&to->lock);\n"
    "    pthread_mutex_unlock(&from->lock);\n"
    "    return true;\n"
    "}\n";

static const char refcount_text[] = "#include \"refcount.h\"\n"
                                    "\n"
                                    "void frame_put(struct frame *frame)\n"
                                    "{\n"
                                    "    if (--frame->count == 0)\n"
                                    "        free(frame);\n"
                                    "}\n"
                                    "\n"
                                    "long frame_size(const struct frame *frame)\n"
                                    "{\n"
                                    "    return frame->size;\n"
                                    "}\n";

// Everything that should be shown and not obeyed.
static const char malice_text[] =
    "// " BREAK_OUT "\n"
    "const char *a = \"" IMAGE "\"; /* <!-- &amp; ]]> */\n"
    "int is_admin; /*\xe2\x80\xae } \xe2\x81\xa6if (is_admin)\xe2\x81\xa9 \xe2\x81\xa6 */\n"
    "\tprintf(\"\x1b[31mred\x1b[0m \xe2\x80\xa8\");\r\n"
    "static void handler(int signal) { printf(\"%d\", signal); }\n";

// ---- making assessments ----

struct fixture {
    void *context;
    json_t *assessments; // owns them
    struct class class;
    char folder[64];
    struct problem problem;
};

static json_t *locks(const char *one)
{
    return one ? json_pack("[s]", one) : json_array();
}

static json_t *access_to(const char *folder, const char *file, const char *function, int line,
                         const char *access, int thread, json_t *held)
{
    return json_pack("{s:i, s:s, s:b, s:i, s:s, s:o, s:i, s:i, s:o?}", "thread", thread, "access",
                     access, "atomic", 0, "size", 8, "function", function, "file",
                     json_sprintf("%s/%s", folder, file), "line", line, "column", 12, "locks",
                     held);
}

static json_t *place_in(const char *folder, const char *file, const char *function, int line)
{
    return json_pack("{s:s, s:o, s:i, s:i}", "function", function, "file",
                     json_sprintf("%s/%s", folder, file), "line", line, "column", 5);
}

static json_t *race(const char *variable, json_t *one, json_t *other)
{
    return json_pack("{s:s, s:s, s:s?, s:[o, o]}", "kind", "data race", "what", "data race",
                     "variable", variable, "accesses", one, other);
}

static json_t *placed(const char *kind, const char *what, const char *variable, json_t *place)
{
    return json_pack("{s:s, s:s, s:s?, s:[], s:o}", "kind", kind, "what", what, "variable",
                     variable, "accesses", "place", place);
}

// `findings` is stolen; NULL: none.
static json_t *judged(const char *detector, const char *verdict, const char *reason,
                      json_t *findings, const char *output)
{
    return json_pack(
        "{s:s, s:s, s:s, s:s, s:s, s:s, s:f, s:o, s:o, s:s}", "schema", "racelings/judgement/v1",
        "exercise", "any", "variant", "yours", "detector", detector, "verdict", verdict, "reason",
        reason, "seconds", 0.4625, "findings", findings ? findings : json_array(), "story",
        json_sprintf("any, yours, %s: %s\n  %s\n", detector, verdict, reason), "output", output);
}

static json_t *clean(const char *detector)
{
    return judged(detector, "clean", "nothing to report, and the result is right", NULL,
                  "want: 5000, got: 5000\n");
}

// `refused` and `judgements` are stolen.
static json_t *assessed(const char *exercise, const char *key, const char *file, const char *text,
                        json_t *refused, json_t *judgements)
{
    return json_pack("{s:s, s:s, s:o, s:b, s:[{s:s, s:s}], s:o?, s:o}", "schema",
                     "racelings/assessment/v2", "exercise", exercise, "key",
                     json_sprintf("%s %s", exercise, key), "sandbox", 1, "files", "name", file,
                     "text", text, "refused", refused, "judgements", judgements);
}

static json_t *passes(const struct exercise *exercise)
{
    return assessed(exercise->name, "p", "answer.c", counter_text, NULL,
                    json_pack("[o, o, o]", clean("tsan"), clean("helgrind"), clean("native")));
}

// A race in a file whose lines are all moved down by `down`; found by both tools.
static json_t *races(const struct exercise *exercise, const char *key, int down, const char *native)
{
    const char *folder = exercise->folder, *file = "counter.c", *increment = "counter_increment";
    char *text = talloc_asprintf(NULL, "%.*s%s", down, "\n\n\n\n\n\n\n\n\n", counter_text);
    json_t *tsan = json_array(), *helgrind = json_array();
    json_array_append_new(
        tsan, race("counter->value",
                   access_to(folder, file, increment, 16 + down, "write", 3, locks(NULL)),
                   access_to(folder, file, increment, 16 + down, "write", 1, locks("a->lock"))));
    for (int i = 0; i < 9; i++) // the same pair again and again
        json_array_append_new(
            helgrind, race("counter->value",
                           access_to(folder, file, increment, 16 + down, i % 2 ? "write" : "read",
                                     1 + i, NULL),
                           access_to(folder, file, "counter_value", 21 + down, "write", 5, NULL)));
    json_t *all = json_pack(
        "[o, o, o]",
        judged("tsan", "reported", "ThreadSanitizer reports a data race on counter->value", tsan,
               "want: 5000, got: 2000\n"),
        judged("helgrind", "reported", "Helgrind reports a data race on counter->value", helgrind,
               "want: 400, got: 400\n"),
        judged("native", native, "the driver says so", NULL, "want: 500000, got: 213377\n"));
    json_t *made = assessed(exercise->name, key, file, text, NULL, all);
    talloc_free(text);
    return made;
}

// A lock of a cycle; without a place where it was taken if `taken` is NULL.
static json_t *lock(const char *name, json_t *taken, json_t *wants)
{
    json_t *object =
        taken ? taken : json_pack("{s:n, s:n, s:n, s:n}", "function", "file", "line", "column");
    json_object_set_new(object, "lock", json_string(name));
    json_object_set_new(object, "wants", wants);
    return object;
}

// What both tools say of the same inversion, each in its own way.
static json_t *inverted(const struct exercise *exercise, bool longer)
{
    const char *folder = exercise->folder, *file = "bank_transfer.c", *in = "account_transfer";
    json_t *ring = json_pack(
        "[o, o]", lock("M0", place_in(folder, file, in, 6), place_in(folder, file, in, 7)),
        lock("M1", place_in(folder, file, in, 6), place_in(folder, file, in, 7)));
    if (longer)
        json_array_append_new(ring, lock("M2", place_in(folder, "main.c", "day", 89),
                                         place_in(folder, "main.c", "day", 90)));
    json_t *tsan = placed("lock-order inversion", "locks are taken in opposite orders", NULL,
                          place_in(folder, file, in, 7));
    json_object_set_new(tsan, "cycle", ring);
    json_t *helgrind = placed("lock-order inversion",
                              "Thread #3: lock order \"0x4B2A040 before 0x4B2A0B0\" violated", NULL,
                              place_in(folder, file, in, 7));
    json_object_set_new(
        helgrind, "cycle",
        json_pack("[o, o]",
                  lock("M0", place_in(folder, file, in, 6), place_in(folder, file, in, 7)),
                  lock("M1", NULL, place_in(folder, file, in, 7))));
    json_t *all =
        json_pack("[o, o, o]",
                  judged("tsan", "reported", "ThreadSanitizer reports a lock-order inversion",
                         json_pack("[o]", tsan), "want: 90, got: 90\n"),
                  judged("helgrind", "reported", "Helgrind reports a lock-order inversion",
                         json_pack("[o]", helgrind), ""),
                  clean("native"));
    return assessed(exercise->name, longer ? "O" : "o", file, transfer_text, NULL, all);
}

static json_t *freed_too_early(const struct exercise *exercise)
{
    const char *folder = exercise->folder, *file = "refcount.c";
    json_t *finding = json_pack("{s:s, s:s, s:n, s:[o, o]}", "kind", "use after free", "what",
                                "memory used after it was freed", "variable", "accesses",
                                access_to(folder, file, "frame_size", 11, "read", 0, locks(NULL)),
                                access_to(folder, file, "frame_put", 6, "write", 2, locks(NULL)));
    json_t *all =
        json_pack("[o, o, o]",
                  judged("tsan", "reported", "ThreadSanitizer reports a use after free",
                         json_pack("[o]", finding), ""),
                  judged("helgrind", "crashed", "killed by signal 11 (SIGSEGV)", NULL, ""),
                  judged("native", "hung", "ran for 20 s without an end", NULL, ""));
    return assessed(exercise->name, "f", file, refcount_text, NULL, all);
}

// One finding of `kind` at one place.
static json_t *one_placed(const struct exercise *exercise, const char *key, enum kind kind,
                          const char *variable, json_t *place)
{
    const char *name = kind_name(kind);
    json_t *finding = placed(name, "a sentence of the tool", variable, place);
    char *reason = talloc_asprintf(NULL, "ThreadSanitizer reports a %s", name);
    json_t *all =
        json_pack("[o, o, o]", judged("tsan", "reported", reason, json_pack("[o]", finding), ""),
                  clean("helgrind"), clean("native"));
    talloc_free(reason);
    return assessed(exercise->name, key, "answer.c", counter_text, NULL, all);
}

static json_t *refuses(const struct exercise *exercise, const char *key, int line, const char *name)
{
    json_t *why = json_pack("{s:s, s:i, s:o}", "file", "counter.c", "line", line, "reason",
                            json_sprintf("`%s` on line %d looks for the judge. A program must not "
                                         "know who watches it; remove it.",
                                         name, line));
    return assessed(exercise->name, key, "counter.c", counter_text, why, json_array());
}

static json_t *row(int thread, bool decisive, const char *source, const char *effect)
{
    return json_pack("{s:i, s:b, s:s, s:i, s:s, s:s}", "thread", thread, "decisive", decisive,
                     "file", "exercises/1-lost-updates/01-counter/counter.c", "line", 16, "source",
                     source, "effect", effect);
}

// A wrong result of two steps, with its story.
static json_t *explored(const struct exercise *exercise, const char *source)
{
    const char *value = "counter->value is 0", *one = "counter->value 0 -> 1";
    json_t *story = json_pack("{s:s, s:[o, o, o, o], s:[o, o]}", "scene", "two at once", "rows",
                              row(1, false, source, value), row(2, true, source, value),
                              row(2, false, source, one), row(1, false, source, one), "good",
                              row(1, true, source, one), row(2, false, source, one));
    json_t *finding = placed("wrong result", "the counter holds the number of increments", NULL,
                             place_in(exercise->folder, "counter.c", "counter_increment", 16));
    json_object_set_new(finding, "story", story);
    return judged("explore", "wrong result", "a promise is broken", json_pack("[o]", finding), "");
}

static char *long_line(const void *context)
{
    char *text = talloc_strdup(context, "");
    for (int i = 0; i < 500; i++)
        text = talloc_strdup_append_buffer(text, "0123456789");
    return talloc_strdup_append_buffer(text, "\nint short_one; \n" BREAK_OUT "\n");
}

static json_t *malicious(const struct exercise *exercise)
{
    char *lines = long_line(NULL);
    char *text = talloc_asprintf(NULL, "%s// %s", malice_text, lines);
    json_t *finding = placed("signal-unsafe call", IMAGE, BREAK_OUT,
                             place_in(exercise->folder, "handler.c", "handler", 5));
    json_t *advice = placed("advice", "consider <this>", NULL,
                            place_in(exercise->folder, "handler.c", IMAGE, 6));
    json_t *all = json_pack("[o, o, o, o]",
                            judged("tsan", "reported", "ThreadSanitizer reports " BREAK_OUT,
                                   json_pack("[o, o]", finding, advice),
                                   "\x1b[2J\x1b]0;title\a" BREAK_OUT IMAGE),
                            judged("helgrind", "crashed", lines, NULL, lines),
                            judged("native", "wrong result",
                                   "\xe2\x80\xae"
                                   "backwards",
                                   NULL, IMAGE),
                            explored(exercise, "</template>" BREAK_OUT IMAGE));
    json_t *made = assessed(exercise->name, "s", "handler.c", text, NULL, all);
    talloc_free(lines);
    talloc_free(text);
    return made;
}

static json_t *only_native(const struct exercise *exercise, const char *key, const char *verdict)
{
    return assessed(exercise->name, key, "counter.c", counter_text, NULL,
                    json_pack("[o, o, o]", clean("tsan"), clean("helgrind"),
                              judged("native", verdict, "want: 500000, got: 499998 (run 2 of 5)",
                                     NULL, "want: 500000, got: 499998\n")));
}

static json_t *all_say(const struct exercise *exercise, const char *key, const char *verdict,
                       const char *reason)
{
    return assessed(exercise->name, key, "counter.c", counter_text, NULL,
                    json_pack("[o, o, o]", judged("tsan", verdict, reason, NULL, ""),
                              judged("helgrind", verdict, reason, NULL, ""),
                              judged("native", verdict, reason, NULL, "")));
}

// The assessment behind a letter of `results`; NULL: there is none.
static json_t *make(const struct exercise *exercise, char letter)
{
    const char *folder = exercise->folder;
    switch (letter) {
    case 'p': return passes(exercise);
    case 'a': return races(exercise, "a", 0, "clean");
    case 'A': return races(exercise, "A", 3, "clean");
    case 'b': return races(exercise, "b", 5, "wrong result");
    case 'B': return races(exercise, "B", 7, "wrong result");
    case 'c': return only_native(exercise, "c", "wrong result");
    case 'e':
        return assessed(
            exercise->name, "e", "counter.c", counter_text, NULL,
            json_pack("[o, o]", clean("tsan"), explored(exercise, "counter->value++;")));
    case 'k': return only_native(exercise, "k", "crashed");
    case 'd': return all_say(exercise, "d", "does not build", "counter.c:16:5: expected ';'");
    case 'u': return all_say(exercise, "u", "ungradable", "valgrind: out of memory");
    case 'r': return refuses(exercise, "r", 3, "__SANITIZE_THREAD__");
    case 'R': return refuses(exercise, "R", 16, "RUNNING_ON_VALGRIND");
    case 'o': return inverted(exercise, false);
    case 'O': return inverted(exercise, true);
    case 'f': return freed_too_early(exercise);
    case 's': return malicious(exercise);
    case 'l':
        return one_placed(exercise, "l", KIND_LOCK_MISUSE, "lock",
                          place_in(folder, "answer.c", "counter_increment", 16));
    case 'h':
        return one_placed(exercise, "h", KIND_LOCK_HELD, NULL,
                          json_pack("{s:n, s:n, s:n, s:n}", "function", "file", "line", "column"));
    case 't':
        return one_placed(exercise, "t", KIND_THREAD_LEAK, NULL,
                          place_in(folder, "main.c", "main", 24));
    case 'v':
        return one_placed(exercise, "v", KIND_SIGNAL, NULL,
                          place_in(folder, "answer.c", "handler", 900));
    case 'w':
        return one_placed(exercise, "w", KIND_ADVICE, NULL, place_in(folder, "answer.c", "?", 1));
    default: return NULL;
    }
}

static enum standing standing_of(char letter)
{
    static const struct {
        char letter;
        enum standing standing;
    } table[] = {
        {'p', STANDING_PASSED},     {'m', STANDING_MISSING}, {'n', STANDING_NOT_STARTED},
        {'x', STANDING_UNUSABLE},   {'r', STANDING_REFUSED}, {'R', STANDING_REFUSED},
        {'u', STANDING_UNGRADABLE},
    };
    for (size_t i = 0; i < sizeof table / sizeof *table; i++)
        if (table[i].letter == letter)
            return table[i].standing;
    return STANDING_FAILED;
}

// ---- making a class ----

static void fill_cell(struct fixture *fixture, struct student *student, struct cell *cell,
                      const struct exercise *exercise, char letter)
{
    json_t *assessment = make(exercise, letter);
    if (assessment)
        json_array_append_new(fixture->assessments, assessment);
    *cell = (struct cell){.exercise = exercise, .standing = standing_of(letter), .most = 10};
    cell->assessment = assessment;
    cell->points = cell->standing == STANDING_PASSED ? 10 : 0;
    if (cell->standing == STANDING_UNUSABLE)
        cell->message = "counter.c holds a NUL byte " IMAGE;
    if (letter == 'd')
        cell->message = "counter.c:16:5: expected ';'"; // as its judges say too
    if (letter == 'B')
        cell->remark = "found by its name as hw1/" BREAK_OUT "/counter.c";
    student->points += cell->points;
    student->most += cell->standing == STANDING_UNGRADABLE ? 0 : cell->most;
    student->ungradable += cell->standing == STANDING_UNGRADABLE;
    student->refused += cell->standing == STANDING_REFUSED;
}

static void fill_class(struct fixture *fixture)
{
    struct class *class = &fixture->class;
    class->exercises = talloc_array(fixture->context, const struct exercise *, EXERCISES);
    class->students = talloc_zero_array(fixture->context, struct student, STUDENTS);
    class->exercise_count = EXERCISES;
    class->count = STUDENTS;
    class->sandboxed = true;
    class->title = "Systems programming, week 7 " IMAGE;
    class->submissions = "week 7/it's here";
    class->out = "grades";
    for (size_t i = 0; i < EXERCISES; i++)
        class->exercises[i] = &exercises[i];
    for (size_t i = 0; i < STUDENTS; i++) {
        struct student *student = &class->students[i];
        student->id = talloc_asprintf(class->students, "s%02zu", i + 1);
        student->name = names[i];
        student->late_factor = 1;
        student->cells = talloc_zero_array(class->students, struct cell, EXERCISES);
        for (size_t j = 0; j < EXERCISES; j++)
            fill_cell(fixture, student, &student->cells[j], &exercises[j], results[j][i]);
    }
    class->students[3].late = "2 days late: 80 %";
    class->students[14].message = "The archive cannot be read: it ends too early. " BREAK_OUT;
}

static int set_up(void **state)
{
    struct fixture *fixture = calloc(1, sizeof *fixture);
    if (!fixture)
        return -1;
    strcpy(fixture->folder, "/tmp/test_report.XXXXXX");
    fixture->context = talloc_new(NULL);
    fixture->assessments = json_array();
    fill_class(fixture);
    *state = fixture;
    return mkdtemp(fixture->folder) ? 0 : -1;
}

static int tear_down(void **state)
{
    struct fixture *fixture = *state;
    unlink(path_join(fixture->context, fixture->folder, "report.html"));
    int failed = rmdir(fixture->folder); // nothing else was left behind
    json_decref(fixture->assessments);
    talloc_free(fixture->context);
    free(fixture);
    return failed;
}

// ---- reading the page back ----

static const char *page_of(struct fixture *fixture)
{
    if (!write_report(&fixture->class, fixture->folder, &fixture->problem))
        fail_msg("%s", fixture->problem.text);
    return file_read(fixture->context, fixture->folder, "report.html", 1 << 26, NULL,
                     &fixture->problem);
}

// The JSON of the page as it stands there.
static char *document_of(struct fixture *fixture)
{
    static const char start[] = "id=\"class\">";
    const char *page = page_of(fixture);
    assert_non_null(page);
    const char *from = strstr(page, start);
    assert_non_null(from);
    from += strlen(start);
    const char *to = strstr(from, "</script>");
    assert_non_null(to);
    return talloc_strndup(fixture->context, from, (size_t)(to - from));
}

static json_t *class_of(struct fixture *fixture)
{
    json_error_t error;
    json_t *document = json_loads(document_of(fixture), 0, &error);
    if (!document)
        fail_msg("%s at %d:%d", error.text, error.line, error.column);
    return document;
}

static const char *string_at(const json_t *object, const char *name)
{
    return json_string_value(json_object_get(object, name));
}

static size_t times(const char *text, const char *what)
{
    size_t count = 0;
    while ((text = strstr(text, what)))
        text += strlen(what), count++;
    return count;
}

// ---- the page ----

static void nothing_breaks_out_of_the_document(void **state)
{
    const char *document = document_of(*state);
    for (const char *at = document; *at; at++)
        if (!strchr("\n", *at) && (*at < ' ' || *at > '~' || strchr("<>&", *at)))
            fail_msg("byte %d in %.40s", *at, at > document + 20 ? at - 20 : at);
    assert_non_null(strstr(document, "window.pwned"));
    const char *page = page_of(*state);
    assert_int_equal(times(page, "<script"), 2);
    assert_int_equal(times(page, "</script"), 2);
    assert_int_equal(times(page, "<style"), 1);
    assert_int_equal(times(page, "</style"), 1);
    assert_int_equal(times(page, "{{"), 0);
    assert_int_equal(times(page, "<img"), 0);
    assert_int_equal(times(page, "<template"), times(page, "</template"));
}

static void the_policy_allows_only_what_was_built_in(void **state)
{
    const char *page = page_of(*state);
    const char *policy = strstr(page, "http-equiv=\"Content-Security-Policy\" content=\"");
    assert_non_null(policy);
    assert_true(policy < strstr(page, "<style"));
    assert_non_null(strstr(policy, "content=\"default-src 'none'; style-src 'sha256-"));
    assert_null(strstr(page, "unsafe-"));
    assert_int_equal(times(page, "://"), times(page, "http://www.w3.org/2000/svg"));
}

static void every_cell_is_there(void **state)
{
    struct fixture *fixture = *state;
    json_t *document = class_of(fixture), *student, *cell;
    json_t *standings = json_object_get(json_object_get(document, "head"), "standings");
    json_t *assessments = json_object_get(document, "assessments");
    json_t *students = json_object_get(document, "students");
    size_t i, j;
    assert_int_equal(json_array_size(students), STUDENTS);
    json_array_foreach(students, i, student)
    {
        assert_string_equal(string_at(student, "id"), fixture->class.students[i].id);
        assert_int_equal(json_array_size(json_object_get(student, "cells")), EXERCISES);
        json_array_foreach(json_object_get(student, "cells"), j, cell)
        {
            const struct cell *from = &fixture->class.students[i].cells[j];
            size_t standing = (size_t)json_integer_value(json_object_get(cell, "standing"));
            json_t *number = json_object_get(cell, "assessment");
            assert_string_equal(json_string_value(json_array_get(standings, standing)),
                                standing_name(from->standing));
            assert_int_equal(!number, !from->assessment);
            json_t *assessment = json_array_get(assessments, (size_t)json_integer_value(number));
            if (number)
                assert_true(json_equal(
                    json_object_get(json_array_get(json_object_get(assessment, "files"), 0),
                                    "text"),
                    json_object_get(json_array_get(json_object_get(from->assessment, "files"), 0),
                                    "text")));
        }
    }
    json_decref(document);
}

static void equal_assessments_are_stored_once(void **state)
{
    struct fixture *fixture = *state;
    const char **keys = list_new(fixture->context);
    size_t i;
    json_t *assessment;
    json_array_foreach(fixture->assessments, i,
                       assessment) if (!list_has(keys, string_at(assessment, "key")))
        list_add(&keys, string_at(assessment, "key"));
    assert_true(list_count(keys) < json_array_size(fixture->assessments) / 4);
    json_t *document = class_of(fixture);
    assert_int_equal(json_array_size(json_object_get(document, "assessments")), list_count(keys));
    json_decref(document);
}

// A finding knows the number of its drawing, which stands in a template, once for each assessment.
static void stories_are_drawn(void **state)
{
    struct fixture *fixture = *state;
    const char *page = page_of(fixture);
    json_t *document = class_of(fixture), *assessment, *judgement, *finding;
    size_t drawings = 0, i, j, k;
    json_array_foreach(json_object_get(document, "assessments"), i, assessment)
        json_array_foreach(json_object_get(assessment, "judgements"), j, judgement)
            json_array_foreach(json_object_get(judgement, "findings"), k, finding)
    {
        json_t *number = json_object_get(finding, "drawing");
        assert_null(json_object_get(finding, "story"));
        if (!number)
            continue;
        assert_int_equal(json_integer_value(number), drawings++);
        char *template = talloc_asprintf(fixture->context, "<template id=\"drawing-%lld\">",
                                         json_integer_value(number));
        assert_int_equal(times(page, template), 1);
    }
    assert_true(drawings >= 2);
    assert_int_equal(times(page, "<template"), drawings);
    assert_int_equal(times(page, "<svg"), 2 * drawings);
    json_decref(document);
}

static void names_that_are_not_utf8_are_mended(void **state)
{
    json_t *document = class_of(*state);
    json_t *students = json_object_get(document, "students");
    assert_string_equal(string_at(json_array_get(students, 16), "name"),
                        "\xEF\xBF\xBD\xEF\xBF\xBD not UTF-8 \xEF\xBF\xBD");
    assert_string_equal(string_at(json_array_get(students, 13), "name"), names[13]);
    json_decref(document);
}

static void commands_are_quoted_and_tell_of_the_missing_sandbox(void **state)
{
    struct fixture *fixture = *state;
    json_t *document = class_of(fixture);
    json_t *cells =
        json_object_get(json_array_get(json_object_get(document, "students"), 16), "cells");
    assert_string_equal(
        string_at(json_array_get(cells, 0), "repeat"),
        "racelings grade 'week 7/it'\\''s here' --out grades --regrade s17/counter");
    assert_null(string_at(json_array_get(cells, 1), "repeat"));
    assert_true(json_is_true(json_object_get(json_object_get(document, "head"), "sandboxed")));
    json_decref(document);
    static const char *const arguments[] = {"counter", "--policy", "my rules.json", NULL};
    fixture->class.sandboxed = false;
    fixture->class.arguments = arguments;
    document = class_of(fixture);
    cells = json_object_get(json_array_get(json_object_get(document, "students"), 16), "cells");
    assert_string_equal(
        string_at(json_array_get(cells, 0), "repeat"),
        "racelings grade 'week 7/it'\\''s here' counter --policy 'my rules.json' --out grades "
        "--regrade s17/counter --unsafe");
    assert_true(json_is_false(json_object_get(json_object_get(document, "head"), "sandboxed")));
    json_decref(document);
}

// The assessment of a class of one student who handed in one answer.
static json_t *only_assessment(struct fixture *fixture, json_t *assessment, json_t **document)
{
    json_array_append(fixture->assessments, assessment);
    fixture->class.count = fixture->class.exercise_count = 1;
    fixture->class.students[0].cells[0].assessment = assessment;
    *document = class_of(fixture);
    return json_array_get(json_object_get(*document, "assessments"), 0);
}

static void findings_of_the_same_places_are_left_out_and_counted(void **state)
{
    json_t *document, *assessment = races(&exercises[0], "a", 0, "clean");
    json_t *found = only_assessment(*state, assessment, &document);
    json_t *helgrind = json_array_get(json_object_get(found, "judgements"), 1);
    assert_int_equal(json_array_size(json_object_get(helgrind, "findings")), 2);
    assert_int_equal(json_integer_value(json_object_get(helgrind, "more")), 7);
    json_decref(document);
    json_decref(assessment);
}

// Two cycles are the same only if the locks are also wanted at the same places.
static void cycles_of_the_same_places_are_left_out(void **state)
{
    json_t *document, *assessment = inverted(&exercises[3], false);
    json_t *judgement = json_array_get(json_object_get(assessment, "judgements"), 0);
    json_t *findings = json_object_get(judgement, "findings"), *same, *other;
    json_array_append_new(findings, same = json_deep_copy(json_array_get(findings, 0)));
    json_array_append_new(findings, other = json_deep_copy(same));
    json_object_set_new(
        json_object_get(json_array_get(json_object_get(other, "cycle"), 1), "wants"), "line",
        json_integer(8));
    json_t *found = only_assessment(*state, assessment, &document);
    json_t *kept =
        json_object_get(json_array_get(json_object_get(found, "judgements"), 0), "findings");
    assert_int_equal(json_array_size(kept), 2);
    json_decref(document);
    json_decref(assessment);
}

static void long_texts_are_cut_between_characters(void **state)
{
    json_t *document, *assessment = passes(&exercises[0]);
    char *text = talloc_strdup(NULL, "x");
    for (int i = 0; i < 10000; i++)
        text = talloc_strdup_append_buffer(text, "\xC3\xA4");
    json_t *judgement = json_array_get(json_object_get(assessment, "judgements"), 0);
    json_object_set_new(judgement, "output", json_string(text));
    json_t *found = only_assessment(*state, assessment, &document);
    const char *output =
        string_at(json_array_get(json_object_get(found, "judgements"), 0), "output");
    assert_non_null(output);
    assert_memory_equal(output, text, 8191);
    assert_string_equal(output + 8191, "\n[... 11810 bytes more]\n");
    talloc_free(text);
    json_decref(document);
    json_decref(assessment);
}

static void a_page_that_cannot_be_written_is_a_problem(void **state)
{
    struct fixture *fixture = *state;
    const char *nowhere = path_join(fixture->context, fixture->folder, "nowhere");
    assert_false(write_report(&fixture->class, nowhere, &fixture->problem));
    assert_string_equal(fixture->problem.text,
                        "report.html: cannot be written: No such file or directory");
    struct rlimit limit, small;
    signal(SIGXFSZ, SIG_IGN);
    assert_int_equal(getrlimit(RLIMIT_FSIZE, &limit), 0);
    page_of(fixture);
    small = (struct rlimit){.rlim_cur = 4096, .rlim_max = limit.rlim_max};
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &small), 0);
    bool written = write_report(&fixture->class, fixture->folder, &fixture->problem);
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &limit), 0);
    assert_false(written);
    assert_string_equal(fixture->problem.text, "report.html: cannot be written: File too large");
    assert_non_null(
        strstr(file_read(fixture->context, fixture->folder, "report.html", 1 << 26, NULL, NULL),
               "</html>")); // the old one
}

// ---- a large class ----

// Every answer another one, though they share their texts in memory: what is measured is what
// writing takes.
static json_t *with_key(const json_t *assessment, size_t key)
{
    json_t *copy = json_copy((json_t *)assessment);
    json_object_set_new(copy, "key", json_sprintf("%064zx", key));
    return copy;
}

static void fill_large_class(struct fixture *fixture)
{
    struct class *class = &fixture->class;
    struct exercise *all = talloc_zero_array(fixture->context, struct exercise, LARGE_EXERCISES);
    class->exercises = talloc_array(all, const struct exercise *, LARGE_EXERCISES);
    struct student *students = talloc_zero_array(all, struct student, LARGE_STUDENTS);
    for (size_t j = 0; j < LARGE_EXERCISES; j++) {
        all[j] = exercises[j * EXERCISES / LARGE_EXERCISES];
        all[j].name = talloc_asprintf(all, "%s-%zu", all[j].name, j);
        class->exercises[j] = &all[j];
    }
    for (size_t i = 0; i < LARGE_STUDENTS; i++) {
        students[i] = class->students[i % STUDENTS];
        students[i].id = talloc_asprintf(all, "student-%zu", i);
        students[i].cells = talloc_zero_array(all, struct cell, LARGE_EXERCISES);
        for (size_t j = 0; j < LARGE_EXERCISES; j++) {
            struct cell *cell = &students[i].cells[j];
            *cell = class->students[(i * 7 + j) % STUDENTS].cells[j * EXERCISES / LARGE_EXERCISES];
            cell->exercise = &all[j];
            if (cell->assessment) {
                cell->assessment = with_key(cell->assessment, i * LARGE_EXERCISES + j);
                json_array_append_new(fixture->assessments, (json_t *)cell->assessment);
            }
        }
    }
    class->students = students;
    class->count = LARGE_STUDENTS;
    class->exercise_count = LARGE_EXERCISES;
}

static long peak_kilobytes(void)
{
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    return usage.ru_maxrss;
}

static void a_large_class_is_written_in_little_memory(void **state)
{
    struct fixture *fixture = *state;
    fill_large_class(fixture);
    long before = peak_kilobytes();
    if (!write_report(&fixture->class, fixture->folder, &fixture->problem))
        fail_msg("%s", fixture->problem.text);
    long taken = peak_kilobytes() - before;
    struct stat status;
    assert_int_equal(stat(path_join(fixture->context, fixture->folder, "report.html"), &status), 0);
    print_message("%ld KB for a page of %ld KB\n", taken, (long)status.st_size / 1024);
    assert_true(status.st_size > 8 << 20);
#ifndef __SANITIZE_ADDRESS__
    assert_true(taken < 4 << 10);
#endif
}

// ---- signatures ----

static const char *signature_of(struct fixture *fixture, json_t *stolen)
{
    json_t *lines = assessment_signature(stolen), *line;
    const char **list = list_new(fixture->context);
    size_t i;
    json_array_foreach(lines, i, line)
        list_add(&list, talloc_strdup(list, json_string_value(line)));
    json_decref(lines);
    json_decref(stolen);
    return list_join(fixture->context, list, "\n");
}

static void a_signature_tells_what_was_found(void **state)
{
    assert_string_equal(signature_of(*state, make(&exercises[0], 'a')),
                        "tsan: reported: data race on counter->value: counter_increment writes\n"
                        "helgrind: reported: data race on counter->value: counter_increment reads, "
                        "counter_increment writes, counter_value writes");
    assert_string_equal(signature_of(*state, make(&exercises[0], 'c')),
                        "tsan: clean\nhelgrind: clean\nnative: wrong result");
    assert_string_equal(signature_of(*state, make(&exercises[3], 'o')),
                        "tsan: reported: lock-order inversion: account_transfer locks\n"
                        "helgrind: reported: lock-order inversion: account_transfer locks");
    assert_string_equal(signature_of(*state, make(&exercises[4], 'l')),
                        "tsan: reported: lock misuse on lock: in counter_increment\n"
                        "helgrind: clean");
    assert_string_equal(signature_of(*state, make(&exercises[5], 'h')),
                        "tsan: reported: lock held at thread exit\nhelgrind: clean");
    assert_string_equal(signature_of(*state, make(&exercises[0], 'r')),
                        "refused: ... on line # looks for the judge");
}

#define SAME(one, other) assert_string_equal(signature_of(*state, one), signature_of(*state, other))
#define DIFFERENT(one, other)                                                                      \
    assert_string_not_equal(signature_of(*state, one), signature_of(*state, other))

static void lines_luck_and_names_do_not_part_the_same_mistake(void **state)
{
    const struct exercise *counter = &exercises[0];
    SAME(make(counter, 'a'), make(counter, 'A'));
    SAME(make(counter, 'a'), make(counter, 'b'));
    SAME(make(counter, 'r'), make(counter, 'R'));
    json_t *one = make(counter, 'a'), *other = make(counter, 'a');
    json_t *judgement = json_array_get(json_object_get(other, "judgements"), 1);
    json_t *findings = json_object_get(judgement, "findings"), *turned = json_array();
    for (size_t i = json_array_size(findings); i > 0; i--)
        json_array_append(turned, json_array_get(findings, i - 1));
    json_object_set_new(judgement, "findings", turned);
    SAME(one, other);
}

static json_t *first_access(json_t *assessment)
{
    json_t *judgement = json_array_get(json_object_get(assessment, "judgements"), 0);
    json_t *finding = json_array_get(json_object_get(judgement, "findings"), 0);
    return json_array_get(json_object_get(finding, "accesses"), 0);
}

static void what_was_found_parts_different_mistakes(void **state)
{
    const struct exercise *counter = &exercises[0];
    DIFFERENT(make(counter, 'a'), make(counter, 'c'));
    DIFFERENT(make(counter, 'c'), make(counter, 'k'));
    DIFFERENT(make(counter, 'd'), make(counter, 'r'));
    json_t *read = make(counter, 'a'), *elsewhere = make(counter, 'a'),
           *atomic = make(counter, 'a');
    json_object_set_new(first_access(read), "access", json_string("read"));
    json_object_set_new(first_access(elsewhere), "function", json_string("counter_new"));
    json_object_set_new(first_access(atomic), "atomic", json_true());
    DIFFERENT(make(counter, 'a'), read);
    DIFFERENT(make(counter, 'a'), elsewhere);
    DIFFERENT(make(counter, 'a'), atomic);
}

static void a_signature_is_written_beside_each_assessment(void **state)
{
    json_t *document, *assessment = make(&exercises[0], 'c');
    json_t *found = only_assessment(*state, assessment, &document);
    json_t *expected =
        json_pack("[s, s, s]", "tsan: clean", "helgrind: clean", "native: wrong result");
    assert_true(json_equal(json_object_get(found, "signature"), expected));
    json_decref(expected);
    json_decref(document);
    json_decref(assessment);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

// Writes a page into `folder` and leaves it there.
static int write_page_into(const char *folder, bool large, bool sandboxed)
{
    struct fixture *fixture = calloc(1, sizeof *fixture);
    if (!fixture)
        return 1;
    fixture->context = talloc_new(NULL);
    fixture->assessments = json_array();
    fill_class(fixture);
    if (large)
        fill_large_class(fixture);
    fixture->class.sandboxed = sandboxed;
    bool written = write_report(&fixture->class, folder, &fixture->problem);
    if (!written)
        fprintf(stderr, "%s\n", fixture->problem.text);
    json_decref(fixture->assessments);
    talloc_free(fixture->context);
    free(fixture);
    return written ? 0 : 1;
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        TEST(nothing_breaks_out_of_the_document),
        TEST(the_policy_allows_only_what_was_built_in),
        TEST(every_cell_is_there),
        TEST(equal_assessments_are_stored_once),
        TEST(stories_are_drawn),
        TEST(names_that_are_not_utf8_are_mended),
        TEST(commands_are_quoted_and_tell_of_the_missing_sandbox),
        TEST(findings_of_the_same_places_are_left_out_and_counted),
        TEST(cycles_of_the_same_places_are_left_out),
        TEST(long_texts_are_cut_between_characters),
        TEST(a_page_that_cannot_be_written_is_a_problem),
        TEST(a_large_class_is_written_in_little_memory),
        TEST(a_signature_tells_what_was_found),
        TEST(lines_luck_and_names_do_not_part_the_same_mistake),
        TEST(what_was_found_parts_different_mistakes),
        TEST(a_signature_is_written_beside_each_assessment),
    };
    if (argc > 1)
        return write_page_into(argv[1], argc > 2 && strcmp(argv[2], "large") == 0,
                               argc < 3 || strcmp(argv[2], "unsafe") != 0);
    return cmocka_run_group_tests_name("report", tests, NULL, NULL);
}
