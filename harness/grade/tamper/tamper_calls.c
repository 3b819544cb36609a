// The tables. To allow or refuse something, edit a table here; tests/grade/test_tamper.c tries
// every kind of it.
#include "tamper_calls.h"

#include "tamper_rules.h"

#include <stddef.h>
#include <string.h>

// ---- sections ----

static const char *const *const sections =
    WORDS(".text", ".text.hot.*", ".text.unlikely.*", ".text.tsan.module_ctor", ".data", ".bss",
          ".rodata", ".rodata.*", ".data.rel*", ".tdata", ".tbss", ".comment", ".note.*",
          ".eh_frame", ".debug_*", ".rela.*", ".rel.*", ".symtab", ".symtab_shndx", ".strtab",
          ".shstrtab", ".llvm_addrsig", ".gcc_except_table", ".ARM.*", ".riscv.*");

bool calls_section_allowed(const char *name)
{
    return words_have(sections, name);
}

// ---- what is used ----

// What clang calls of its own accord under -fsanitize=thread; not what tells ThreadSanitizer
// anything.
static const char *const *const instrumentation =
    WORDS("__tsan_init", "__tsan_func_entry", "__tsan_func_exit", "__tsan_read*", "__tsan_write*",
          "__tsan_unaligned_read*", "__tsan_unaligned_write*", "__tsan_volatile_*",
          "__tsan_unaligned_volatile_*", "__tsan_atomic*", "__tsan_memcpy", "__tsan_memmove",
          "__tsan_memset");

bool calls_instruments(const char *name)
{
    return words_have(instrumentation, name);
}

static const char *const *const functions = WORDS(
    // POSIX threads; what ends a thread is in `thread_ends`
    "pthread_attr_destroy", "pthread_attr_getdetachstate", "pthread_attr_getguardsize",
    "pthread_attr_getstacksize", "pthread_attr_init", "pthread_attr_setdetachstate",
    "pthread_attr_setguardsize", "pthread_attr_setstacksize", "pthread_barrier_*",
    "pthread_barrierattr_*", "pthread_clockjoin_np", "pthread_cond_*", "pthread_condattr_*",
    "pthread_create", "pthread_detach", "pthread_equal", "pthread_getspecific", "pthread_join",
    "pthread_key_*", "pthread_mutex_clocklock", "pthread_mutex_consistent", "pthread_mutex_destroy",
    "pthread_mutex_init", "pthread_mutex_lock", "pthread_mutex_timedlock", "pthread_mutex_trylock",
    "pthread_mutex_unlock", "pthread_mutexattr_destroy", "pthread_mutexattr_getprotocol",
    "pthread_mutexattr_getpshared", "pthread_mutexattr_getrobust", "pthread_mutexattr_gettype",
    "pthread_mutexattr_init", "pthread_mutexattr_set*", "pthread_once", "pthread_rwlock_*",
    "pthread_rwlockattr_*", "pthread_self", "pthread_setcancel*", "pthread_setname_np",
    "pthread_setspecific", "pthread_spin_*", "pthread_testcancel", "pthread_timedjoin_np",
    "pthread_tryjoin_np", "pthread_yield", "sched_yield", "__pthread_register_cancel",
    "__pthread_unregister_cancel", "__pthread_unwind_next", "__sigsetjmp", "__sigsetjmp_cancel",
    // C11 threads, semaphores
    "call_once", "cnd_*", "mtx_*", "thrd_create", "thrd_current", "thrd_detach", "thrd_equal",
    "thrd_join", "thrd_sleep", "thrd_yield", "tss_*", "sem_clockwait", "sem_destroy",
    "sem_getvalue", "sem_init", "sem_post", "sem_timedwait", "sem_trywait", "sem_wait",
    // memory and text
    "aligned_alloc", "calloc", "free", "malloc", "memalign", "posix_memalign", "realloc",
    "reallocarray", "bcmp", "bcopy", "bzero", "explicit_bzero", "ffs", "ffsl", "ffsll", "memccpy",
    "memchr", "memcmp", "memcpy", "memmem", "memmove", "mempcpy", "memrchr", "memset", "index",
    "rindex", "stpcpy", "stpncpy", "strcasecmp", "strcasestr", "strcat", "strchr", "strchrnul",
    "strcmp", "strcoll", "strcpy", "strcspn", "strdup", "strerror", "strerror_r", "strftime",
    "strlen", "strncasecmp", "strncat", "strncmp", "strncpy", "strndup", "strnlen", "strpbrk",
    "strrchr", "strsep", "strsignal", "strspn", "strstr", "strtod", "strtof", "strtok", "strtok_r",
    "strtol", "strtoll", "strtoul", "strtoull", "strverscmp", "strxfrm", "isalnum", "isalpha",
    "isascii", "isatty", "isblank", "iscntrl", "isdigit", "isgraph", "isinf*", "islower", "isnan*",
    "isprint", "ispunct", "isspace", "isupper", "iswalnum", "iswalpha", "iswblank", "iswcntrl",
    "iswdigit", "iswgraph", "iswlower", "iswprint", "iswpunct", "iswspace", "iswupper", "iswxdigit",
    "isxdigit", "tolower", "toupper", "towlower", "towupper", "__ctype_b_loc",
    "__ctype_tolower_loc", "__ctype_toupper_loc", "htonl", "htons", "ntohl", "ntohs", "inet_ntop",
    "inet_pton", "__libc_current_sigrt*",
    // numbers
    "abs", "atof", "atoi", "atol", "atoll", "div", "imaxabs", "imaxdiv", "labs", "ldiv", "llabs",
    "lldiv", "bsearch", "qsort", "qsort_r", "drand48", "erand48", "jrand48", "lrand48", "mrand48",
    "nrand48", "rand", "rand_r", "random", "srand", "srand48", "srandom", "__isoc23_strtol",
    "__isoc23_strtoll", "__isoc23_strtoul", "__isoc23_strtoull", "__isoc99_sscanf",
    "__isoc99_vsscanf", "__isoc23_sscanf", "__isoc23_vsscanf",
    // time
    "asctime*", "clock", "clock_getres", "clock_gettime", "clock_nanosleep", "ctime*", "difftime",
    "getpid", "gettid", "gettimeofday", "gmtime*", "localtime*", "mktime", "nanosleep", "sleep",
    "time", "times", "timegm", "timespec_get", "timespec_getres", "usleep", "get_nprocs",
    "get_nprocs_conf", "sysconf", "pthread_getcpuclockid", "clock_getcpuclockid",
    // which thread, which processor
    "getcpu", "getpagesize", "getppid", "pthread_getaffinity_np", "pthread_getconcurrency",
    "pthread_getname_np", "pthread_getschedparam", "sched_get*", "sched_rr_get_interval",
    // output, to the program's own standard streams
    "asprintf", "clearerr", "feof", "ferror", "fflush", "flockfile", "fprintf", "fputc",
    "fputc_unlocked", "fputs", "ftrylockfile", "funlockfile", "fwrite", "perror", "printf",
    "psignal", "putc", "putc_unlocked", "putchar", "putchar_unlocked", "puts", "setbuf",
    "setlinebuf", "setvbuf", "snprintf", "sprintf", "sscanf", "stderr", "stdout", "vasprintf",
    "vfprintf", "vprintf", "vsnprintf", "vsprintf", "vsscanf", "err", "errx", "error",
    "error_at_line", "error_one_per_line", "error_print_progname", "exit", "verr", "verrx", "vwarn",
    "vwarnx", "warn", "warnx", "abort", "__assert", "__assert_fail", "__assert_perror_fail",
    "__errno_location", "__xpg_strerror_r",
    // what the compiler calls of its own accord
    "_GLOBAL_OFFSET_TABLE_", "__tls_get_addr", "__stack_chk_fail", "__stack_chk_guard",
    "__atomic_*", "__sync_*", "__divti3", "__modti3", "__muloti4", "__mulodi4", "__mulosi4",
    "__multi3", "__udivmodti4", "__divmodti4", "__udivti3", "__umodti3", "__ashlti3", "__ashrti3",
    "__lshrti3", "__popcountdi2", "__popcountti2", "__powidf2", "__powisf2", "__powixf2",
    "__muldc3", "__mulsc3", "__mulxc3", "__divdc3", "__divsc3", "__divxc3", "__fix*", "__float*",
    "__addtf3", "__subtf3", "__multf3", "__divtf3", "__extend*", "__trunc*", "__eqtf2", "__netf2",
    "__getf2", "__gttf2", "__letf2", "__lttf2", "__unordtf2", "__sched_cpucount");

// What reads or writes the program's memory inside the library, where neither the explorer nor
// ThreadSanitizer sees it for certain, and Helgrind is silent about the library's code.
static const char *const *const unseen = WORDS(
    "mem*", "str*", "stp*", "wcs*", "wcp*", "wmem*", "swab", "initstate*", "setstate*", "seed48*",
    "drand48_r", "erand48_r", "lrand48_r", "nrand48_r", "mrand48_r", "jrand48_r", "srand48_r",
    "lcong48*", "random_r", "srandom_r", "fputs_unlocked", "fwrite_unlocked", "pthread_attr_get*",
    "pthread_mutex_getprioceiling", "pthread_mutexattr_getprioceiling", "is*");

static const struct rule unseen_access = {
    NULL, WEIGHT_NOT_ALLOWED,
    "reads or writes memory where no judge looks, so that nothing could be proved; use a plain loop, or "
    "one of the well-known functions like `memcpy` and `strlen`"};

// <math.h> and <complex.h> in their three precisions.
static const char *const *const mathematics = WORDS(
    "acos", "acosh", "asin", "asinh", "atan", "atan2", "atanh", "cabs", "carg", "cbrt", "ceil",
    "cexp", "cimag", "clog", "conj", "copysign", "cos", "cosh", "cpow", "cproj", "creal", "csin",
    "ccos", "ctan", "csqrt", "drem", "erf", "erfc", "exp", "exp10", "exp2", "expm1", "fabs", "fdim",
    "floor", "fma", "fmax", "fmin", "fmod", "frexp", "hypot", "ilogb", "ldexp", "lgamma", "llrint",
    "llround", "log", "log10", "log1p", "log2", "logb", "lrint", "lround", "modf", "nan",
    "nearbyint", "j0", "j1", "jn", "y0", "y1", "yn", "gamma", "lgamma_r", "nextafter", "nexttoward",
    "pow", "pow10", "remainder", "remquo", "rint", "round", "roundeven", "scalb", "scalbln",
    "scalbn", "sin", "sincos", "sinh", "sqrt", "tan", "tanh", "tgamma", "trunc", "__fpclassify",
    "__signbit", "__isnan", "__isinf", "__finite");

static bool is_mathematics(const char *name)
{
    char shorter[32];
    size_t length = strlen(name);
    if (words_have(mathematics, name))
        return true;
    if (length < 2 || length >= sizeof shorter || !strchr("fl", name[length - 1]))
        return false;
    memcpy(shorter, name, length - 1);
    shorter[length - 1] = '\0';
    return words_have(mathematics, shorter);
}

// Ways for threads to wait for each other that lie in the kernel: a descriptor that the program
// makes for itself. The same calls reach any other descriptor, and nothing is gained by that: no
// judge's report is written through one that the program has, and the end is proved by a word that
// it does not know (runtime/common/seal.h).
static const char *const *const own_descriptors =
    WORDS("pipe", "pipe2", "eventfd", "eventfd_read", "eventfd_write", "socketpair", "read",
          "write", "close", "poll");

// `syscall` is for what has no function of its own (rule_system_call).
static const char *const *const system_calls = WORDS("syscall");

const struct rule rule_system_call = {
    NULL, WEIGHT_NOT_ALLOWED,
    "speaks to the operating system past the judges, who could not tell what orders what, unless its "
    "first argument is plainly `SYS_futex` or `SYS_gettid`; use the threads library"};

// Reading what is printed back out of a buffer of one's own would be a copy that nobody sees.
const struct rule rule_own_buffer = {
    NULL, WEIGHT_NOT_ALLOWED,
    "gives a stream a buffer of the program's, which the library then writes where no judge looks, "
    "unless the buffer is plainly `NULL`; leave the buffer to the library"};

// With another table in its place, isdigit and its like would read that, where no judge looks.
const struct rule rule_table = {
    NULL, WEIGHT_NOT_ALLOWED,
    "gives away where the C library keeps its tables of letters; use `isdigit`, `tolower` and their "
    "like"};

// Code that is made at run time is seen by nobody, and a mapping over the driver's memory neither.
const struct rule rule_mapping = {
    NULL, WEIGHT_NOT_ALLOWED,
    "can put other memory in the place of the driver's, or memory to run code in, unless its third "
    "argument is plainly made of `PROT_READ` and `PROT_WRITE`, and its fourth of flags like "
    "`MAP_SHARED | MAP_ANONYMOUS`; write them there"};

// The environment is empty of what tells the judges apart (runtime/common/environment.c).
static const char *const *const environment = WORDS("getenv", "secure_getenv");

static const char *const *const thread_ends = WORDS("pthread_exit", "thrd_exit", "pthread_cancel");

static const struct rule uses[] = {
    {WORDS("pthread_mutexattr_setprioceiling", "pthread_mutex_setprioceiling",
           "pthread_setaffinity_np", "pthread_attr_setaffinity_np", "pthread_setschedparam",
           "pthread_setschedprio", "pthread_attr_setsched*", "pthread_attr_setinheritsched",
           "pthread_setconcurrency", "pthread_setattr_default_np", "sched_set*", "setpriority",
           "nice"),
     WEIGHT_NOT_ALLOWED,
     "meddles with the order in which threads run, and a race that merely cannot show is still "
     "there; order the accesses instead"},
    {WORDS("_exit", "_Exit", "quick_exit"), WEIGHT_NOT_ALLOWED,
     "ends the program before the judges have written what they saw; return to the driver, or call "
     "`exit` where nothing else is left"},
    {WORDS("atexit", "on_exit", "at_quick_exit", "__cxa_*", "pthread_atfork", "__register_atfork"),
     WEIGHT_NOT_ALLOWED,
     "runs code after the driver has ended, where nothing is judged; do the work in a function "
     "that the driver calls"},
    {WORDS("environ", "__environ", "_environ", "setenv", "putenv", "unsetenv", "clearenv",
           "program_invocation*", "__progname*", "backtrace*", "getrusage", "mincore", "mallinfo*",
           "malloc_info", "mallopt"),
     WEIGHT_NOT_ALLOWED,
     "changes the environment or looks at the process itself, which are not the same under every "
     "judge, and a program must be; remove it"},
    {WORDS("__secure_getenv", "getauxval", "dl_iterate_phdr", "_dl_*", "_r_debug", "dl*",
           "__libc_dl*", "_dlerror*"),
     WEIGHT_TAMPERING,
     "looks at what is loaded, or looks up functions by their names past the inspection; call what "
     "you need directly"},
    {WORDS("fork", "_Fork", "vfork", "system", "popen", "posix_spawn*", "wait*", "daemon", "setsid",
           "wordexp"),
     WEIGHT_NOT_ALLOWED,
     "starts another program or process, or waits for one, and the judges look at this one only; use "
     "threads"},
    {WORDS("clone", "__clone", "exec*", "fexecve", "unshare", "setns"), WEIGHT_TAMPERING,
     "puts another program or process in the place of the one that is judged; use threads"},
    {WORDS("ptrace", "prctl", "arch_prctl", "process_vm_*", "mprotect", "mremap",
           "remap_file_pages", "pkey_*", "personality", "userfaultfd", "perf_event_open",
           "process_madvise", "kill", "killpg", "tgkill", "tkill", "chroot", "mount", "umount*"),
     WEIGHT_TAMPERING,
     "takes hold of processes or of memory behind the judges' backs; an answer needs only memory "
     "from `malloc` and the threads library"},
    {WORDS("mmap*", "munmap", "madvise", "mlock*", "memfd_create", "brk", "sbrk", "io_*",
           "membarrier"),
     WEIGHT_NOT_ALLOWED,
     "speaks to the operating system past the judges, who could not tell what orders what; use "
     "memory from `malloc` and the threads library"},
    {WORDS("signal", "sigaction", "sig*", "bsd_signal", "sysv_signal", "ssignal", "raise",
           "gsignal", "pthread_kill", "pthread_sigmask", "pthread_sigqueue", "alarm", "ualarm",
           "setitimer", "timer_*", "longjmp", "_longjmp", "siglongjmp", "__longjmp_chk", "setjmp",
           "_setjmp", "getcontext", "setcontext", "makecontext", "swapcontext", "pause"),
     WEIGHT_NOT_ALLOWED,
     "takes control away from the driver or from the judges, which use signals themselves; let "
     "functions return, and threads tell each other with a lock and a condition variable"},
    {WORDS("open*", "creat*", "fopen*", "freopen*", "fdopen*", "tmpfile*", "mkstemp*", "mkostemp*",
           "mkdtemp", "mktemp", "tmpnam*", "tempnam", "close*", "fclose", "fcloseall", "read*",
           "write*", "pread*", "pwrite*", "sendfile*", "splice", "tee", "copy_file_range", "dup",
           "dup2", "dup3", "fcntl*", "ioctl", "lseek*", "pipe*", "dprintf", "vdprintf", "remove",
           "unlink*", "rename*", "link*", "symlink*", "mkfifo*", "mknod*", "mkdir*", "rmdir",
           "truncate*", "ftruncate*", "stat*", "fstat*", "lstat*", "access", "faccessat", "chdir",
           "chmod", "chown", "getc*", "fgetc", "fgets", "fgetws", "gets", "fread", "fscanf",
           "scanf", "__isoc99_scanf", "__isoc99_fscanf", "__isoc23_scanf", "__isoc23_fscanf",
           "getdelim", "getline", "stdin", "shm_*", "shm*", "sem_open", "sem_close", "sem_unlink",
           "mq_*", "msg*", "semop", "semget", "semctl", "eventfd*", "epoll_*", "inotify_*", "ftw*",
           "nftw*", "glob*", "scandir*"),
     WEIGHT_NOT_ALLOWED,
     "reaches for files, for what other programs share, or for descriptors that the program has not "
     "made; an answer needs only memory and its threads, and may make a pipe for them"},
    {WORDS("socket*", "bind", "connect", "listen", "accept*", "send*", "recv*", "getaddrinfo",
           "gethost*", "getsockname", "getsockopt", "setsockopt", "getpeername", "shutdown", "poll",
           "ppoll", "select", "pselect"),
     WEIGHT_NOT_ALLOWED,
     "reaches for the network or waits for descriptors, which this exercise leaves to its driver; "
     "remove it"},
    {NULL, WEIGHT_NOT_ALLOWED, NULL},
};

// What the harness gives drivers and scenes; a `static` function may have such a name.
static bool calls_harness(const char *name)
{
    return words_have(WORDS("rendezvous_*", "asleep_*", "midway*", "scene_*", "racelings_*"), name);
}

static const struct rule harness_call = {
    NULL, WEIGHT_TAMPERING,
    "belongs to the harness, which uses it to look at the program; remove it"};

const struct rule *calls_undefined(const char *name)
{
    return calls_harness(name) ? &harness_call : rules_name(name);
}

static const struct rule unknown = {
    NULL, WEIGHT_NOT_ALLOWED, "is not among the functions that an answer may call; do without it"};

const struct rule *calls_use(const char *name)
{
    if (words_have(own_descriptors, name) || words_have(environment, name) ||
        words_have(system_calls, name))
        return NULL;
    const struct rule *named = words_rule(uses, name), *rule = named ? named : rules_name(name);
    bool known =
        words_have(functions, name) || is_mathematics(name) || words_have(thread_ends, name);
    if (rule || known)
        return rule;
    return words_have(unseen, name) ? &unseen_access : &unknown;
}

static const char *const *const archived =
    WORDS("atexit", "at_quick_exit", "pthread_atfork", "stat", "lstat", "fstat", "mknod");

bool calls_reserved(const char *name)
{
    return name[0] == '_' || words_have(archived, name);
}

bool calls_end_thread(const char *name)
{
    return words_have(thread_ends, name);
}

const struct rule rule_ends_thread = {
    NULL, WEIGHT_NOT_ALLOWED,
    "ends a thread, and all threads here are the driver's, which has not yet counted; return to it "
    "instead"};

// ---- what is defined ----

const struct rule rule_driver_name = {
    NULL, WEIGHT_NOT_ALLOWED,
    "belongs to the driver, which does not offer it in a header; do without it"};

// Words that the C library has for what no driver uses, nor the harness or the judges do within the
// program, and that name helpers well.
static const char *const *const common_words = WORDS(
    "accept", "access", "acct", "advance", "basename", "bind", "brk", "chown", "connect", "daemon",
    "dirname", "div", "err", "error", "errx", "ffs", "ftok", "ftw", "gamma", "getopt", "getw",
    "gets", "glob", "gtty", "hcreate", "hdestroy", "hsearch", "index", "insque", "j0", "j1", "jn",
    "lfind", "link", "listen", "lockf", "log", "logb", "lsearch", "mount", "nice", "pow", "profil",
    "putw", "random", "recv", "remove", "remque", "rename", "rindex", "round", "send", "shutdown",
    "splice", "step", "stty", "swab", "sync", "tdelete", "tee", "tfind", "times", "truncate",
    "tsearch", "twalk", "ulimit", "umount", "utime", "vlimit", "vtimes", "wait", "wait3", "wait4",
    "waitid", "warn", "warnx", "y0", "y1", "yn");

// Names through which programs start, end, or are looked at.
static const char *const *const machinery =
    WORDS("_start", "_init", "_fini", "_end", "_edata", "_etext", "_ITM_*", "_Jv_*", "_dl_*",
          "_IO_*", "_r_debug", "__gmon*", "__libc_*", "__cxa_*", "__stack_chk*", "__tls_*",
          "__atomic_*", "__sync_*", "__data_start", "__bss_start", "__dso_handle", "__assert*",
          "__errno_location", "__pthread_*", "__sigsetjmp*");

// What everything in a program rests on.
static const char *const *const foundations =
    WORDS("pthread_*", "thrd_*", "mtx_*", "cnd_*", "tss_*", "call_once", "malloc", "calloc",
          "realloc", "free", "memcpy", "memmove", "memset");

static const struct rule takes_place = {
    NULL, WEIGHT_TAMPERING,
    "belongs to the C library, and this definition would take its place in the whole program; give "
    "it another name, or make it `static`"};

static const struct rule library_name = {
    NULL, WEIGHT_NOT_ALLOWED,
    "is a function of the library or the harness, and this definition would take its place in the "
    "whole program; give it another name, or make it `static`"};

static const struct rule underscores = {
    NULL, WEIGHT_NOT_ALLOWED,
    "begins with an underscore: such names are the compiler's and the library's, and this one could "
    "take the place of theirs; give it another name, or make it `static`"};

const struct rule *calls_definition(const char *name, bool library, bool needed)
{
    bool reserved =
        name[0] == '_' && (name[1] == '_' || (name[1] >= 'A' && name[1] <= 'Z') || library);
    if (words_have(machinery, name) || (library && words_have(foundations, name)))
        return &takes_place;
    if (words_have(common_words, name))
        return needed ? &library_name : NULL;
    if (reserved)
        return &underscores;
    if (library)
        return needed ? &takes_place : &library_name;
    return calls_harness(name) ? &library_name : rules_name(name);
}
