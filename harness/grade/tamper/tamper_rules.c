// The tables, and how a word is looked up in them. To allow or refuse something, edit a table here;
// tests/test_tamper.c tries every kind of it.
#include "tamper_rules.h"

#include <stddef.h>
#include <string.h>

// A list of words ends with NULL; a word that ends in "*" stands for all that begin so.
struct ban {
    const char *const *words;
    const char *reason;
};

#define WORDS(...) ((const char *const[]){__VA_ARGS__, NULL})

static bool listed(const char *const *words, const char *name)
{
    for (; *words; words++) {
        size_t length = strlen(*words);
        if ((*words)[length - 1] == '*' ? strncmp(*words, name, length - 1) == 0
                                        : strcmp(*words, name) == 0)
            return true;
    }
    return false;
}

// The reason of the first ban that names it; the last ban has no words.
static const char *banned(const struct ban *bans, const char *name)
{
    while (bans->words && !listed(bans->words, name))
        bans++;
    return bans->reason;
}

// ---- headers ----

// C11's and the harmless ones of POSIX and Linux: a header only declares; what is called is looked
// at by itself.
static const char *const *const headers = WORDS(
    "alloca.h", "arpa/inet.h", "assert.h", "byteswap.h", "complex.h", "ctype.h", "endian.h",
    "errno.h", "fcntl.h", "features.h", "fenv.h", "float.h", "inttypes.h", "iso646.h", "limits.h",
    "linux/futex.h", "locale.h", "malloc.h", "math.h", "memory.h", "netdb.h", "netinet/in.h",
    "netinet/tcp.h", "poll.h", "pthread.h", "sched.h", "search.h", "semaphore.h", "setjmp.h",
    "signal.h", "stdalign.h", "stdarg.h", "stdatomic.h", "stdbool.h", "stddef.h", "stdint.h",
    "stdio.h", "stdlib.h", "stdnoreturn.h", "string.h", "strings.h", "sys/cdefs.h", "sys/param.h",
    "sys/resource.h", "sys/select.h", "sys/socket.h", "sys/stat.h", "sys/syscall.h", "sys/time.h",
    "sys/types.h", "sys/uio.h", "sys/un.h", "sys/wait.h", "syscall.h", "tgmath.h", "threads.h",
    "time.h", "uchar.h", "unistd.h", "wchar.h", "wctype.h");

static const struct ban header_bans[] = {
    {WORDS("valgrind/*", "sanitizer/*", "helgrind.h", "drd.h", "memcheck.h", "valgrind.h"),
     "speaks to the tool that judges the program, and could tell it to look away; remove it"},
    {NULL, NULL},
};

bool rules_header_allowed(const char *name)
{
    return listed(headers, name);
}

const char *rules_header_refused(const char *name)
{
    const char *reason = banned(header_bans, name);
    if (reason)
        return reason;
    if (name[0] == '/' || strstr(name, ".."))
        return "leads out of the exercise's folder; include the exercise's own headers by their "
               "plain names";
    return "is neither a header of the exercise nor one of the standard headers that an answer may "
           "include; remove it, or put what you need from it into the file itself";
}

// ---- the preprocessor ----

static const char *const *const directives =
    WORDS("include", "define", "undef", "if", "ifdef", "ifndef", "elif", "elifdef", "elifndef",
          "else", "endif", "pragma", "error", "warning");

static const struct ban directive_bans[] = {
    {WORDS("line"), "falsifies the places that reports name; remove it"},
    {WORDS("include_next", "import", "embed"),
     "reads files in a way that an answer does not need; use `#include`"},
    {NULL, "is not among the directives that an answer may use; remove it"},
};

const char *rules_directive_refused(const char *name)
{
    return listed(directives, name) ? NULL : banned(directive_bans, name);
}

static const char *const *const pragmas = WORDS("STDC", "once", "pack", "region", "endregion");
static const char *const *const pragma_spaces = WORDS("GCC", "clang");

const char *rules_pragma_refused(const char *first, const char *second)
{
    if (listed(pragmas, first) ||
        (listed(pragma_spaces, first) && strcmp(second, "diagnostic") == 0))
        return NULL;
    return "can change how the compiler treats functions, and so take them out of the judges' "
           "sight; only `STDC`, `once`, `pack` and `GCC diagnostic` are allowed, so remove it";
}

// What a condition may ask: the language and the machine, which are the same under every judge.
static const char *const *const macros = WORDS(
    "__ANDROID__", "__APPLE__", "__ATOMIC_*", "__BIG_ENDIAN__", "__BYTE_ORDER__", "__CHAR_BIT__",
    "__CYGWIN__", "__FreeBSD__", "__GCC_ATOMIC_*", "__GCC_HAVE_SYNC_COMPARE_AND_SWAP_*",
    "__GLIBC_MINOR__", "__GLIBC__", "__GNUC_MINOR__", "__GNUC_PATCHLEVEL__", "__GNUC_STDC_INLINE__",
    "__GNUC__", "__GNU_LIBRARY__", "__INT_MAX__", "__LITTLE_ENDIAN__", "__LONG_MAX__", "__LP64__",
    "__MINGW32__", "__NetBSD__", "__ORDER_*", "__OpenBSD__", "__SIZEOF_*", "__STDC_*", "__STDC__",
    "__STRICT_ANSI__", "__USE_GNU", "__USE_XOPEN2K", "__WORDSIZE", "__aarch64__", "__amd64__",
    "__arm__", "__bool_true_false_are_defined", "__clang__", "__clang_major__", "__clang_minor__",
    "__cplusplus", "__gnu_linux__", "__i386__", "__linux", "__linux__", "__riscv", "__unix",
    "__unix__", "__x86_64", "__x86_64__");

static const char asks[] = "asks which tool is looking or how the judges compile the file, and a "
                           "program must be the same whoever looks; remove it";

// Clang's own questions, the macros that differ between the judges' builds, the functions whose
// answer depends on how much is optimised, and the tools' names.
static const char *const *const questions =
    WORDS("__has_*", "__is_identifier", "__is_target_*", "__building_module", "__SANITIZE_*",
          "__OPTIMIZE__", "__OPTIMIZE_SIZE__", "__NO_INLINE__", "__PIC__", "__pic__", "__PIE__",
          "__pie__", "__SSP*", "__builtin_constant_p", "__builtin_object_size",
          "__builtin_dynamic_object_size", "RUNNING_ON_VALGRIND");

const char *rules_question_refused(const char *name)
{
    return listed(questions, name) ? asks : NULL;
}

const char *rules_condition_refused(const char *name)
{
    return strncmp(name, "__", 2) == 0 && !listed(macros, name) ? asks : NULL;
}

// Keywords and names of the language and the compiler that begin with an underscore.
static const char *const *const language = WORDS(
    "_Alignas", "_Alignof", "_Atomic", "_Bool", "_Complex", "_Generic", "_Imaginary", "_Noreturn",
    "_Pragma", "_Static_assert", "_Thread_local", "_GNU_SOURCE", "_DEFAULT_SOURCE", "_BSD_SOURCE",
    "_SVID_SOURCE", "_POSIX_C_SOURCE", "_POSIX_SOURCE", "_XOPEN_SOURCE", "_ISOC11_SOURCE",
    "__DATE__", "__FILE__", "__LINE__", "__TIME__", "__VA_ARGS__", "__VA_OPT__", "__alignof",
    "__alignof__", "__asm", "__asm__", "__attribute", "__attribute__", "__auto_type", "__const",
    "__extension__", "__func__", "__FUNCTION__", "__PRETTY_FUNCTION__", "__inline", "__inline__",
    "__int128", "__label__", "__restrict", "__restrict__", "__thread", "__typeof", "__typeof__",
    "__volatile", "__volatile__", "__atomic_*", "__sync_*", "__c11_atomic_*", "__builtin_*");

bool rules_same_everywhere(const char *name)
{
    bool reserved = name[0] == '_' && (name[1] == '_' || (name[1] >= 'A' && name[1] <= 'Z'));
    return !reserved || listed(language, name) || listed(macros, name);
}

// ---- names ----

static const char *const *const builtins =
    WORDS("__builtin_abs*", "__builtin_add_overflow*", "__builtin_align_*", "__builtin_alloca*",
          "__builtin_arm_*", "__builtin_assume*", "__builtin_bit*", "__builtin_bswap*",
          "__builtin_choose_expr", "__builtin_clz*", "__builtin_complex", "__builtin_constant_p",
          "__builtin_object_size", "__builtin_copysign*", "__builtin_creal*", "__builtin_cimag*",
          "__builtin_ctz*", "__builtin_debugtrap", "__builtin_expect*", "__builtin_fabs*",
          "__builtin_ffs*", "__builtin_flt_rounds", "__builtin_fma*", "__builtin_fmin*",
          "__builtin_fpclassify", "__builtin_free", "__builtin_huge_val*", "__builtin_ia32_pause",
          "__builtin_inf*", "__builtin_is*", "__builtin_labs", "__builtin_llabs",
          "__builtin_malloc", "__builtin_calloc", "__builtin_mem*", "__builtin_mul_overflow*",
          "__builtin_nan*", "__builtin_offsetof", "__builtin_parity*", "__builtin_popcount*",
          "__builtin_prefetch", "__builtin_printf", "__builtin_puts", "__builtin_putchar",
          "__builtin_realloc", "__builtin_rotate*", "__builtin_signbit*", "__builtin_sadd*",
          "__builtin_smul*", "__builtin_snprintf", "__builtin_sqrt*", "__builtin_ssub*",
          "__builtin_str*", "__builtin_sub_overflow*", "__builtin_trap",
          "__builtin_types_compatible_p", "__builtin_uadd*", "__builtin_umul*",
          "__builtin_unreachable", "__builtin_usub*", "__builtin_va_*", "__builtin_abort");

static const struct ban name_bans[] = {
    {WORDS("asm", "__asm", "__asm__"),
     "is inline assembly: ThreadSanitizer cannot see the memory that it touches, and Helgrind "
     "takes its orders through it, so nothing could be proved; write it in C (a pause in a spin "
     "loop is `sched_yield()`)"},
    {WORDS("__declspec"), "is an attribute that this compiler does not need; remove it"},
    {WORDS("__tsan_*", "__sanitizer_*", "__asan*", "__lsan_*", "__msan_*", "__ubsan_*",
           "__interceptor_*", "___interceptor_*", "AnnotateHappens*", "AnnotateIgnore*",
           "AnnotateBenign*", "AnnotateRW*", "AnnotateMutex*", "AnnotateCondVar*",
           "AnnotateEnable*", "AnnotatePublish*", "AnnotateUnpublish*", "AnnotateNew*",
           "AnnotateFlush*", "AnnotateExpect*", "AnnotatePCQ*", "AnnotateMemory*",
           "AnnotateThread*", "AnnotateTrace*", "AnnotateNoOp", "WTFAnnotate*",
           "ThreadSanitizerQuery"),
     "belongs to the sanitizers: with it a program could tell ThreadSanitizer what to think; "
     "remove it"},
    {WORDS("ANNOTATE_*", "VALGRIND_*", "RUNNING_ON_VALGRIND", "RunningOnValgrind",
           "ValgrindSlowdown", "_vgr*", "_vgw*", "I_WRAP_SONAME*", "I_REPLACE_SONAME*"),
     "speaks to Valgrind, and could tell it to look away; remove it"},
    {WORDS("RACELINGS*", "racelings_*", "rendezvous_*", "asleep_watch_me", "asleep_or_busy",
           "__wrap_*", "__real_*"),
     "belongs to the harness, which uses it to look at the program; remove it"},
    {WORDS("__libc_current_sigrt*"), NULL}, // SIGRTMIN, SIGRTMAX
    {WORDS("__libc_*"), "is internal to the C library; use the public function"},
    {NULL, NULL},
};

const char *rules_name_refused(const char *name)
{
    if (strncmp(name, "__builtin_", 10) == 0 && !listed(builtins, name))
        return "is a function inside the compiler that an answer has no use for, and that could "
               "look at the tools or at code that is not its own; remove it";
    return banned(name_bans, name);
}

// ---- attributes ----

static const char *const *const attributes =
    WORDS("acquire_*", "acquired_*", "aligned", "alloc_align", "alloc_size", "always_inline",
          "artificial", "assert_*", "assume_aligned", "capability", "cleanup", "cold", "const",
          "deprecated", "exclusive_*", "fallthrough", "flag_enum", "format", "format_arg",
          "gnu_inline", "guarded_*", "hot", "leaf", "lock_returned", "lockable", "locks_excluded",
          "malloc", "may_alias", "maybe_unused", "mode", "no_thread_safety_analysis", "nodiscard",
          "noinline", "nonnull", "nonstring", "noreturn", "nothrow", "overloadable", "packed",
          "pt_guarded_*", "pure", "release_*", "requires_*", "returns_nonnull", "returns_twice",
          "scoped_lockable", "sentinel", "shared_*", "transparent_union", "try_acquire_*",
          "unlock_function", "unused", "vector_size", "warn_unused_result");

static const struct ban attribute_bans[] = {
    {WORDS("no_sanitize*", "no_address_safety_analysis", "disable_sanitizer_instrumentation",
           "no_instrument_function", "no_profile*", "nodebug", "xray*", "no_stack_protector"),
     "takes this function out of ThreadSanitizer's sight, so nothing could be proved about it; "
     "remove it"},
    {WORDS("constructor", "destructor", "init_priority"),
     "runs code before the driver starts or after it has ended, where nothing is judged; do the "
     "work in a function that the driver calls"},
    {WORDS("section", "alias", "weak", "ifunc", "weakref", "weak_import", "used", "retain",
           "visibility", "selectany", "copy", "symver", "externally_visible", "tls_model"),
     "changes how the program is linked, which could put a function in the place of another; "
     "remove it"},
    {WORDS("naked", "optnone", "optimize", "target", "target_clones", "cpu_specific",
           "cpu_dispatch", "minsize", "noclone", "interrupt"),
     "has the compiler treat this function differently from the rest, so that what is judged "
     "would not be what was written; remove it"},
    {NULL, "is an attribute that an answer does not need; remove it"},
};

const char *rules_attribute_refused(const char *name)
{
    char plain[64];
    size_t length = strlen(name);
    if (length > 4 && length < sizeof plain && strncmp(name, "__", 2) == 0 &&
        strcmp(name + length - 2, "__") == 0) {
        memcpy(plain, name + 2, length - 4);
        plain[length - 4] = '\0';
        name = plain;
    }
    return listed(attributes, name) ? NULL : banned(attribute_bans, name);
}

// ---- object files ----

static const char *const *const sections =
    WORDS(".text", ".text.hot.*", ".text.unlikely.*", ".text.tsan.module_ctor", ".data", ".bss",
          ".rodata", ".rodata.*", ".data.rel*", ".tdata", ".tbss", ".comment", ".note.*",
          ".eh_frame", ".debug_*", ".rela.*", ".rel.*", ".symtab", ".symtab_shndx", ".strtab",
          ".shstrtab", ".llvm_addrsig", ".gcc_except_table", ".ARM.*", ".riscv.*");

bool rules_section_allowed(const char *name)
{
    return listed(sections, name);
}

// What clang calls of its own accord under -fsanitize=thread; not what tells ThreadSanitizer
// anything.
static const char *const *const instrumentation =
    WORDS("__tsan_init", "__tsan_func_entry", "__tsan_func_exit", "__tsan_read*", "__tsan_write*",
          "__tsan_unaligned_read*", "__tsan_unaligned_write*", "__tsan_volatile_*",
          "__tsan_unaligned_volatile_*", "__tsan_atomic*", "__tsan_memcpy", "__tsan_memmove",
          "__tsan_memset");

bool rules_symbol_instruments(const char *name)
{
    return listed(instrumentation, name);
}

static const char *const *const functions = WORDS(
    // POSIX threads; what ends a thread is in `thread_ends`
    "pthread_attr_destroy", "pthread_attr_get*", "pthread_attr_init", "pthread_attr_setdetachstate",
    "pthread_attr_setguardsize", "pthread_attr_setstacksize", "pthread_barrier_*",
    "pthread_barrierattr_*", "pthread_clockjoin_np", "pthread_cond_*", "pthread_condattr_*",
    "pthread_create", "pthread_detach", "pthread_equal", "pthread_getspecific", "pthread_join",
    "pthread_key_*", "pthread_mutex_*", "pthread_mutexattr_*", "pthread_once", "pthread_rwlock_*",
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
    "reallocarray", "mem*", "bcmp", "bcopy", "bzero", "explicit_bzero", "ffs", "ffsl", "ffsll",
    "index", "rindex", "stpcpy", "stpncpy", "str*", "wcs*", "wmem*", "__strtok_r", "__rawmemchr",
    "is*", "tolower", "toupper", "tow*", "__ctype_b_loc", "__ctype_tolower_loc",
    "__ctype_toupper_loc", "htonl", "htons", "ntohl", "ntohs", "inet_ntop", "inet_pton",
    "__libc_current_sigrt*",
    // numbers
    "abs", "atof", "atoi", "atol", "atoll", "div", "imaxabs", "imaxdiv", "labs", "ldiv", "llabs",
    "lldiv", "bsearch", "qsort", "qsort_r", "drand48", "drand48_r", "erand48", "jrand48", "lrand48",
    "mrand48", "nrand48", "rand", "rand_r", "random", "random_r", "initstate", "initstate_r",
    "seed48", "setstate", "srand", "srand48", "srandom", "srandom_r", "__isoc23_strto*",
    "__isoc99_sscanf", "__isoc99_vsscanf", "__isoc23_sscanf", "__isoc23_vsscanf",
    // time
    "asctime*", "clock", "clock_getres", "clock_gettime", "clock_nanosleep", "ctime*", "difftime",
    "getpid", "gettid", "gettimeofday", "gmtime*", "localtime*", "mktime", "nanosleep", "sleep",
    "time", "timegm", "timespec_get", "timespec_getres", "usleep", "get_nprocs", "sysconf",
    // output, to the program's own standard streams
    "asprintf", "clearerr", "feof", "ferror", "fflush", "flockfile", "fprintf", "fputc",
    "fputc_unlocked", "fputs", "fputs_unlocked", "ftrylockfile", "funlockfile", "fwrite",
    "fwrite_unlocked", "perror", "printf", "psignal", "putc", "putc_unlocked", "putchar",
    "putchar_unlocked", "puts", "setbuf", "setlinebuf", "setvbuf", "snprintf", "sprintf", "sscanf",
    "stderr", "stdout", "vasprintf", "vfprintf", "vprintf", "vsnprintf", "vsprintf", "vsscanf",
    "abort", "__assert", "__assert_fail", "__assert_perror_fail", "__errno_location",
    "__xpg_strerror_r",
    // what the compiler calls of its own accord
    "_GLOBAL_OFFSET_TABLE_", "__tls_get_addr", "__stack_chk_fail", "__stack_chk_guard",
    "__atomic_*", "__sync_*", "__divti3", "__modti3", "__muloti4", "__mulodi4", "__mulosi4",
    "__multi3", "__udivmodti4", "__divmodti4", "__udivti3", "__umodti3", "__ashlti3", "__ashrti3",
    "__lshrti3", "__popcountdi2", "__popcountti2", "__powidf2", "__powisf2", "__powixf2",
    "__muldc3", "__mulsc3", "__mulxc3", "__divdc3", "__divsc3", "__divxc3", "__fix*", "__float*",
    "__addtf3", "__subtf3", "__multf3", "__divtf3", "__extend*", "__trunc*", "__eqtf2", "__netf2",
    "__getf2", "__gttf2", "__letf2", "__lttf2", "__unordtf2", "__sched_cpucount");

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
    if (listed(mathematics, name))
        return true;
    if (length < 2 || length >= sizeof shorter || !strchr("fl", name[length - 1]))
        return false;
    memcpy(shorter, name, length - 1);
    shorter[length - 1] = '\0';
    return listed(mathematics, shorter);
}

static const char *const *const thread_ends = WORDS("pthread_exit", "thrd_exit", "pthread_cancel");

static const struct ban symbol_bans[] = {
    {WORDS("pthread_mutexattr_setprotocol", "pthread_mutexattr_setprioceiling",
           "pthread_mutex_setprioceiling", "pthread_setaffinity_np", "pthread_attr_setaffinity_np",
           "pthread_setschedparam", "pthread_setschedprio", "pthread_attr_setsched*",
           "pthread_attr_setinheritsched", "pthread_setconcurrency", "pthread_setattr_default_np",
           "sched_set*", "setpriority", "nice"),
     "meddles with the order in which threads run, and a race that merely cannot show is still "
     "there; order the accesses instead"},
    {WORDS("exit", "_exit", "_Exit", "quick_exit", "__assert_fail_base", "err", "errx", "verr*",
           "error", "error_at_line"),
     "ends the program before the driver has counted; return to the driver instead"},
    {WORDS("atexit", "on_exit", "at_quick_exit", "__cxa_*", "pthread_atfork", "__register_atfork"),
     "runs code after the driver has ended, where nothing is judged; do the work in a function "
     "that the driver calls"},
    {WORDS("getenv", "secure_getenv", "__secure_getenv", "environ", "__environ", "_environ",
           "setenv", "putenv", "unsetenv", "clearenv", "getauxval", "program_invocation*",
           "__progname*", "dl_iterate_phdr", "_dl_*", "_r_debug", "backtrace*", "getrusage",
           "mincore", "mallinfo*", "malloc_info", "mallopt"),
     "looks at the environment or at the process itself, which tells what tool is looking, and a "
     "program must be the same whoever looks; remove it"},
    {WORDS("fork", "_Fork", "vfork", "clone", "__clone", "exec*", "fexecve", "system", "popen",
           "posix_spawn*", "wait*", "daemon", "setsid", "unshare", "setns", "wordexp"),
     "starts another program or process, and the judges look at this one only; use threads"},
    {WORDS("dl*", "__libc_dl*", "_dlerror*"),
     "looks up functions by their names, past the inspection; call what you need directly"},
    {WORDS("syscall", "ptrace", "prctl", "arch_prctl", "process_vm_*", "mmap*", "munmap",
           "mprotect", "mremap", "remap_file_pages", "madvise", "mlock*", "memfd_create", "pkey_*",
           "brk", "sbrk", "personality", "userfaultfd", "perf_event_open", "io_*", "membarrier"),
     "speaks to the operating system behind the judges' backs; an answer needs only memory from "
     "`malloc` and the threads library"},
    {WORDS("signal", "sigaction", "sig*", "bsd_signal", "sysv_signal", "ssignal", "raise", "kill",
           "killpg", "tgkill", "tkill", "gsignal", "pthread_kill", "pthread_sigmask",
           "pthread_sigqueue", "alarm", "ualarm", "setitimer", "timer_*", "longjmp", "_longjmp",
           "siglongjmp", "__longjmp_chk", "setjmp", "_setjmp", "pause"),
     "takes control away from the driver or from the judges, which use signals themselves; let "
     "functions return, and threads tell each other with a lock and a condition variable"},
    {WORDS("open*", "creat*", "fopen*", "freopen*", "fdopen*", "tmpfile*", "mkstemp*", "mkostemp*",
           "mkdtemp", "mktemp", "tmpnam*", "tempnam", "close*", "fclose", "fcloseall", "read*",
           "write*", "pread*", "pwrite*", "sendfile*", "splice", "tee", "copy_file_range", "dup",
           "dup2", "dup3", "fcntl*", "ioctl", "lseek*", "pipe*", "dprintf", "vdprintf", "remove",
           "unlink*", "rename*", "link*", "symlink*", "mkfifo*", "mknod*", "mkdir*", "rmdir",
           "truncate*", "ftruncate*", "stat*", "fstat*", "lstat*", "access", "faccessat", "chdir",
           "chmod", "chown", "chroot", "mount", "getc*", "fgetc", "fgets", "fgetws", "gets",
           "fread", "fscanf", "scanf", "__isoc99_scanf", "__isoc99_fscanf", "__isoc23_scanf",
           "__isoc23_fscanf", "getdelim", "getline", "stdin", "shm_*", "shm*", "sem_open",
           "sem_close", "sem_unlink", "mq_*", "msg*", "semop", "semget", "semctl", "eventfd*",
           "epoll_*", "inotify_*", "ftw*", "nftw*", "glob*", "scandir*"),
     "reaches for files or for another descriptor than the program's output, among which are the "
     "judges' reports; an answer needs only memory and its threads"},
    {WORDS("socket*", "bind", "connect", "listen", "accept*", "send*", "recv*", "getaddrinfo",
           "gethost*", "getsockname", "getsockopt", "setsockopt", "getpeername", "shutdown", "poll",
           "ppoll", "select", "pselect"),
     "reaches for the network or waits for descriptors, which this exercise leaves to its driver; "
     "remove it"},
    {NULL, NULL},
};

bool rules_symbol_allowed(const char *name)
{
    return (listed(functions, name) || is_mathematics(name) || listed(thread_ends, name)) &&
           !rules_symbol_refused(name);
}

const char *rules_symbol_refused(const char *name)
{
    const char *reason = banned(symbol_bans, name);
    return reason ? reason : rules_name_refused(name);
}

static const char *const *const archived =
    WORDS("atexit", "at_quick_exit", "pthread_atfork", "stat", "lstat", "fstat", "mknod");

bool rules_symbol_reserved(const char *name)
{
    return name[0] == '_' || listed(archived, name);
}

bool rules_symbol_ends_thread(const char *name)
{
    return listed(thread_ends, name);
}
