// `racelings try` on programs as people have them: compiled with options of their own, asking for
// input, reading files that lie beside them.

#include "run/workspace.h"
#include "tests/shell.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>
#include <string.h>
#include <talloc.h>

// Writes `text` to a file called `name`.
static void put(struct scene *scene, const char *name, const char *text)
{
    shell(scene, "cat > './%s' <<'END'\n%s\nEND", name, text);
    assert_int_equal(scene->status, 0);
}

static void expect(struct scene *scene, const char *line, int status, const char *words)
{
    shell(scene, line, RACELINGS);
    assert_ended(scene, line, status);
    assert_said(scene, words);
}

static void options_of_the_compiler(void **state)
{
    struct scene *scene = *state;
    shell(scene, "mkdir -p inc");
    put(scene, "inc/limits_of_ours.h", "#define MOST 3");
    put(scene, "flags.c",
        "#include <math.h>\n#include \"limits_of_ours.h\"\n"
        "int main(int argc, char **argv) { (void)argv; return sqrt(argc + N) < MOST ? 0 : 1; }");
    expect(scene, "'%s' try -DN=3 -I inc flags.c -lm -O2 -pthread", 0, "native    clean");
    expect(scene, "'%s' try -D N=30 -Iinc flags.c -latomic --detector native", 1, "wrong result");
    expect(scene, "'%s' try flags.c --detector native", 1, "limits_of_ours.h");
    shell(scene, "cp flags.c ./-flags.c");
    expect(scene, "'%s' try -DN=3 -Iinc ./-flags.c --detector native", 0, "clean");
    expect(scene, "'%s' try -Z flags.c", 2, "there is no option -Z");
}

static void input_and_files(void **state)
{
    struct scene *scene = *state;
    put(scene, "asks.c",
        "#include <stdio.h>\nint main(void) { int n; return scanf(\"%d\", &n) == 1 && n == 42 ? 0 : 2; }");
    expect(scene, "echo 42 | '%s' try asks.c", 0, "native    clean");
    assert_said(scene,
                "nothing to report in all "); // each run reads it, also of many in one process
    expect(scene, "'%s' try asks.c --detector native < /dev/null", 1, "exit status 2");
    put(scene, "numbers.txt", "7");
    put(scene, "reads.c",
        "#include <stdio.h>\nint main(void) { int n = 0; FILE *file = fopen(\"numbers.txt\", \"r\");\n"
        "return file && fscanf(file, \"%d\", &n) == 1 && n == 7 && !fclose(file) ? 0 : 2; }");
    expect(scene, "'%s' try reads.c", 0, "helgrind  clean");
    put(scene, "writes.c",
        "#include <stdio.h>\nint main(void) { FILE *file = fopen(\"made.txt\", \"w\"); return !file || "
        "fclose(file); }");
    expect(scene, "'%s' try writes.c --detector native && test ! -e made.txt", 0, "clean");
}

static void what_a_program_is(void **state)
{
    struct scene *scene = *state;
    put(scene, "part.c", "int one(void) { return 1; }");
    expect(scene, "'%s' try part.c --detector tsan", 1, "give all files of the program");
    put(scene, "void.c", "void main() { }");
    expect(scene, "'%s' try void.c", 0, "native    clean");
    assert_said(scene, "return type of 'main' is not 'int'");
    put(scene, "usage.c",
        "#include <stdio.h>\nint main(int argc, char **argv) {\n"
        "if (argc < 2) fprintf(stderr, \"usage: %s N\\n\", argv[0]); return argc < 2; }");
    expect(scene, "'%s' try usage.c --detector explore", 1, "racelings try usage.c -- ...");
    expect(scene, "'%s' try usage.c --detector native", 1, "takes for a wrong");
    expect(scene, "'%s' try usage.c --detector native -- 3", 0, "clean");
    put(scene, "parallel.c",
        "int main(void) { int sum = 0;\n#pragma omp parallel for\nfor (int i = 0; i < 9; i++) sum += i;\n"
        "return sum != 36; }");
    expect(scene, "'%s' try parallel.c", 3,
           "this program uses OpenMP (pragma omp in\n"
           "                                    parallel.c:2)");
    shell(scene, "mv parallel.c so_long_a_name_that_no_reason_has_room_behind_it.c");
    expect(scene, "'%s' try so_long*.c --detector native", 3,
           "it.c native    abstains\n"
           "    this program uses OpenMP (pragma omp in\n");
    put(scene, "warned.c", "int main(void) { int unused; return 0; }");
    expect(scene, "'%s' try warned.c --detector native", 0, "-Wunused-variable");
}

static int setup(void **state)
{
    struct scene *scene = talloc_zero(NULL, struct scene);
    scene->folder = workspace_new(scene, NULL);
    *state = scene;
    return scene->folder ? 0 : -1;
}

static int teardown(void **state)
{
    talloc_free(*state);
    return 0;
}

// What the linker says of it is about the harness, and helps nobody.
static void a_program_without_main(void **state)
{
    struct scene *scene = *state;
    put(scene, "part.c", "int counter;");
    expect(scene, "'%s' try part.c", 1, "part.c, try: does not build\n  there is no main function");
    assert_said(scene, "give all files of the program");
    assert_null(strstr(scene->output, "undefined symbol"));
    assert_null(strstr(scene->output, "run.c"));
}

// What try found is found again by the command that it names, however the program was compiled and
// called.
static void what_was_found_is_replayed(void **state)
{
    struct scene *scene = *state;
    put(scene, "pays.c",
        "#include <pthread.h>\n#include <stdatomic.h>\n#include <stdio.h>\n#include <stdlib.h>\n"
        "static atomic_int paid;\nstatic void *pay(void *sum)\n{\n    int before = paid;\n"
        "    paid = before + SUM;\n    return sum;\n}\n"
        "int main(int argc, char **argv)\n{\n    pthread_t threads[2];\n    int asked;\n"
        "    if (argc != 2 || scanf(\"%d\", &asked) != 1)\n        return 7;\n"
        "    for (int i = 0; i < 2; i++)\n        pthread_create(&threads[i], NULL, pay, NULL);\n"
        "    for (int i = 0; i < 2; i++)\n        pthread_join(threads[i], NULL);\n"
        "    return paid != asked * atoi(argv[1]);\n}\n");
    expect(scene, "echo 4 | '%s' try pays.c -D 'SUM=(5 + 5)' --detector explore -- 5", 1,
           "wrong result");
    static const char start[] = "racelings replay ";
    char *command = strstr(scene->output, start);
    assert_non_null(command);
    command =
        talloc_strndup(scene, command + strlen(start), strcspn(command, "\n") - strlen(start));
    char *line = talloc_asprintf(scene, "echo 4 | '%%s' replay %s", command);
    expect(scene, line, 1, "takes for a wrong result");
    assert_said(scene, "paid = before + SUM;");
    line = talloc_asprintf(scene, "printf '.' | '%%s' play -D SUM=10 pays.c -- 5");
    expect(scene, line, 0, "pays.c");
    expect(scene, "'%s' replay -DSUM=1 counter x1:", 2, "programs of your own");
}

// A run that hangs tells where its threads were, each place once.
static void where_a_run_hangs(void **state)
{
    struct scene *scene = *state;
    put(scene, "hang.c",
        "#include <pthread.h>\n"
        "static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;\n"
        "static pthread_cond_t bell = PTHREAD_COND_INITIALIZER;\n"
        "static void await_bell(void) {\n"
        "    pthread_mutex_lock(&lock);\n"
        "    pthread_cond_wait(&bell, &lock);\n"
        "    pthread_mutex_unlock(&lock); }\n"
        "static void *sleeper(void *data) { await_bell(); return data; }\n"
        "int main(void) { pthread_t threads[2];\n"
        "    for (int i = 0; i < 2; i++) pthread_create(&threads[i], NULL, sleeper, NULL);\n"
        "    for (int i = 0; i < 2; i++)\n"
        "        pthread_join(threads[i], NULL); }");
    static const char *const judges[] = {"native", "tsan", "helgrind"};
    for (size_t i = 0; i < 3; i++) {
        expect(scene, talloc_asprintf(scene, "'%%s' try hang.c --detector %s", judges[i]), 1,
               "\n  T1, T2: waiting in pthread_cond_wait\n      hang.c:6, in await_bell\n");
        assert_said(scene, "every thread waits for another");
        assert_said(scene, "\n      hang.c:12, in main\n");
    }
    put(scene, "circle.c",
        "volatile int go;\nint main(void) {\n    while (!go)\n        ;\n    return 0; }");
    expect(scene, "'%s' try circle.c --detector native --timeout 1", 1,
           "\n  main: computing\n      circle.c:3, in main\n");
    put(scene, "deaf.c", // asked to end, it goes on
        "#include <signal.h>\n#include <unistd.h>\nstatic void go_on(int number) { (void)number; }\n"
        "int main(void) {\n    signal(SIGTERM, go_on);\n    for (;;)\n        pause(); }");
    expect(scene, "'%s' try deaf.c --detector helgrind --timeout 1", 1,
           "\n  main: waiting in pause\n      deaf.c:7, in main\n");
    put(scene, "pipe.c",
        "#include <sys/wait.h>\n#include <unistd.h>\nint main(void) { int ends[2]; char c;\n"
        "    if (pipe(ends) != 0) return 2;\n    if (fork() == 0)\n"
        "        return (int)read(ends[0], &c, 1);\n    wait(NULL); return 0; }");
    expect(scene, "'%s' try pipe.c --detector native", 1,
           "\n  main of process 2: waiting in read\n      pipe.c:6, in main\n");
    assert_said(scene, "\n  main of process 1: waiting in wait");
}

// A second join often does no harm here: what the judges say of it must not look like a matter of
// taste.
static void a_second_join(void **state)
{
    struct scene *scene = *state;
    put(scene, "twice.c",
        "#include <pthread.h>\nstatic void *work(void *data) { return data; }\n"
        "int main(void) { pthread_t thread; pthread_create(&thread, NULL, work, NULL);\n"
        "    pthread_join(thread, NULL);\n    pthread_join(thread, NULL); return 0; }");
    static const char *const judges[] = {"explore", "tsan"};
    for (size_t i = 0; i < 2; i++) {
        expect(scene, talloc_asprintf(scene, "'%%s' try twice.c --detector %s", judges[i]), 1,
               "twice.c:5, in main");
        assert_said(scene, "A thread is joined or detached once");
    }
}

// What is asked for by name may be a pipe: it is written to, and no file takes its place.
static void a_pipe_by_name(void **state)
{
    struct scene *scene = *state;
    put(scene, "right.c", "int main(void) { return 0; }");
    expect(scene,
           "mkfifo p; (cat p > got &); '%s' try right.c -d native -q --json p; sleep 0.2; "
           "test -p p && cat got",
           0, "\"verdict\": \"clean\"");
    expect(scene, "'%s' try right.c -d native -q --json got && cat got", 0, "\"clean\"");
    expect(scene, "'%s' try right.c -d native -q --json .", 2, "cannot be written");
}

// How a program ends, in true words.
static void how_it_ends(void **state)
{
    struct scene *scene = *state;
    put(scene, "three.c", "int main(void) { return 3; }");
    static const char *const judges[] = {"explore", "tsan", "native"};
    for (size_t i = 0; i < 3; i++)
        expect(scene, talloc_asprintf(scene, "'%%s' try three.c --detector %s", judges[i]), 1,
               "wrong result\n  ended with exit status 3, which racelings takes for");
    expect(scene, "'%s' try three.c", 1, "wrong result");
    assert_null(strstr(scene->output, "order of the steps decides"));
    put(scene, "large.c",
        "#include <stdatomic.h>\nstruct large { long words[3]; };\n"
        "static _Atomic(struct large) shared;\n"
        "int main(void) { struct large copy = atomic_load(&shared); return (int)copy.words[2]; }");
    expect(scene, "'%s' try large.c", 0, "native    clean");
    put(scene, "omp.c",
        "int omp_get_max_threads(void);\nint main(void) { int sum = 0;\n"
        "#pragma omp parallel for\nfor (int i = 0; i < 9; i++) sum += i;\n"
        "return sum + omp_get_max_threads() == 0; }");
    expect(scene, "'%s' try omp.c --detector native", 3, "which is left out here");
}

// Two locks in opposite orders, one thread at a time by a semaphore: right, though who goes by the
// orders alone cannot know. Without the semaphore all that can see it say so.
static void locks_behind_a_gate(void **state)
{
    struct scene *scene = *state;
    put(scene, "gate.c",
        "#include <pthread.h>\n#include <semaphore.h>\n"
        "static pthread_mutex_t left = PTHREAD_MUTEX_INITIALIZER, right = "
        "PTHREAD_MUTEX_INITIALIZER;\nstatic sem_t gate;\n"
        "static void *both(void *mirrored) { sem_wait(&gate);\n"
        "    pthread_mutex_lock(mirrored ? &right : &left);\n"
        "    pthread_mutex_lock(mirrored ? &left : &right);\n"
        "    pthread_mutex_unlock(&left); pthread_mutex_unlock(&right);\n"
        "    sem_post(&gate); return NULL; }\n"
        "int main(void) { pthread_t threads[2]; sem_init(&gate, 0, ROOM);\n"
        "    for (int i = 0; i < 2; i++) pthread_create(&threads[i], NULL, both, i ? &gate : NULL);\n"
        "    for (int i = 0; i < 2; i++) pthread_join(threads[i], NULL);\n    return 0; }");
    expect(scene, "'%s' try -DROOM=1 gate.c", 0, "found none");
    assert_said(scene, "tsan      abstains");
    assert_said(scene, "helgrind  abstains");
    expect(scene, "'%s' try -DROOM=2 gate.c", 1, "reports a deadlock");
    assert_null(strstr(scene->output, "abstains"));
    expect(scene, "'%s' try -DROOM=1 gate.c --detector tsan", 1, "lock-order inversion");
}

// What a story is about comes at its end, however long it is.
static void a_long_story(void **state)
{
    struct scene *scene = *state;
    put(scene, "long.c",
        "#include <pthread.h>\nstatic long steps[2], last;\n"
        "static void *one(void *p) {\n    for (int i = 0; i < 3000; i++)\n        steps[0]++;\n"
        "    last++;\n    return p;\n}\n"
        "static void *other(void *p) {\n    for (int i = 0; i < 3000; i++)\n        steps[1]++;\n"
        "    last++;\n    return p;\n}\n"
        "int main(void) {\n    pthread_t a, b;\n    pthread_create(&a, 0, one, 0);\n"
        "    pthread_create(&b, 0, other, 0);\n    pthread_join(a, 0);\n    pthread_join(b, 0);\n}");
    expect(scene, "'%s' try long.c --detector explore", 1, "a data race on last");
    assert_said(scene, "  6 last++;                                         last 0 -> 1\n"
                       "                           12 last++;               last is 1\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(options_of_the_compiler, setup, teardown),
        cmocka_unit_test_setup_teardown(input_and_files, setup, teardown),
        cmocka_unit_test_setup_teardown(what_a_program_is, setup, teardown),
        cmocka_unit_test_setup_teardown(a_program_without_main, setup, teardown),
        cmocka_unit_test_setup_teardown(what_was_found_is_replayed, setup, teardown),
        cmocka_unit_test_setup_teardown(where_a_run_hangs, setup, teardown),
        cmocka_unit_test_setup_teardown(a_second_join, setup, teardown),
        cmocka_unit_test_setup_teardown(locks_behind_a_gate, setup, teardown),
        cmocka_unit_test_setup_teardown(a_pipe_by_name, setup, teardown),
        cmocka_unit_test_setup_teardown(how_it_ends, setup, teardown),
        cmocka_unit_test_setup_teardown(a_long_story, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
