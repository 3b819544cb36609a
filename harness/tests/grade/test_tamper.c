// What the inspection refuses, with the reason and the line, and that it refuses nothing an honest
// answer holds: all starting programs and solutions are tried. (The other right answers of the
// course are inspected where they are judged, by `racelings verify`.)
#define _GNU_SOURCE
#include "base/files.h"
#include "base/text.h"
#include "course/course.h"
#include "course/names.h"
#include "grade/tamper/objects.h"
#include "grade/tamper/tamper.h"
#include "grade/tamper/tamper_calls.h"
#include "grade/tamper/tamper_looks.h"
#include "judge/subjects.h"
#include "run/workspace.h"
#include "toolchain.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <talloc.h>

enum { FILE_LIMIT = 1 << 20, DETECTORS_MOST = 8 };

static struct course *course;

static int load_course(void **state)
{
    struct problem problem;
    (void)state;
    course = course_load(NULL, COURSE, detector_names, COURSE_WITH_ANSWERS, &problem);
    if (!course)
        print_error("%s\n", problem.text);
    return course ? 0 : -1;
}

static int free_course(void **state)
{
    (void)state;
    return talloc_free(course);
}

// ---- a copy of an exercise with somebody's files ----

struct desk {
    struct subject subject;
    struct build *builds[DETECTORS_MOST]; // what was inspected
    enum inspection inspection;
    struct refusal refusal;
    struct problem problem;
};

static void put(const struct desk *desk, const char *name, const char *text)
{
    struct problem problem;
    char *path = path_join(desk, desk->subject.exercise->folder, name);
    if (!file_write(desk->subject.sources.root, path, text, strlen(text), &problem))
        fail_msg("%s", problem.text);
}

static void make_folders(const char *root, const char *folder)
{
    for (const char *at = folder; (at = strchr(at, '/')) || (at = folder + strlen(folder));) {
        mkdir(talloc_asprintf(root, "%s/%.*s", root, (int)(at - folder), folder), 0777);
        if (!*at++)
            return;
    }
}

// The exercise as it is handed out, in a folder of its own.
static struct desk *desk_new(const struct exercise *exercise)
{
    struct desk *desk = talloc_zero(NULL, struct desk);
    char **names = folder_list(desk, course->root, exercise->folder, NULL);
    assert_true(list_count(detector_names) <= DETECTORS_MOST);
    desk->subject.exercise = exercise;
    desk->subject.sources =
        subject_sources(desk, exercise, workspace_new(desk, NULL), exercise->folder, NULL);
    make_folders(desk->subject.sources.root, exercise->folder);
    for (size_t i = 0; names[i]; i++) {
        const char *path = path_join(desk, exercise->folder, names[i]);
        put(desk, names[i], file_read(desk, course->root, path, FILE_LIMIT, NULL, NULL));
    }
    return desk;
}

static void inspect(struct desk *desk)
{
    for (size_t i = 0; i < DETECTORS_MOST; i++)
        TALLOC_FREE(desk->builds[i]);
    desk->refusal = (struct refusal){0};
    desk->inspection =
        tamper_inspect(desk, &desk->subject, desk->builds, &desk->refusal, &desk->problem);
    if (desk->inspection == INSPECTION_FAILED)
        fail_msg("the inspection failed: %s", desk->problem.text);
}

static const struct exercise *exercise_named(const char *name)
{
    const struct exercise *exercise = course_find(course, name, NULL);
    assert_non_null(exercise);
    return exercise;
}

// `text` as the counter's counter.c.
static struct desk *inspected(const char *text)
{
    struct desk *desk = desk_new(exercise_named("counter"));
    put(desk, "counter.c", text);
    inspect(desk);
    return desk;
}

// ---- what is refused ----

#define NOT_ALLOWED INSPECTION_NOT_ALLOWED
#define TAMPERING   INSPECTION_REFUSED

struct trick {
    enum inspection inspection;
    int line;
    const char *reason; // a part of it
    const char *text;
};

static const struct trick tricks[] = {
    // what is included
    {TAMPERING, 2, "`#include` of \"valgrind/helgrind.h\" speaks to the tool",
     "#include <stdlib.h>\n#include <valgrind/helgrind.h>\n"},
    {TAMPERING, 1, "\"sanitizer/tsan_interface.h\" speaks",
     "#include <sanitizer/tsan_interface.h>\n"},
    {TAMPERING, 1, "reaches for the course's own solutions",
     "#include \"../../../solutions/counter.c\"\n"},
    {TAMPERING, 1, "\"/etc/passwd\" reads a file", "#include \"/etc/passwd\"\n"},
    {TAMPERING, 2, "\"/etc/passwd\" reads a file",
     "#define include error\n#include </etc/passwd>\n"},
    {NOT_ALLOWED, 1, "\"main.c\" is neither a header", "#include \"main.c\"\n"},
    {NOT_ALLOWED, 1, "rendezvous.h\" is neither", "#include <racelings/rendezvous.h>\n"},
    {TAMPERING, 2, "\"/etc/passwd\"", "\n#inc\\\nlude \"/etc/passwd\"\n"},
    {TAMPERING, 1, "\"/etc/passwd\"", "#inc\\ \t\r\nlude \"/etc/passwd\"\n"},
    {TAMPERING, 1, "\"/etc/passwd\"", "%:include \"/etc/passwd\"\n"},
    {TAMPERING, 4, "\"/etc/passwd\"",
     "/*\n\" */ /* ' */\n/**/ # /* \n */ include \"/etc/passwd\"\n"},
    {TAMPERING, 2, "\"/etc/passwd\"", "char *s = \"/*\";\n#include \"/etc/passwd\"\n// */\n"},
    {TAMPERING, 2, "\"/etc/passwd\"", "int c = '\"';\n#include \"/etc/passwd\"\n// \"\n"},
    {TAMPERING, 2, "\"/etc/passwd\"", "// \\\\?\?/\n#include \"/etc/passwd\"\n"},
    {TAMPERING, 2, "\"/etc/passwd\"", "int a;\r#include \"/etc/passwd\"\r"},
    {TAMPERING, 1, "\"/etc/passwd\"", "\xEF\xBB\xBF#include \"/etc/passwd\"\n"},
    {TAMPERING, 1, "\"/etc/passwd\"", "\xC2\xA0#include \"/etc/passwd\"\n"},
    {NOT_ALLOWED, 2, "names its file through a macro",
     "#define FILE_NAME \"/etc/passwd\"\n#include FILE_NAME\n"},
    {NOT_ALLOWED, 1, "`#include_next` reads files", "#include_next <stdlib.h>\n"},
    {NOT_ALLOWED, 1, "`#import` reads files", "#import <stdlib.h>\n"},
    {NOT_ALLOWED, 1, "`#embed` reads files", "#embed \"/etc/passwd\"\n"},
    {NOT_ALLOWED, 1, "`R\"` begins a raw string", "char *s = R\"(\n)\";\n"},
    {NOT_ALLOWED, 2, "cuts the sign", "/* a\n*\\\n/ int a; /* */\n"},
    // where reports point
    {NOT_ALLOWED, 2, "`#line` falsifies", "int a;\n#line 7 \"main.c\"\n"},
    {NOT_ALLOWED, 1, "`#12` falsifies", "# 12 \"main.c\"\n"},
    // what no judge sees
    // who is looking
    {TAMPERING, 1, "`__has_feature` asks which tool",
     "#if __has_feature(thread_sanitizer)\n#endif\n"},
    {TAMPERING, 3, "`__has_feature` asks which tool",
     "int a;\nint b =\n __has_feature(thread_sanitizer);\n"},
    {TAMPERING, 1, "`__SANITIZE_THREAD__` asks", "#ifdef __SANITIZE_THREAD__\n#endif\n"},
    {TAMPERING, 1, "`__has_include` of \"valgrind/valgrind.h\" speaks",
     "#if __has_include(<valgrind/valgrind.h>)\n#endif\n"},
    {TAMPERING, 2, "`RUNNING_ON_VALGRIND` asks", "\nint a = RUNNING_ON_VALGRIND;\n"},
    {NOT_ALLOWED, 3, "`__OPTIMIZE__` asks", "#if 0\n#else\n#elif !defined(__OPTIMIZE__)\n#endif\n"},
    {NOT_ALLOWED, 1, "`__PIE__` asks", "#ifndef __PIE__\n#endif\n"},
    {NOT_ALLOWED, 2, "`__PIE__` asks", "#define JOIN(a, b) a##b\nint pie = JOIN(__PI, E__);\n"},
    {TAMPERING, 2, "is not the same under every judge",
     "#define JOIN(a, b) a##b\nint level = JOIN(__INCLUDE_, LEVEL__);\n"},
    {TAMPERING, 3, "is not the same under every judge",
     "#define JOIN(a, b) a %:%: b\n#if JOIN(_, _INCLUDE_LEVEL__)\nint a;\n#endif\n"},
    {TAMPERING, 2, "is not the same under every judge", "\nconst char *first = __BASE_FILE__;\n"},
    {TAMPERING, 3, "is not the same under every judge",
     "#ifdef RACELINGS_SOURCE\n\nint a;\n#endif\n"},
    {NOT_ALLOWED, 3, "`__NO_INLINE__` asks",
     "#define TEXT_(x) #x\n#define TEXT(x) TEXT_(x)\nchar *s = TEXT(__NO_INLINE_\\\n_);\n"
     "#define __A\n"},
    // pragmas
    {TAMPERING, 1, "`#pragma clang` changes what the judges",
     "#pragma clang attribute push(__attribute__((no_sanitize("
     "\"thread\"))), apply_to = function)\n"},
    {TAMPERING, 2, "`#pragma clang` changes what the judges",
     "int a;\n_Pragma(\"clang attribute push(__attribute__((no_sanitize(\\\"thread\\\"))), "
     "apply_to = function)\") void f(void) {}\n_Pragma(\"clang attribute pop\")\n"},
    {TAMPERING, 1, "`#pragma weak` changes what", "#pragma weak malloc\n"},
    {TAMPERING, 1, "`#pragma redefine_extname` changes",
     "#pragma redefine_extname malloc getenv\n"},
    {TAMPERING, 3, "`#pragma weak` changes what",
     "#define J(a, b) a##b\n\nJ(_Pra, gma)(\"weak calloc\") int a;\n"},
    // names and attributes, also in pieces
    {NOT_ALLOWED, 3, "`asm` is inline assembly", "\nvoid f(void) {\n asm(\"mfence\"); }\n"},
    {NOT_ALLOWED, 1, "`__asm__` is inline assembly",
     "void f(int *p) { __asm__ volatile(\"pause\" : \"+m\"(*p)); }\n"},
    {NOT_ALLOWED, 1, "`__asm__` is inline assembly",
     "void f(void) { __asm__ volatile(\"pause\" \"; incl (%rdi)\"); }\n"},
    {NOT_ALLOWED, 1, "`asm` is inline assembly",
     "long f(void) { register long a asm(\"rsp\"); return a; }\n"},
    {NOT_ALLOWED, 0, "`pause` takes control",
     "int idle(void) asm(\"pause\"); int f(void) { return idle(); }\n"},
    {NOT_ALLOWED, 2, "`asm` is inline assembly",
     "#define J(a, b) a##b\nvoid f(void) { J(as, m)(\"mfence\"); }\n"},
    {NOT_ALLOWED, 2, "`asm` is inline assembly",
     "#define J(a, b) a##b\nint a; J(as, m)(\"mfence\");\n"},
    {NOT_ALLOWED, 1, "`asm` is inline assembly",
     "extern int (*p)(const char *) asm(\"getenv\");\n"},
    {NOT_ALLOWED, 1, "`__asm__` is inline assembly",
     "extern char *look(const char *) __asm__(\"secure_getenv\");\n"
     "char *f(void) { return look(\"A\"); }\n"},
    {NOT_ALLOWED, 3, "`asm` is inline assembly",
     "#define J(a, b) a##b\n"
     "#define clock_getcpuclockid a(void); static void f(void) { J(as, m)(\"mfence\"); } int b\n"
     "#include <time.h>\nvoid *g(void) { return f; }\n"},
    {TAMPERING, 2, "`no_sanitize` takes this function out",
     "\n__attribute__((no_sanitize(\"thread\"))) int f(void) { return 1; }\n"},
    {TAMPERING, 2, "`__no_sanitize__` takes",
     "\n__attribute((cold, __no_sanitize__(\"thread\"))) int f(void) { return 1; }\n"},
    {TAMPERING, 1, "`no_sanitize_thread` takes",
     "__attribute__((no_sanitize_thread)) int f(void) { return 1; }\n"},
    {TAMPERING, 1, "`disable_sanitizer_instrumentation`",
     "__attribute__((disable_sanitizer_instrumentation)) int f(void) { return 1; }\n"},
    {TAMPERING, 3, "`no_sanitize` takes",
     "#define J(a, b) a##b\n#define QUIET J(__attri, bute__)((J(no_san, itize)(\"thread\")))\n"
     "QUIET int f(void) { return 1; }\n"},
    {TAMPERING, 1, "`no_instrument_function`",
     "__attribute__((no_instrument_function)) int f(void) { return 1; }\n"},
    {NOT_ALLOWED, 1, "`constructor` runs code before",
     "__attribute__((constructor)) static void f(void) {}\n"},
    {NOT_ALLOWED, 1, "`constructor` runs code before",
     "[[gnu::constructor]] static void f(void) {}\n"},
    {TAMPERING, 1, "`no_sanitize` takes",
     "<:<:clang::no_sanitize(\"thread\"):>:> void f(void) {}\n"},
    {NOT_ALLOWED, 1, "`destructor` runs code",
     "__attribute__((destructor(101))) static void f(void) {}\n"},
    {NOT_ALLOWED, 2, "`section` changes how",
     "void f(void);\n__attribute__((section(\".init_array\"))) void (*g)(void) = f;\n"},
    {NOT_ALLOWED, 1, "`weak` changes", "__attribute__((weak)) int f(void) { return 1; }\n"},
    {NOT_ALLOWED, 1, "`weak` changes",
     "extern int __attribute__((weak)) f(void);\nint g(void) { return f(); }\n"},
    {NOT_ALLOWED, 2, "`alias` changes",
     "int f(void) { return 1; }\nint g(void) __attribute__((alias(\"f\")));\n"},
    {TAMPERING, 2, "`ifunc` puts a function in the place",
     "static int (*f(void))(void) { return 0; }\nint g(void) __attribute__((ifunc(\"f\")));\n"},
    {NOT_ALLOWED, 1, "`naked` has the compiler treat", "__attribute__((naked)) int f(void) {}\n"},
    {NOT_ALLOWED, 1, "`optnone` has the compiler",
     "__attribute__((optnone)) int f(void) { return 1; }\n"},
    {NOT_ALLOWED, 1, "`annotate` is an attribute that",
     "__attribute__((annotate(\"a\"))) int f(void) { return 1; }\n"},
    {NOT_ALLOWED, 2, "`__builtin_return_address` is a function inside",
     "void *f(void)\n{ return __builtin_return_address(0); }\n"},
    {NOT_ALLOWED, 1, "`__builtin_longjmp`", "void f(void **b) { __builtin_longjmp(b, 1); }\n"},
    {NOT_ALLOWED, 2, "`__builtin_constant_p` asks",
     "#define J(a, b) a##b\nint f(int a) { return J(__builtin_, constant_p)(a); }\n"},
    {NOT_ALLOWED, 1, "`__builtin_constant_p` asks",
     "int f(int a) { return __builtin_constant_p(a); }\n"},
    {TAMPERING, 1, "`__tsan_acquire` belongs to the sanitizers",
     "void __tsan_acquire(void *);\nvoid f(void *a) { __tsan_acquire(a); }\n"},
    {TAMPERING, 1, "`__tsan_default_suppressions` belongs",
     "const char *__tsan_default_suppressions(void) { return \"race:*\"; }\n"},
    {TAMPERING, 1, "`AnnotateIgnoreWritesBegin` belongs",
     "void AnnotateIgnoreWritesBegin(const char *, int);\n"},
    {TAMPERING, 1, "`rendezvous_meet` belongs to the harness",
     "_Bool rendezvous_meet(void *, int);\nvoid f(void *a) { rendezvous_meet(a, 2); }\n"},
    {TAMPERING, 1, "`midway` belongs to the harness",
     "int midway(long, void *, void *);\nint f(void *a) { return midway(1, a, a); }\n"},
    {TAMPERING, 1, "`asleep_or_busy` belongs to the harness",
     "void asleep_or_busy(void *);\nvoid f(void *a) { asleep_or_busy(a); }\n"},
    {NOT_ALLOWED, 1, "`rendezvous_meet` is a function", "void rendezvous_meet(void) {}\n"},
    {TAMPERING, 1, "`__real_malloc` belongs to the harness",
     "void *__real_malloc(unsigned long);\n"},
    {NOT_ALLOWED, 2, "`ucontext_t` are the registers",
     "#include <signal.h>\nlong at(void *c) { return ((ucontext_t *)c)->uc_flags; }\n"},
    {NOT_ALLOWED, 1, "`__libc_malloc` is internal", "void *__libc_malloc(unsigned long);\n"},
    // what is called
    {NOT_ALLOWED, 1, "`environ` changes the environment or looks at",
     "extern char **environ;\nchar *f(void) { return *environ; }\n"},
    {NOT_ALLOWED, 0, "`clearenv` changes",
     "#define J(a, b) a##b\nint J(clear, env)(void);\nint f(void) { return J(clear, env)(); }\n"},
    {NOT_ALLOWED, 2, "`_exit` ends the program",
     "#include <unistd.h>\nvoid f(void) { _exit(0); }\n"},
    {NOT_ALLOWED, 2, "`_Exit` ends the program",
     "#include <stdlib.h>\nvoid f(void) { if (0 * rand()) _Exit(0); }\n"},
    {NOT_ALLOWED, 2, "`quick_exit` ends the program",
     "#include <stdlib.h>\nvoid f(void) { quick_exit(0); }\n"},
    {NOT_ALLOWED, 2, "`pthread_exit` ends a thread",
     "#include <pthread.h>\nvoid f(void) { pthread_exit(0); }\n"},
    {NOT_ALLOWED, 2, "`fork` starts another",
     "#include <unistd.h>\nint f(void) { return fork(); }\n"},
    {NOT_ALLOWED, 2, "`system` starts another",
     "#include <stdlib.h>\nint f(void) { return system(\"true\"); }\n"},
    {TAMPERING, 2, "`execv` puts another program",
     "#include <unistd.h>\nint f(void) { return execv(\"a\", 0); }\n"},
    {NOT_ALLOWED, 2, "`open` reaches for files",
     "#include <fcntl.h>\nint f(void) { return open(\"a\", 0); }\n"},
    {NOT_ALLOWED, 2, "`fopen` reaches for files",
     "#include <stdio.h>\nFILE *f(void) { return fopen(\"/proc/self/maps\", \"r\"); }\n"},
    {NOT_ALLOWED, 2, "`dup2` reaches for files",
     "#include <unistd.h>\nvoid f(void) { dup2(1, 3); }\n"},
    {NOT_ALLOWED, 2, "`closefrom` reaches for files",
     "\nvoid closefrom(int); void f(void) { closefrom(3); }\n"},
    {NOT_ALLOWED, 2, "`scanf` reaches", "#include <stdio.h>\nvoid f(void) { scanf(\"a\"); }\n"},
#ifdef __x86_64__
    {NOT_ALLOWED, 3, "`__get_cpuid` is inline assembly",
     "#include <cpuid.h>\nint f(void) {\n unsigned a, b, c, d; return __get_cpuid(1, &a, &b, &c, &d); }\n"},
#endif
    {NOT_ALLOWED, 2, "passes a struct by value right out of memory",
     "struct s { long a[4]; } *p; long f(struct s a) { return a.a[1]; }\nlong g(void) { return f(*p); }\n"},
    {NOT_ALLOWED, 3, "passes a struct by value right out of memory",
     "#include <stdio.h>\nstruct s { long a[4]; } p;\nvoid g(int n) { printf(\"\", n, p); }\n"},
    {NOT_ALLOWED, 2, "reads or writes 24 bytes at once",
     "#include <stdarg.h>\nvoid f(va_list *a) { va_list b; va_copy(b, *a); va_end(b); }\n"},
    {NOT_ALLOWED, 2, "`wcstol` reads or writes memory where no judge looks",
     "#include <wchar.h>\nlong f(wchar_t *a) { return wcstol(a, NULL, 10); }\n"},
    {NOT_ALLOWED, 3, "`pthread_attr_getstack` reads or writes memory where no judge looks",
     "#define _GNU_SOURCE\n#include <pthread.h>\n"
     "int f(pthread_attr_t *a, void **b, size_t *c) { return pthread_attr_getstack(a, b, c); }\n"},
    {NOT_ALLOWED, 3, "`isdigit_l` reads or writes memory where no judge looks",
     "#define _GNU_SOURCE\n#include <ctype.h>\nint f(locale_t a) { return (isdigit_l)('1', a); }\n"},
    {NOT_ALLOWED, 2, "`__ctype_b_loc` gives away where the C library keeps its tables",
     "#include <ctype.h>\nvoid f(unsigned short *a) { *__ctype_b_loc() = a; }\n"},
    {NOT_ALLOWED, 4, "`__ctype_tolower_loc` gives away", // also where macros put it together
     "#include <ctype.h>\n#define JOIN(a, b) __ctype_##a##b\nvoid f(int *a)\n"
     "{ *(const int **)(JOIN(tolower, _loc)()) = a; }\n"},
    {NOT_ALLOWED, 2, "`setvbuf` gives a stream a buffer of the program's",
     "#include <stdio.h>\nvoid f(char *a) { setvbuf(stdout, 0 ? NULL : a, _IOFBF, 9); }\n"},
    {NOT_ALLOWED, 2,
     "`error_message_count` is not among the functions", // the library counts unseen
     "#include <error.h>\nunsigned f(void) { return error_message_count; }\n"},
    {NOT_ALLOWED, 2, "`setbuf` gives a stream",
     "#include <stdio.h>\nvoid (*f)(FILE *, char *) = setbuf;\n"},
    {NOT_ALLOWED, 2, "`mmap` can put other memory in the place of the driver's",
     "#include <sys/mman.h>\nvoid *f(void) { return mmap(0, 9, PROT_EXEC, MAP_SHARED, 3, 0); }\n"},
    {NOT_ALLOWED, 2, "`mmap` can put other memory",
     "#include <sys/mman.h>\nvoid *f(int a) { return mmap(0, 9, PROT_READ | a, MAP_SHARED, 3, 0); }\n"},
    {NOT_ALLOWED, 2, "`mmap` can put other memory",
     "#include <sys/mman.h>\nvoid *f(void *a) { return mmap(a, 9, PROT_READ, MAP_SHARED | MAP_FIXED, 3, 0); "
     "}\n"},
    {NOT_ALLOWED, 2, "`mmap` can put other memory",
     "#include <sys/mman.h>\nvoid *(*f)(void *, size_t, int, int, int, off_t) = mmap;\n"},
    {NOT_ALLOWED, 2, "`mmap` speaks to the operating system", // which some exercises allow
     "#include <sys/mman.h>\nvoid *f(void) { return mmap(0, 9, (PROT_READ | PROT_WRITE), MAP_SHARED | "
     "MAP_ANONYMOUS, -1, 0); }\n"},
    {TAMPERING, 1, "`racelings_end` belongs to the harness",
     "void racelings_end(void);\nvoid f(void) { racelings_end(); }\n"},
    {TAMPERING, 1, "`dlsym` looks at what is loaded",
     "void *dlsym(void *, const char *);\nvoid *f(void) { return dlsym(0, \"getenv\"); }\n"},
    {NOT_ALLOWED, 2, "`signal` takes control",
     "#include <signal.h>\nvoid f(void) { signal(SIGTERM, SIG_IGN); }\n"},
    {NOT_ALLOWED, 2, "`getcontext` takes control away",
     "#include <ucontext.h>\nint f(void *here) { return getcontext(here); }\n"},
    {NOT_ALLOWED, 2, "`raise` takes control", "#include <signal.h>\nvoid f(void) { raise(9); }\n"},
    {NOT_ALLOWED, 2, "`longjmp` takes control",
     "#include <setjmp.h>\nvoid f(jmp_buf b) { longjmp(b, 1); }\n"},
    {NOT_ALLOWED, 2, "`atexit` runs code after",
     "#include <stdlib.h>\nvoid f(void) { atexit(f); }\n"},
    {NOT_ALLOWED, 2, "`syscall` speaks to the operating",
     "#include <unistd.h>\nlong f(void) { return syscall(1); }\n"},
    {NOT_ALLOWED, 3, "`syscall` speaks to the operating",
     "#include <sys/syscall.h>\n#include <unistd.h>\n"
     "long f(long a) { return syscall(SYS_futex + a, 0); }\n"},
    {NOT_ALLOWED, 2, "`syscall` speaks to the operating",
     "long syscall(long, ...);\nlong (*call)(long, ...) = syscall;\n"},
    {NOT_ALLOWED, 2, "`syscall` speaks to the operating",
     "long syscall(long, ...);\nlong f(long a) { return (syscall)(a); }\n"},
    {NOT_ALLOWED, 4, "`syscall` speaks to the operating",
     "#define J(a, b) a##b\n"
     "#define clock_getcpuclockid a(void); static long f(void) { return J(sys, call)(1); } int b\n"
     "long syscall(long, ...);\n#include <time.h>\nvoid *g(void) { return f; }\n"},
    {NOT_ALLOWED, 1, "`mmap` speaks to the",
     "void *mmap(void *, long, int, int, int, long);\n"
     "void *f(void) { return mmap(0, 1, 1, 1, 1, 1); }\n"},
    {NOT_ALLOWED, 2, "`socket` reaches for the network",
     "#include <sys/socket.h>\nint f(void) { return socket(1, 1, 0); }\n"},
    {NOT_ALLOWED, 3, "`sched_setaffinity` meddles",
     "#define _GNU_SOURCE\n#include <sched.h>\nvoid f(void) { sched_setaffinity(0, 0, 0); }\n"},
    {NOT_ALLOWED, 2, "`getlogin` is not among the functions",
     "#include <unistd.h>\nchar *f(void) { return getlogin(); }\n"},
    {NOT_ALLOWED, 1, "`visitors` belongs to the driver",
     "extern struct counter *visitors;\nvoid *f(void) { return visitors; }\n"},
    // what is defined
    {TAMPERING, 2, "`pthread_mutex_lock` belongs to the C library",
     "#include <pthread.h>\nint pthread_mutex_lock(pthread_mutex_t *lock) { return 0; }\n"},
    {TAMPERING, 1, "`malloc` belongs to the C library",
     "void *malloc(unsigned long n) { return 0; }\n"},
    {NOT_ALLOWED, 1, "`sin` is a function of the library", "double sin(double a) { return a; }\n"},
    {TAMPERING, 1, "`_start` belongs to the C library", "void _start(void) {}\n"},
    {TAMPERING, 1, "`_ITM_deregisterTMCloneTable`", "int _ITM_deregisterTMCloneTable;\n"},
    // the first place counts
    {NOT_ALLOWED, 2, "`constructor`",
     "int a;\n__attribute__((constructor)) static void f(void) {}\nvoid exit(int);\n"
     "void g(void) { exit(1); }\n"},
    {NOT_ALLOWED, 2, "`_exit`",
     "\nvoid _exit(int);\nvoid g(void) { _exit(1); }\n"
     "__attribute__((constructor)) static void f(void) {}\n"},
    // but tampering before what is merely not allowed
    {TAMPERING, 3, "`__tsan_acquire` belongs",
     "void _exit(int);\nvoid g(void) { _exit(1); }\nvoid __tsan_acquire(void *);\n"},
    // sizes that ThreadSanitizer does not see
    {NOT_ALLOWED, 2, "10 bytes at once", "static long double a;\nvoid f(void) { a++; }\n"},
    {NOT_ALLOWED, 3, "10 bytes at once",
     "typedef\nvolatile double const long number;\nnumber f(number *a) { return *a; }\n"},
    {NOT_ALLOWED, 2, "10 bytes at once",
     "struct s { int a; long double b; };\nvoid f(struct s *s) { s->b = 1; }\n"},
    {NOT_ALLOWED, 3, "10 bytes at once",
     "void g(void *);\nvoid f(void)\n{ long double a = 1; g(&a); a++; }\n"},
    {NOT_ALLOWED, 2, "32 bytes at once",
     "typedef long row __attribute__((vector_size(32)));\nvoid f(row *a, row *b) { *a = *b; }\n"},
    {NOT_ALLOWED, 2, "3 bytes at once",
     "struct s { char a; int b : 20; } s;\nvoid f(void) { s.b++; }\n"},
    {NOT_ALLOWED, 2, "is inline assembly",
     "#include <cpuid.h>\nint f(void) { unsigned a, b, c, d; __cpuid(0, a, b, c, d); return (int)a; }\n"},
    {NOT_ALLOWED, 3, "at once",
     "#include <immintrin.h>\nvoid f(void *a, __m128i b, __m128i c)\n"
     "{ _mm_maskmoveu_si128(b, c, a); }\n"},
};

static void tricks_are_refused(void **state)
{
    size_t wrong = 0;
    (void)state;
    for (size_t i = 0; i < sizeof tricks / sizeof tricks[0]; i++) {
        const struct trick *trick = &tricks[i];
        struct desk *desk = inspected(trick->text);
        bool refused = desk->inspection == trick->inspection;
        if (!refused || desk->refusal.line != trick->line ||
            !strstr(desk->refusal.reason, trick->reason) ||
            strcmp(desk->refusal.file, "counter.c") != 0) {
            print_error("expected %d: line %d: %s\nin %s\ngot %d: line %d: %s\n\n",
                        (int)trick->inspection, trick->line, trick->reason, trick->text,
                        (int)desk->inspection, desk->refusal.line,
                        desk->refusal.reason ? desk->refusal.reason : "-");
            wrong++;
        }
        talloc_free(desk);
    }
    print_message("%zu tricks\n", sizeof tricks / sizeof tricks[0]);
    assert_int_equal(wrong, 0);
}

// ---- what is not refused ----

static const char *const honest[] = {
    // every macro of the library that puts the compiler's own words into a line
    "#define _GNU_SOURCE\n#include <assert.h>\n#include <ctype.h>\n#include <errno.h>\n"
    "#include <math.h>\n#include <pthread.h>\n#include <sched.h>\n#include <signal.h>\n"
    "#include <stdarg.h>\n#include <stdatomic.h>\n#include <stdio.h>\n#include <stdlib.h>\n"
    "#include <string.h>\n#include <sys/wait.h>\n#include <arpa/inet.h>\n#include <threads.h>\n"
    "static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;\n"
    "static pthread_mutex_t again = PTHREAD_RECURSIVE_MUTEX_INITIALIZER_NP;\n"
    "static pthread_once_t once = PTHREAD_ONCE_INIT;\n"
    "static atomic_int number = ATOMIC_VAR_INIT(3);\n"
    "static atomic_flag flag = ATOMIC_FLAG_INIT;\n"
    "static _Thread_local int mine;\n"
    "static void unlock(void *lock_) { pthread_mutex_unlock(lock_); }\n"
    "static void init(void) { errno = 0; }\n"
    "void f(char *s, double x, int c, ...)\n{\n"
    "    va_list all;\n    va_start(all, c);\n    c += va_arg(all, int);\n    va_end(all);\n"
    "    pthread_once(&once, init);\n    pthread_mutex_lock(&lock);\n"
    "    pthread_cleanup_push(unlock, &lock);\n    assert(c > 0 && isdigit(c) && tolower(c));\n"
    "    atomic_fetch_add_explicit(&number, 1, memory_order_acq_rel);\n"
    "    while (atomic_flag_test_and_set(&flag))\n        sched_yield();\n"
    "    if (errno == EINTR || isnan(x) || isinf(x) || x == HUGE_VAL || x == INFINITY)\n"
    "        fprintf(stderr, \"%s %d\\n\", strerror(errno), WIFEXITED(c) + SIGRTMIN);\n"
    "    mine += sscanf(s, \"%d\", &c) + (int)sqrtf((float)x) + htons((short)c);\n"
    "    pthread_cleanup_pop(1);\n    pthread_mutex_destroy(&again);\n"
    "    __atomic_thread_fence(__ATOMIC_SEQ_CST);\n    atomic_thread_fence(memory_order_acquire);\n"
    "    if (__builtin_expect(c, 0))\n        abort();\n    perror(strtok(s, \" \"));\n}\n",
    // words that only look like tampering
    "// #include \"/etc/passwd\" asm __tsan_ __has_feature\n/* __attribute__((constructor)) */\n"
    "char *words = \"asm __tsan_default_options /proc/self #include <valgrind/valgrind.h>\"; /* '\n"
    "\" */ int exit_count = 'a' + '\\'' + '\"'; // \"\nint assembly, x__tsan_;\n",
    // pasting, conditions and macros that ask nothing
    "#if defined __linux__ && __STDC_VERSION__ >= 201112L && !defined(__STDC_NO_THREADS__)\n"
    "#define JOIN(a, b) a##b\n#elif !defined(__GNUC__)\n#error don't\n#endif\n"
    "#pragma GCC diagnostic ignored \"-Wunused\"\n#pragma STDC FP_CONTRACT ON\n"
    "_Pragma(\"clang diagnostic push\")\n#\nint JOIN(coun, ter_) = __LINE__;\nstatic int __mine;\n",
    "static int __attribute__((unused, aligned(64), __warn_unused_result__))\nf(void) { return 1; }\n"
    "struct s { int a; } __attribute__((packed));\n_Noreturn void g(void);\n"
    "int h(const char *, ...) __attribute__((format(printf, 1, 2), nonnull(1)));\n",
    // the exercise's own header, all ways
    "#include \"counter.h\"\n#include <counter.h>\n#include \"stdlib.h\"\n"
    "long f(struct counter *c) { return counter_value(c); }\n",
    // threads of one's own may end
    "#include <pthread.h>\nvoid *f(void *a) { pthread_exit(a); }\n"
    "int g(pthread_t *t) { return pthread_create(t, 0, f, 0); }\n",
    // a long beside a double
    "#include <math.h>\nlong a; double b; static long f(double c) { return (long)c; }\n"
    "double g(long d) { return sqrt((double)d) + (double)f(b); }\n",
    // a name that only begins like one of the harness
    "static int asleep_count;\nint f(void) { return ++asleep_count; }\n",
    // a way out where nothing else is left; the driver has then not ended
    "#include <err.h>\n#include <errno.h>\n#include <error.h>\n#include <stdio.h>\n"
    "#include <stdlib.h>\nvoid *f(void)\n{\n    void *a = malloc(8);\n"
    "    if (!a) { perror(\"malloc\"); exit(EXIT_FAILURE); }\n"
    "    if (errno) err(1, \"a\"); else errx(1, \"b\"); warn(\"c\"); warnx(\"d\");\n"
    "    error(1, errno, \"e\");\n    return a;\n}\n",
    // a pause, and other single instructions on what is a function's own
    "#include <immintrin.h>\n#include <x86intrin.h>\nlong f(void)\n{\n    _mm_pause();\n"
    "    __builtin_ia32_pause();\n    _mm_mfence();\n    __m128i a = _mm_set1_epi32(3);\n"
    "    return (long)__rdtsc() + _mm_cvtsi128_si32(_mm_add_epi32(a, a));\n}\n",
    "#define _GNU_SOURCE\n#include <sched.h>\n#include <unistd.h>\nint f(void)\n{\n"
    "    cpu_set_t set;\n    sched_getaffinity(0, sizeof set, &set);\n    sched_yield();\n"
    "    return sched_getcpu() + gettid() + CPU_COUNT(&set);\n}\n",
    "#include <pthread.h>\nvoid f(pthread_mutexattr_t *a)\n"
    "{ pthread_mutexattr_setprotocol(a, PTHREAD_PRIO_INHERIT); }\n",
    // the environment, and ways to wait that lie in the kernel
    "#define _GNU_SOURCE\n#include <fcntl.h>\n#include <poll.h>\n#include <stdlib.h>\n"
    "#include <sys/eventfd.h>\n#include <sys/socket.h>\n#include <unistd.h>\n"
    "int f(void)\n{\n    int ends[2], both[2], event = eventfd(1, EFD_SEMAPHORE);\n"
    "    char byte = getenv(\"DEBUG\") ? 'd' : 'x';\n    eventfd_t count;\n"
    "    if (pipe(ends) || pipe2(both, O_CLOEXEC) || socketpair(AF_UNIX, SOCK_STREAM, 0, both))\n"
    "        return 1;\n    struct pollfd polled = {ends[0], POLLIN, 0};\n"
    "    eventfd_write(event, 1);\n    eventfd_read(event, &count);\n"
    "    return write(ends[1], &byte, 1) == 1 && poll(&polled, 1, -1) == 1 &&\n"
    "           read(ends[0], &byte, 1) == 1 && close(ends[0]) == 0;\n}\n",
    "#define _GNU_SOURCE\n#include <linux/futex.h>\n#include <stdint.h>\n"
    "#include <sys/syscall.h>\n#include <time.h>\n#include <unistd.h>\n"
    "static long futex(uint32_t *word, int operation, uint32_t value, const struct timespec *limit)\n"
    "{ return syscall(SYS_futex, word, operation, value, limit, NULL, 0); }\n"
    "long f(uint32_t *word)\n{\n    futex(word, FUTEX_WAIT_PRIVATE, 1, NULL);\n"
    "    return futex(word, FUTEX_WAKE_PRIVATE, 1, NULL) + syscall(__NR_gettid);\n}\n",
    "#include <stdio.h>\nvoid f(void)\n{\n    setbuf(stderr, 0);\n"
    "    setvbuf(stdout, NULL, _IONBF, 0);\n    setvbuf(stdout, (char *)NULL, _IOLBF, BUFSIZ);\n}\n",
    // what the explorer has a word for
    "#define _GNU_SOURCE\n#include <stdio.h>\n#include <stdlib.h>\n#include <string.h>\n"
    "#include <time.h>\nint f(unsigned *seed, char *line)\n{\n    char when[40], *rest, *word;\n"
    "    struct tm parts;\n    time_t now = time(NULL);\n"
    "    strftime(when, sizeof when, \"%F %T\", localtime_r(&now, &parts));\n"
    "    word = strtok_r(line, \" \", &rest);\n"
    "    return rand_r(seed) % 2 ? strcasecmp(word, when) : puts(__DATE__ __TIME__ __TIMESTAMP__);\n}\n",
    // helpers that have a common name, or begin with an underscore
    "void send(int *a) { (void)a; }\nint remove(int a) { return a; }\nvoid shutdown(void) {}\n"
    "static int racelings_count;\nint f(void) { send(0); return remove(racelings_count); }\n",
    "void wait(void *a) { (void)a; }\nvoid error(const char *a) { (void)a; }\n"
    "void _lock(void) {}\nint index(void) { return 1; }\nstatic void close(void) {}\n"
    "static int rendezvous_wait(void) { close(); return 1; }\n"
    "int f(void) { wait(0); error(0); _lock(); return index() + rendezvous_wait(); }\n",
    "#include <ctype.h>\n#define CAT(a, b) a##b\n#define TEXT(a) #a\n"
    "int CAT(x, 1);\nint f(int a) { return tolower(a) + toupper(a) + isalpha(a) + TEXT(a)[0]; }\n",
    // what the preprocessor leaves out
    "#ifdef _WIN32\n#include <windows.h>\n#include \"..\\\\sync.h\"\n#else\n"
    "#include <unistd.h>\n#endif\nint f(void) { return getpagesize(); }\n",
    "#if 0\n#include \"old_main.c\"\n#include \"/etc/passwd\"\n#pragma omp parallel\n"
    "#line 7\nasm(\"nop\"); __has_feature(x)\n#if __has_feature(thread_sanitizer)\n#endif\n"
    "#endif\nint f(void) { return 1; }\n",
    "#if 1\nint f(void) { return 1; }\n#elif __has_feature(thread_sanitizer)\n"
    "#include <valgrind/helgrind.h>\n#else\n#include \"../other.h\"\n#endif\n",
    "#define WINDOWS 0\n#if defined(DEBUG) && DEBUG > 1\n#include \"/home/me/debug.h\"\n#endif\n"
    "#if WINDOWS\n#include \"../win.h\"\n#endif\nint a;\n",
    // what a compiler, a machine or a library is
    "#if defined(__has_attribute) && __has_attribute(unused) && !defined(__MSVCRT__)\n#endif\n"
    "#if defined(__has_include)\n#if __has_include(<threads.h>)\n#include <threads.h>\n#endif\n"
    "#endif\n#ifndef __COUNTER_C__\n#define __COUNTER_C__\n#endif\n#ifdef __SSE2__\n#endif\n"
    "#pragma mark counter\n#ident \"1.2\"\nint a;\n",
    // any size where only the function itself gets at it, and what nobody writes
    "#include <math.h>\n#include <stdio.h>\nstatic const long double table[] = {1, 2};\n"
    "long double f(int n, long double a)\n{\n    long double sum = 0, parts[2] = {a, 2}, whole;\n"
    "    for (int i = 0; i < n; i++)\n        sum += parts[i % 2] * table[i % 2];\n"
    "    printf(\"%Lf\", sum);\n    sum += modfl(a, &whole);\n    return sqrtl(sum) + whole;\n}\n",
    "typedef long row __attribute__((vector_size(32)));\n"
    "long f(long a) { row r = {a, a, 1, 2}; r *= r; return r[0] + r[3]; }\n",
    "struct s { unsigned a : 3, b : 5; } s;\nvoid f(struct s *t) { s.a++; t->b = s.a; }\n",
    // structs by value that are nobody else's
    "struct s { long a[4]; };\nstatic const struct s table[2];\nlong f(int n, struct s a) { return a.a[n]; }\n"
    "struct s make(void) { return table[0]; }\nvoid fill(struct s *a) { *a = make(); }\n"
    "long g(struct s a) { return f(0, a) + f(1, make()) + f(2, table[1]) + f(3, (struct s){{1}}); }\n"
    "long h(void) { struct s b[2], c; fill(&b[1]); c = b[1]; return f(1, c) + f(0, b[1]); }\n",
    // assembly that touches nothing
    "#define BARRIER() __asm__ __volatile__(\"\" : : : \"memory\")\n"
    "void f(void) { asm(\"pause\"); asm volatile(\"rep; nop\\n\\t\" ::: \"memory\", \"cc\"); BARRIER(); }\n",
    // main is there twice, as the linker says
    "int main(void) { return 0; }\n",
    // nobody defines it: the linker says so
    "int pthread_mutex_lokc(void *);\nint f(void *a) { return pthread_mutex_lokc(a); }\n",
    "",
};

static void honest_code_is_not_refused(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof honest / sizeof honest[0]; i++) {
        struct desk *desk = inspected(honest[i]);
        if (desk->inspection != INSPECTION_FINE)
            fail_msg("%.60s...: got %d: line %d: %s", honest[i], (int)desk->inspection,
                     desk->refusal.line, desk->refusal.reason ? desk->refusal.reason : "-");
        talloc_free(desk);
    }
}

static void what_is_no_c_is_left_to_the_judges(void **state)
{
    static const char *const texts[] = {
        "int f(void) { return 1 }\n",
        "#error no\n",
        "#include \"counter.h\"\nint counter_value;\n",
        "#if 1\n",
        "/* never closed\n",
        "int f(void) { return g; } char *s = \"open\n",
        "#include \"Counter.h\"\nint a;\n",
        "#include \u201ccounter.h\u201d\nint a;\n",
        "#include counter.h\nint a;\n",
        "#include <windows.h>\nint a;\n",
        "#inclde <stdio.h>\n",
        "#include <std//lib.h>\n",
        "#if 0\n#error do /*\n#include \"/etc/passwd\"\n#endif // */\n",
        "__declspec(noinline) int f(void);\n",
    };
    (void)state;
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        struct desk *desk = inspected(texts[i]);
        if (desk->inspection != INSPECTION_NOT_C)
            fail_msg("%s\ngot %d: line %d: %s", texts[i], (int)desk->inspection, desk->refusal.line,
                     desk->refusal.reason ? desk->refusal.reason : "-");
        talloc_free(desk);
    }
}

static void what_keeps_the_compiler_busy_is_refused(void **state)
{
    (void)state;
    struct desk *desk = inspected("#define A\n#define B A A A A A A A A A A A A A A A A\n"
                                  "#define C B B B B B B B B B B B B B B B B\n"
                                  "#define D C C C C C C C C C C C C C C C C\n"
                                  "#define E D D D D D D D D D D D D D D D D\n"
                                  "#define F E E E E E E E E E E E E E E E E\n"
                                  "#define G F F F F F F F F F F F F F F F F\n"
                                  "#define H G G G G G G G G G G G G G G G G\nH H H H H H H\n");
    assert_int_equal(desk->inspection, INSPECTION_NOT_ALLOWED);
    assert_non_null(strstr(desk->refusal.reason, "does not get through this file"));
    talloc_free(desk);
}

// More than the harness reads of what a compiler says; still errors.
static void a_flood_of_errors_is_no_c(void **state)
{
    enum { LONG = 100000, ERRORS = 19 };
    (void)state;
    char *line = talloc_zero_size(NULL, LONG);
    memset(line, 'x', LONG - 1);
    char *text = talloc_asprintf(line, "#define TEXT \"%s\"\n", line);
    for (int i = 0; i < ERRORS; i++)
        text = talloc_strdup_append(text, "_Static_assert(0, TEXT);\n");
    struct desk *desk = inspected(text);
    assert_int_equal(desk->inspection, INSPECTION_NOT_C);
    talloc_free(desk);
    talloc_free(line);
}

// What does not compile in the inspection but would for a judge is not let through.
static void what_compiles_for_a_judge_only_is_refused(void **state)
{
    (void)state;
    char *long_text = talloc_asprintf(NULL,
                                      "#define A \"%01000d\"\n#define B A A A A A A A A A A\n"
                                      "#define C B B B B B B B B B B\n"
                                      "#define D C C C C C C C C C C\n"
                                      "static const char a[] = D D D D D D D D D;\n",
                                      0);
    struct desk *desk = inspected("int f(void) { return 1; }\n"
                                  "static int a[1 << 26] = {1};\nint *p = a;\n");
    assert_int_equal(desk->inspection, INSPECTION_NOT_ALLOWED);
    assert_non_null(strstr(desk->refusal.reason, "larger than the 32 MB"));
    talloc_free(desk);
    // Few words, and long ones: the compiler is not to need all its seconds for them.
    desk = inspected(long_text);
    assert_int_equal(desk->inspection, INSPECTION_NOT_ALLOWED);
    assert_non_null(strstr(desk->refusal.reason, "larger than the 8 MB"));
    talloc_free(desk);
    talloc_free(long_text);
}

// Text made to keep the inspection itself busy.
static void endless_text_ends(void **state)
{
    (void)state;
    char *text =
        talloc_strdup(NULL, "#define A [[[[[[[[[[ __attribute__(( \n#define B A A A A A A A A\n"
                            "#define C B B B B B B B B\n#define D C C C C C C C C\n"
                            "int a = D D D D D D D D;\n");
    struct desk *desk = inspected(text);
    assert_int_equal(desk->inspection, INSPECTION_NOT_ALLOWED);
    assert_non_null(strstr(desk->refusal.reason, "attributes that do not end"));
    talloc_free(desk);
    text = talloc_realloc(NULL, text, char, 1 << 20);
    size_t size = 0;
    for (int i = 0; i < 20000; i++)
        size += (size_t)sprintf(text + size, "int __%d;\n", i);
    desk = inspected(text);
    assert_int_equal(desk->inspection, INSPECTION_NOT_ALLOWED);
    talloc_free(desk);
    talloc_free(text);
}

static void a_nul_byte_is_refused(void **state)
{
    static const char text[] = "int a;\n\0#include \"/etc/passwd\"\n";
    struct problem problem;
    (void)state;
    struct desk *desk = inspected("");
    const char *path = path_join(desk, desk->subject.exercise->folder, "counter.c");
    assert_true(file_write(desk->subject.sources.root, path, text, sizeof text - 1, &problem));
    inspect(desk);
    assert_int_equal(desk->inspection, INSPECTION_NOT_ALLOWED);
    assert_int_equal(desk->refusal.line, 0);
    assert_non_null(strstr(desk->refusal.reason, "NUL byte"));
    talloc_free(desk);
}

static void an_exercise_may_allow_a_function(void **state)
{
    static const char *allow[] = {"socket", NULL};
    (void)state;
    struct desk *desk = inspected("int socket(int, int, int), listen(int, int);\n"
                                  "int f(void) { return listen(socket(1, 1, 0), 1); }\n");
    assert_int_equal(desk->inspection, INSPECTION_NOT_ALLOWED);
    struct exercise exercise = *desk->subject.exercise;
    exercise.allow = allow;
    desk->subject.exercise = &exercise;
    inspect(desk);
    assert_int_equal(desk->inspection, INSPECTION_NOT_ALLOWED);
    assert_non_null(strstr(desk->refusal.reason, "`listen`"));
    talloc_free(desk);
}

// A header to edit is looked at by itself, and where a C file includes it.
static void all_edit_files_are_inspected(void **state)
{
    static const char *edit[] = {"counter.c", "counter.h", NULL};
    (void)state;
    struct desk *desk = desk_new(exercise_named("counter"));
    struct exercise exercise = *desk->subject.exercise;
    exercise.edit = edit;
    desk->subject.exercise = &exercise;
    put(desk, "counter.c", "#define J(a, b) a##b\n#include \"counter.h\"\nint a;\n");
    put(desk, "counter.h", "\nstatic inline void f(void) {\nJ(as, m)(\"mfence\"); }\n");
    inspect(desk);
    assert_int_equal(desk->inspection, INSPECTION_NOT_ALLOWED);
    assert_string_equal(desk->refusal.file, "counter.h");
    assert_int_equal(desk->refusal.line, 3);
    put(desk, "counter.h", "\n\n#if __has_feature(thread_sanitizer)\n#endif\n");
    inspect(desk);
    assert_string_equal(desk->refusal.file, "counter.h");
    assert_int_equal(desk->refusal.line, 3);
    talloc_free(desk);
}

static void the_inspection_works_in_the_sandbox(void **state)
{
    struct problem problem;
    (void)state;
    if (!sandbox_works(&problem))
        skip();
    struct desk *desk = inspected("#include \"counter.h\"\nlong f(void) { return 1; }\n");
    desk->subject.confinement = confinement_new(desk, &problem);
    assert_non_null(desk->subject.confinement);
    assert_true(sandbox_own(desk->subject.sources.root, &problem));
    inspect(desk);
    if (desk->inspection != INSPECTION_FINE)
        fail_msg("%s %s", desk->refusal.reason ? desk->refusal.reason : "-", desk->problem.text);
    put(desk, "counter.c", "int setenv(const char *);\nint f(void) { return setenv(\"A\"); }\n");
    inspect(desk);
    assert_int_equal(desk->inspection, INSPECTION_NOT_ALLOWED);
    assert_int_equal(desk->refusal.line, 1);

    // More than the compiler may write.
    put(desk, "counter.c", "static int a[1 << 26] = {1};\nint *p = a;\n");
    inspect(desk);
    assert_int_equal(desk->inspection, INSPECTION_NOT_ALLOWED);
    assert_non_null(strstr(desk->refusal.reason, "does not get through this file"));
    talloc_free(desk);
}

static void a_compiler_that_cannot_write_is_the_harness_failure(void **state)
{
    (void)state;
    struct desk *desk = desk_new(exercise_named("counter"));
    setenv("TMPDIR", "/nowhere", 1);
    desk->inspection =
        tamper_inspect(desk, &desk->subject, desk->builds, &desk->refusal, &desk->problem);
    unsetenv("TMPDIR");
    assert_int_equal(desk->inspection, INSPECTION_FAILED);
    assert_non_null(strstr(desk->problem.text, "counter.c cannot be inspected"));
    assert_non_null(strstr(desk->problem.text, "/nowhere"));
    talloc_free(desk);
}

// What the object file shows although the text did not.
static void object_files_are_checked_by_themselves(void **state)
{
    static const struct {
        const char *reason, *text;
    } objects[] = {
        {"`f` changes how the program is linked",
         "__attribute__((weak)) int f(void) { return 1; }"},
        {"`f` changes how the program is linked",
         "extern int f(void) __attribute__((weak)); int g(void) { return f(); }"},
        {"changes how the program is linked",
         "int f(void) { return 1; } int g(void) __attribute__((alias(\"f\")));"},
        {"`g` puts a function in the place",
         "static int (*f(void))(void) { return 0; } int g(void) __attribute__((ifunc(\"f\")));"},
        {"section `.init_array`", "__attribute__((constructor)) static void f(void) {}"},
        {"section `.fini_array`", "__attribute__((destructor)) static void f(void) {}"},
        {"section `mine`", "__attribute__((section(\"mine\"))) int a = 1;"},
        {"section `.init`", "__asm__(\".section .init; nop\");"},
        {"section `.init_array.0`", "__attribute__((constructor(0))) static void f(void) {}"},
        {"`__tsan_acquire` belongs",
         "void __tsan_acquire(void *); void f(void) { __tsan_acquire(0); }"},
        {NULL, "int f(void) { static _Thread_local int a = 1; static int b[9]; return a + *b; }"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof objects / sizeof objects[0]; i++) {
        struct desk *desk = inspected("");
        struct problem problem;
        struct file file = {.name = "counter.c", .tokens = tokens_read(desk, "", 0)};
        struct build *build = desk->builds[0];
        struct look look = {.scratch = desk,
                            .exercise = desk->subject.exercise,
                            .files = &file,
                            .count = 1,
                            .problem = &problem};
        const char *source = path_join(desk, build->folder, "a.c");
        const char *const argv[] = {TOOLCHAIN_CLANG,        "-c", source, "-o",
                                    build_object(build, 0), NULL};
        const struct command command = {.argv = argv, .seconds = 20, .output_limit = 1 << 16};
        struct outcome outcome;
        assert_true(file_write(NULL, source, objects[i].text, strlen(objects[i].text), &problem));
        assert_true(process_run(desk, &command, &outcome, &problem));
        assert_string_equal(outcome.output, "");
        assert_true(check_object(&look, &file, build));
        if (objects[i].reason ? !look.reason || !strstr(look.reason, objects[i].reason)
                              : look.reason != NULL)
            fail_msg("%s: %s", objects[i].text, look.reason ? look.reason : "not refused");
        talloc_free(desk);
    }
}

// A broken object file is a problem, or read as far as it is whole; nothing worse.
static void broken_object_files_are_survived(void **state)
{
    struct problem problem;
    size_t size, read = 0;
    (void)state;
    struct desk *desk = desk_new(exercise_named("counter"));
    inspect(desk);
    char *bytes =
        file_read(desk, NULL, build_object(desk->builds[0], 0), FILE_LIMIT, &size, &problem);
    assert_non_null(bytes);
    assert_non_null(object_read(desk, bytes, size, &problem));
    for (size_t i = 0; i < size; i++) {
        char *copy = talloc_memdup(NULL, bytes, size);
        copy[i] = (char)(copy[i] ^ (i % 3 ? 0xFF : 0x01));
        read += object_read(copy, copy, size, &problem) != NULL;
        read += object_read(copy, bytes, i, &problem) != NULL; // cut short
        talloc_free(copy);
    }
    assert_true(read >= 1 && read <= size);
    talloc_free(desk);
}

// ---- one text ----

// What `recipe`'s preprocessor defines after all headers that an answer may include.
static char *macros_of(void *context, const struct recipe *recipe, const char *headers)
{
    const char **argv = list_new(context);
    list_add(&argv, recipe->compiler);
    list_add_all(&argv, recipe->flags);
    list_add_all(&argv, (const char *const[]){"-w", "-dM", "-E", headers, NULL});
    const struct command command = {.argv = argv, .seconds = 60, .output_limit = 4 << 20};
    struct outcome outcome;
    assert_true(process_run(context, &command, &outcome, NULL));
    assert_int_equal(outcome.number, 0);
    return outcome.output;
}

// No header has a macro for one judge only, by which an answer could tell it from the others.
static void the_judges_define_the_same_macros(void **state)
{
    static const char *const headers[] = {
        "alloca",    "assert",     "linux/futex", "poll",      "sys/eventfd", "sys/syscall",
        "complex",   "ctype",      "errno",       "fenv",      "inttypes",    "malloc",
        "math",      "pthread",    "sched",       "search",    "semaphore",   "setjmp",
        "signal",    "stdatomic",  "stdio",       "stdlib",    "string",      "strings",
        "sys/param", "sys/socket", "sys/stat",    "sys/types", "sys/wait",    "tgmath",
        "threads",   "time",       "unistd",      "wchar",     "wctype",      NULL};
    (void)state;
    void *context = talloc_new(NULL);
    const char *folder = workspace_new(context, NULL);
    char *text = talloc_strdup(context, "#define _GNU_SOURCE\n");
    for (size_t i = 0; headers[i]; i++)
        text = talloc_asprintf_append(text, "#include <%s.h>\n", headers[i]);
    assert_true(file_write(folder, "all.c", text, strlen(text), NULL));
    const char *file = path_join(context, folder, "all.c");
    const char *first = macros_of(context, detectors[0]->recipe, file);
    assert_non_null(strstr(first, "#define pthread_cleanup_push"));
    for (size_t i = 1; detectors[i]; i++)
        assert_string_equal(first, macros_of(context, detectors[i]->recipe, file));
    talloc_free(context);
}

// ---- the course ----

// `path` in the place of the exercise's file; gives whether it is let through.
static bool inspect_answer(struct desk *desk, const char *path)
{
    const char *text = file_read(desk, course->root, path, FILE_LIMIT, NULL, NULL);
    put(desk, desk->subject.exercise->edit[0], text);
    inspect(desk);
    if (desk->inspection != INSPECTION_FINE)
        print_message("%s:%d: %s\n", path, desk->refusal.line,
                      desk->refusal.reason ? desk->refusal.reason : "does not compile");
    return desk->inspection == INSPECTION_FINE;
}

// A name that the judges' own code in a program has is one that an answer is told not to define:
// any other is free for answers, or linking would fail.
static void no_name_of_an_answer_is_taken(void **state)
{
    const char **const lists[] = {toolchain_explore_objects, toolchain_tsan_objects,
                                  toolchain_helgrind_objects, toolchain_native_objects};
    size_t exported = 0, taken = 0;
    (void)state;
    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++)
        for (const char **path = lists[i]; *path; path++) {
            struct problem problem = {""};
            size_t size;
            char *bytes = file_read(NULL, NULL, *path, OBJECT_LIMIT, &size, &problem);
            struct object *object = bytes ? object_read(bytes, bytes, size, &problem) : NULL;
            if (!object)
                print_error("%s\n", problem.text);
            assert_non_null(object);
            for (size_t k = 0; k < object->count; k++) {
                const struct symbol *symbol = &object->symbols[k];
                bool library = strncmp(symbol->name, "thrd_", 5) == 0 ||
                               dlsym(RTLD_DEFAULT, symbol->name) != NULL;
                if (!symbol->defined || !symbol->exported)
                    continue;
                exported++;
                if (!calls_definition(symbol->name, library, true)) {
                    print_error("%s has %s, which an answer may define\n", *path, symbol->name);
                    taken++;
                }
            }
            talloc_free(bytes);
        }
    assert_true(exported > 100);
    assert_int_equal(taken, 0);
}

// Functions of the library that take and give values only, and those of <threads.h>, which the
// explorer defines itself; what calls a function of the program's, only prints what it is given, or
// ends the program. (`__ctype_b_loc` and its like are inspected by themselves.)
static const char *const *const by_value = WORDS(
    "acos*", "asin*", "atan*", "cabs*", "carg*", "cbrt*", "ccos*", "ceil*", "cexp*", "cimag*",
    "clog*", "conj*", "copysign*", "cos*", "cpow*", "cproj*", "creal*", "csin*", "csqrt*", "ctan*",
    "drem*", "erf*", "exp*", "fabs*", "fdim*", "floor*", "fma*", "fmin*", "fmod*", "gamma*",
    "hypot*", "ilogb*", "j0*", "j1*", "jn*", "ldexp*", "lgamma*", "llrint*", "llround*", "log*",
    "lrint*", "lround*", "nearbyint*", "nextafter*", "nexttoward*", "pow*", "remainder*", "rint*",
    "round*", "scalb*", "sin*", "sqrt*", "tan*", "tgamma*", "trunc*", "y0*", "y1*", "yn*",
    "__finite*", "__fpclassify*", "__isinf*", "__isnan*", "__signbit*", "isinf*", "isnan*", "abs",
    "imaxabs", "labs", "llabs", "div", "imaxdiv", "ldiv", "lldiv", "difftime", "ffs", "ffsl",
    "ffsll", "htonl", "htons", "ntohl", "ntohs", "isalnum", "isalpha", "isascii", "isatty",
    "isblank", "iscntrl", "isdigit", "isgraph", "islower", "isprint", "ispunct", "isspace",
    "isupper", "isw*", "isxdigit", "tolower", "toupper", "towlower", "towupper", "eventfd",
    "get_nprocs*", "getpagesize", "getpid", "getppid", "putchar", "pthread_equal",
    "pthread_getconcurrency", "sched_get*", "strerrordesc_np", "strerrorname_np", "strsignal",
    "sysconf", "__ctype_*", "__errno_location", "__libc_current_sigrt*", "call_once", "cnd_*",
    "mtx_*", "thrd_*", "tss_*", "bsearch", "psignal", "__assert", "__assert_perror_fail", "err",
    "errx", "verr", "verrx", "__sigsetjmp", "__stack_chk_fail");

// A line of a *.wrap file of the explorer's.
static bool explorer_wraps(const char *name)
{
    static const char *const lists[] = {"explore.wrap", "explore_memory.wrap"};
    bool found = false;
    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++) {
        char *path = talloc_asprintf(NULL, COURSE "/harness/runtime/explore/%s", lists[i]);
        char *text = file_read(path, NULL, path, FILE_LIMIT, NULL, NULL);
        assert_non_null(text);
        char *line = talloc_asprintf(path, "\n%s\n", name);
        found |= strstr(talloc_asprintf(path, "\n%s", text), line) != NULL;
        talloc_free(path);
    }
    return found;
}

// What answers may call, of all that the library has, does nothing to memory that the explorer does
// not know of: else it would be a way to reach what others use unseen.
static void the_explorer_knows_what_answers_may_call(void **state)
{
    char name[200];
    Dl_info library;
    size_t unknown = 0, allowed = 0;
    (void)state;
    void *const inside[] = {dlsym(dlopen("libc.so.6", RTLD_LAZY), "gnu_get_libc_version"),
                            dlsym(dlopen("libm.so.6", RTLD_LAZY), "modf")};
    for (size_t i = 0; i < sizeof inside / sizeof *inside; i++) {
        assert_true(inside[i] && dladdr(inside[i], &library));
        char *command = talloc_asprintf(
            NULL, "nm -D --defined-only %s | sed -n 's/.* [TWi] \\([^@]*\\)@@.*/\\1/p'",
            library.dli_fname);
        FILE *names = popen(command, "r");
        assert_non_null(names);
        while (fscanf(names, "%199s", name) == 1) {
            if (calls_use(name))
                continue;
            allowed++;
            if (explorer_wraps(name) || words_have(by_value, name))
                continue;
            print_error("answers may call %s, which the explorer does not know\n", name);
            unknown++;
        }
        pclose(names);
        talloc_free(command);
    }
    assert_true(allowed > 500);
    assert_int_equal(unknown, 0);
}

static void no_start_or_solution_is_refused(void **state)
{
    size_t refused = 0;
    (void)state;
    assert_true(course->count > 0);
    for (size_t i = 0; i < course->count; i++) {
        const struct exercise *exercise = course->exercises[i];
        struct desk *desk = desk_new(exercise);
        assert_null(exercise->edit[1]);
        refused += !inspect_answer(desk, path_join(desk, exercise->folder, exercise->edit[0]));
        refused += !inspect_answer(desk, path_join(desk, exercise->solution, exercise->edit[0]));
        talloc_free(desk);
    }
    assert_int_equal(refused, 0);
}

// Wrong answers are for the judges to reject, but for one that runs code before the driver starts.
static void a_wrong_answer_that_runs_before_the_driver_is_refused(void **state)
{
    (void)state;
    struct desk *desk = desk_new(exercise_named("lazy-init"));
    assert_false(inspect_answer(
        desk, path_join(desk, desk->subject.exercise->solution, "still-wrong/in_advance.c")));
    assert_int_equal(desk->inspection, INSPECTION_NOT_ALLOWED);
    assert_int_equal(desk->refusal.line, 8);
    assert_non_null(strstr(desk->refusal.reason, "`constructor`"));
    talloc_free(desk);
}

// With an argument only the tests of that name ("tricks*"), or all others ("-tricks*").
int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(tricks_are_refused),
        cmocka_unit_test(honest_code_is_not_refused),
        cmocka_unit_test(what_is_no_c_is_left_to_the_judges),
        cmocka_unit_test(what_keeps_the_compiler_busy_is_refused),
        cmocka_unit_test(a_flood_of_errors_is_no_c),
        cmocka_unit_test(what_compiles_for_a_judge_only_is_refused),
        cmocka_unit_test(endless_text_ends),
        cmocka_unit_test(a_nul_byte_is_refused),
        cmocka_unit_test(an_exercise_may_allow_a_function),
        cmocka_unit_test(all_edit_files_are_inspected),
        cmocka_unit_test(the_inspection_works_in_the_sandbox),
        cmocka_unit_test(a_compiler_that_cannot_write_is_the_harness_failure),
        cmocka_unit_test(object_files_are_checked_by_themselves),
        cmocka_unit_test(broken_object_files_are_survived),
        cmocka_unit_test(the_judges_define_the_same_macros),
        cmocka_unit_test(no_name_of_an_answer_is_taken),
        cmocka_unit_test(the_explorer_knows_what_answers_may_call),
        cmocka_unit_test(no_start_or_solution_is_refused),
        cmocka_unit_test(a_wrong_answer_that_runs_before_the_driver_is_refused),
    };
    const char *names = argc > 1 ? argv[1] : NULL;
    if (names && names[0] == '-')
        cmocka_set_skip_filter(names + 1);
    else
        cmocka_set_test_filter(names);
    return cmocka_run_group_tests(tests, load_course, free_course);
}
