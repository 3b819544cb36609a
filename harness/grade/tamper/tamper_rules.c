// The tables. To allow or refuse something, edit a table here; tests/grade/test_tamper.c tries
// every kind of it.
#include "tamper_rules.h"

#include <stddef.h>
#include <string.h>

// ---- headers ----

static const struct rule headers[] = {
    {WORDS("valgrind/*", "sanitizer/*", "helgrind.h", "drd.h", "memcheck.h", "valgrind.h"),
     WEIGHT_TAMPERING,
     "speaks to the tool that judges the program, and could tell it to look away; remove it"},
    {WORDS("/etc/*", "/proc/*", "/dev/*", "/sys/*", "/root/*", "/var/*"), WEIGHT_TAMPERING,
     "reads a file of the machine that judges; include the exercise's own headers by their plain "
     "names"},
    {NULL, WEIGHT_NOT_ALLOWED, NULL},
};

static const struct rule leads_out = {
    NULL, WEIGHT_NOT_ALLOWED,
    "leads out of the exercise's folder; include the exercise's own headers by their plain names"};

static const struct rule solution = {
    NULL, WEIGHT_TAMPERING, "reaches for the course's own solutions; write the answer yourself"};

const struct rule rule_foreign_file = {
    NULL, WEIGHT_NOT_ALLOWED,
    "is neither a header of the exercise nor one of the system's; put what you need from it into "
    "the file itself"};

const struct rule *rules_header(const char *name)
{
    const struct rule *rule = words_rule(headers, name);
    if (!rule && strstr(name, "solutions/"))
        rule = &solution;
    if (!rule && (name[0] == '/' || strstr(name, "..")))
        rule = &leads_out;
    return rule;
}

// ---- the preprocessor ----

static const struct rule directives[] = {
    {WORDS("line"), WEIGHT_NOT_ALLOWED, "falsifies the places that reports name; remove it"},
    {WORDS("include_next", "import", "embed", "__include_macros"), WEIGHT_NOT_ALLOWED,
     "reads files in a way that an answer does not need; use `#include`"},
    {NULL, WEIGHT_NOT_ALLOWED, NULL},
};

const struct rule *rules_directive(const char *name)
{
    return words_rule(directives, name);
}

const struct rule rule_line_marker = {NULL, WEIGHT_NOT_ALLOWED,
                                      "falsifies the places that reports name; remove it"};

// What changes nothing of how functions are compiled, and what this compiler passes over.
static const char *const *const pragmas =
    WORDS("STDC", "once", "pack", "region", "endregion", "mark", "message", "warning", "unroll",
          "nounroll", "push_macro", "pop_macro", "ivdep", "simd");
static const char *const *const pragma_spaces = WORDS("GCC", "clang");
static const char *const *const spaced =
    WORDS("diagnostic", "optimize", "push_options", "pop_options", "reset_options", "ivdep",
          "unroll", "poison", "loop", "warning", "error", "target");

static const struct rule pragma_rules[] = {
    {WORDS("weak", "redefine_extname", "clang attribute*", "clang section*", "GCC system_header*",
           "GCC dependency*"),
     WEIGHT_TAMPERING,
     "changes what the judges see of the program or how it is put together; remove it"},
    {WORDS("omp*"), WEIGHT_NOT_ALLOWED,
     "means nothing here, as programs are compiled without OpenMP, so that what is judged would not "
     "be what you mean; use threads"},
    {WORDS("*"), WEIGHT_NOT_ALLOWED,
     "can change how the compiler treats functions, and so what is judged; an answer needs only "
     "`STDC`, `once`, `pack` and `GCC diagnostic`, so remove it"},
    {NULL, WEIGHT_NOT_ALLOWED, NULL},
};

const struct rule *rules_pragma(const char *first, const char *second)
{
    char both[64];
    bool space = words_have(pragma_spaces, first);
    bool optimizes = strcmp(first, "clang") == 0 && strcmp(second, "optimize") == 0;
    if (!first[0] || words_have(pragmas, first) ||
        (space && !optimizes && words_have(spaced, second)))
        return NULL;
    size_t length = strlen(first) < 30 ? strlen(first) : 30;
    memcpy(both, first, length);
    both[length] = space ? ' ' : '\0';
    if (space) {
        size_t rest = strlen(second) < 30 ? strlen(second) : 30;
        memcpy(both + length + 1, second, rest);
        both[length + 1 + rest] = '\0';
    }
    return words_rule(pragma_rules, both);
}

// The tools' names, what only one judge's compiler would say yes to, and what depends on how much
// is optimised. What a compiler, a machine or a library is may be asked: it is the same for every
// judge, and whether all see the same text is looked at.
static const struct rule questions[] = {
    {WORDS("__has_feature", "__has_extension", "__SANITIZE_*", "RUNNING_ON_VALGRIND"),
     WEIGHT_TAMPERING,
     "asks which tool is looking, and a program must be the same whoever looks; remove it"},
    {WORDS("__OPTIMIZE__", "__OPTIMIZE_SIZE__", "__NO_INLINE__", "__PIC__", "__pic__", "__PIE__",
           "__pie__", "__SSP*", "__builtin_constant_p", "__builtin_object_size",
           "__builtin_dynamic_object_size", "__has_include_next", "__is_identifier",
           "__is_target_*", "__building_module"),
     WEIGHT_NOT_ALLOWED,
     "asks how the judges compile the file, and a program must be the same for all of them; remove "
     "it"},
    {NULL, WEIGHT_NOT_ALLOWED, NULL},
};

const struct rule *rules_question(const char *name)
{
    return words_rule(questions, name);
}

// What the compiler and the library define of the language and the machine.
static const char *const *const macros = WORDS(
    "__ANDROID__", "__APPLE__", "__ATOMIC_*", "__BIG_ENDIAN__", "__BYTE_ORDER__", "__CHAR_BIT__",
    "__CYGWIN__", "__FreeBSD__", "__GCC_ATOMIC_*", "__GCC_HAVE_SYNC_COMPARE_AND_SWAP_*",
    "__GLIBC_MINOR__", "__GLIBC__", "__GNUC_MINOR__", "__GNUC_PATCHLEVEL__", "__GNUC_STDC_INLINE__",
    "__GNUC__", "__GNU_LIBRARY__", "__INT_MAX__", "__LITTLE_ENDIAN__", "__LONG_MAX__", "__LP64__",
    "__MINGW32__", "__NetBSD__", "__ORDER_*", "__OpenBSD__", "__SIZEOF_*", "__STDC_*", "__STDC__",
    "__STRICT_ANSI__", "__USE_GNU", "__USE_XOPEN2K", "__WORDSIZE", "__aarch64__", "__amd64__",
    "__arm__", "__bool_true_false_are_defined", "__clang__", "__clang_major__", "__clang_minor__",
    "__cplusplus", "__gnu_linux__", "__has_attribute", "__has_builtin", "__has_c_attribute",
    "__has_include", "__i386__", "__linux", "__linux__", "__riscv", "__unix", "__unix__",
    "__x86_64", "__x86_64__");

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
    return !reserved || words_have(language, name) || words_have(macros, name);
}

// ---- names ----

static const char *const *const builtins = WORDS(
    "__builtin_abort", "__builtin_abs*", "__builtin_acos*", "__builtin_add_overflow*",
    "__builtin_align_*", "__builtin_alloca*", "__builtin_arm_*", "__builtin_asin*",
    "__builtin_assume*", "__builtin_atan*", "__builtin_bcmp", "__builtin_bit*", "__builtin_bswap*",
    "__builtin_bzero", "__builtin_calloc", "__builtin_cbrt*", "__builtin_ceil*",
    "__builtin_choose_expr", "__builtin_cimag*", "__builtin_classify_type", "__builtin_clz*",
    "__builtin_complex", "__builtin_constant_p", "__builtin_convertvector", "__builtin_copysign*",
    "__builtin_cos*", "__builtin_cpu_*", "__builtin_creal*", "__builtin_ctz*",
    "__builtin_debugtrap", "__builtin_dynamic_object_size", "__builtin_elementwise_*",
    "__builtin_exit", "__builtin_exp*", "__builtin_fabs*", "__builtin_fdim*", "__builtin_ffs*",
    "__builtin_floor*", "__builtin_flt_rounds", "__builtin_fma*", "__builtin_fmin*",
    "__builtin_fmod*", "__builtin_fpclassify", "__builtin_fprintf", "__builtin_free",
    "__builtin_FILE", "__builtin_FUNCTION", "__builtin_huge_val*", "__builtin_hypot*",
    "__builtin_ia32_*", "__builtin_index", "__builtin_inf*", "__builtin_is*", "__builtin_labs",
    "__builtin_LINE", "__builtin_llabs", "__builtin_llr*", "__builtin_log*", "__builtin_lr*",
    "__builtin_malloc", "__builtin_mem*", "__builtin_mul_overflow*", "__builtin_nan*",
    "__builtin_nearbyint*", "__builtin_nondeterministic_value", "__builtin_nontemporal_*",
    "__builtin_object_size", "__builtin_offsetof", "__builtin_parity*", "__builtin_popcount*",
    "__builtin_pow*", "__builtin_prefetch", "__builtin_printf", "__builtin_putchar",
    "__builtin_puts", "__builtin_readcyclecounter", "__builtin_realloc", "__builtin_reduce_*",
    "__builtin_rindex", "__builtin_rint*", "__builtin_rotate*", "__builtin_round*",
    "__builtin_sadd*", "__builtin_shuffle*", "__builtin_signbit*", "__builtin_sin*",
    "__builtin_smul*", "__builtin_snprintf", "__builtin_sprintf", "__builtin_sqrt*",
    "__builtin_ssub*", "__builtin_str*", "__builtin_sub_overflow*", "__builtin_tan*",
    "__builtin_trap", "__builtin_trunc*", "__builtin_types_compatible_p", "__builtin_uadd*",
    "__builtin_umul*", "__builtin_unpredictable", "__builtin_unreachable", "__builtin_usub*",
    "__builtin_va_*", "__builtin_vsnprintf", "__builtin_vsprintf");

static const struct rule inside_compiler = {
    NULL, WEIGHT_NOT_ALLOWED,
    "is a function inside the compiler that an answer has no use for, and that could look at the "
    "tools or at code that is not its own; remove it"};

static const struct rule names[] = {
    {WORDS("asm", "__asm", "__asm__"), WEIGHT_NOT_ALLOWED,
     "is inline assembly: ThreadSanitizer cannot see the memory that it touches, so nothing could "
     "be proved; write it in C (in a spin loop `asm volatile(\"pause\")` is fine)"},
    {WORDS("__tsan_*", "__sanitizer_*", "__asan*", "__lsan_*", "__msan_*", "__ubsan_*",
           "__interceptor_*", "___interceptor_*", "AnnotateHappens*", "AnnotateIgnore*",
           "AnnotateBenign*", "AnnotateRW*", "AnnotateMutex*", "AnnotateCondVar*",
           "AnnotateEnable*", "AnnotatePublish*", "AnnotateUnpublish*", "AnnotateNew*",
           "AnnotateFlush*", "AnnotateExpect*", "AnnotatePCQ*", "AnnotateMemory*",
           "AnnotateThread*", "AnnotateTrace*", "AnnotateNoOp", "WTFAnnotate*",
           "ThreadSanitizerQuery"),
     WEIGHT_TAMPERING,
     "belongs to the sanitizers: with it a program could tell ThreadSanitizer what to think; "
     "remove it"},
    {WORDS("ANNOTATE_*", "VALGRIND_*", "RUNNING_ON_VALGRIND", "RunningOnValgrind",
           "ValgrindSlowdown", "_vgr*", "_vgw*", "I_WRAP_SONAME*", "I_REPLACE_SONAME*"),
     WEIGHT_TAMPERING, "speaks to Valgrind, and could tell it to look away; remove it"},
    {WORDS("__wrap_*", "__real_*"), WEIGHT_TAMPERING,
     "belongs to the harness, which uses it to look at the program; remove it"},
    // ThreadSanitizer leaves such variables to whoever counts lines with them
    {WORDS("__llvm_*", "__profn_*", "__profd_*", "__profc_*"), WEIGHT_TAMPERING,
     "is a name that ThreadSanitizer does not look at; choose another"},
    {NULL, WEIGHT_NOT_ALLOWED, NULL},
};

static const struct rule internal = {NULL, WEIGHT_NOT_ALLOWED,
                                     "is internal to the C library; use the public function"};

const struct rule *rules_name(const char *name)
{
    bool real_time_signal = strncmp(name, "__libc_current_sigrt", 20) == 0; // SIGRTMIN, SIGRTMAX
    if (strncmp(name, "__libc_", 7) == 0 && !real_time_signal)
        return &internal;
    if (strncmp(name, "__builtin_", 10) == 0 && !words_have(builtins, name))
        return &inside_compiler;
    return words_rule(names, name);
}

// The C library's headers say these words, too: they count where an answer does.
static const struct rule own_names[] = {
    {WORDS("ucontext_t", "ucontext", "mcontext_t", "uc_mcontext", "gregset_t"), WEIGHT_NOT_ALLOWED,
     "are the registers of what a signal interrupts: with others it would go on elsewhere, past the "
     "driver's checks; let the handler return to where it was"},
    {NULL, WEIGHT_NOT_ALLOWED, NULL},
};

const struct rule *rules_own_name(const char *name)
{
    return words_rule(own_names, name);
}

// ---- attributes ----

static const char *const *const attributes = WORDS(
    "access", "acquire_*", "acquired_*", "aligned", "alloc_align", "alloc_size", "always_inline",
    "artificial", "assert_*", "assume_aligned", "capability", "cleanup", "cold", "common", "const",
    "counted_by", "deprecated", "diagnose_if", "error", "exclusive_*", "ext_vector_type",
    "fallthrough", "flag_enum", "flatten", "format", "format_arg", "gcc_struct", "gnu_inline",
    "guarded_*", "hot", "leaf", "likely", "lock_returned", "lockable", "locks_excluded", "malloc",
    "may_alias", "maybe_unused", "mode", "no_icf", "no_reorder", "no_thread_safety_analysis",
    "noclone", "nocommon", "nodiscard", "noinline", "noipa", "nonnull", "nonstring", "noreturn",
    "nothrow", "overloadable", "packed", "pt_guarded_*", "pure", "release_*", "reproducible",
    "requires_*", "returns_nonnull", "returns_twice", "scoped_lockable", "sentinel", "shared_*",
    "transparent_union", "try_acquire_*", "unavailable", "unlikely", "unlock_function",
    "unsequenced", "unused", "used", "vector_size", "warn_unused_result", "warning");

static const struct rule attribute_rules[] = {
    {WORDS("no_sanitize*", "no_address_safety_analysis", "disable_sanitizer_instrumentation",
           "no_instrument_function", "no_profile*", "nodebug", "xray*"),
     WEIGHT_TAMPERING,
     "takes this function out of ThreadSanitizer's sight, so nothing could be proved about it; "
     "remove it"},
    {WORDS("constructor", "destructor", "init_priority"), WEIGHT_NOT_ALLOWED,
     "runs code before the driver starts or after it has ended, where nothing is judged; do the "
     "work in a function that the driver calls"},
    {WORDS("ifunc", "weakref", "copy", "symver"), WEIGHT_TAMPERING,
     "puts a function in the place of another while the program is linked; remove it"},
    {WORDS("section", "alias", "weak", "weak_import", "retain", "visibility", "selectany",
           "externally_visible", "tls_model"),
     WEIGHT_NOT_ALLOWED,
     "changes how the program is linked, which could put a function in the place of another; "
     "remove it"},
    {WORDS("naked", "optnone", "optimize", "target", "target_clones", "cpu_specific",
           "cpu_dispatch", "minsize", "interrupt", "no_stack_protector"),
     WEIGHT_NOT_ALLOWED,
     "has the compiler treat this function differently from the rest, so that what is judged "
     "would not be what was written; remove it"},
    {WORDS("*"), WEIGHT_NOT_ALLOWED, "is an attribute that an answer does not need; remove it"},
    {NULL, WEIGHT_NOT_ALLOWED, NULL},
};

// What the compiler's own headers give the functions that stand for single instructions; and a weak
// function (<pthread.h> has one) comes to light in the object, if it is used.
static const char *const *const header_attributes =
    WORDS("align_value", "min_vector_width", "nodebug", "target", "weak");

// The name without the underscores that may stand around it, in `plain`.
static const char *bare(const char *name, char *plain, size_t room)
{
    size_t length = strlen(name);
    if (length <= 4 || length >= room || strncmp(name, "__", 2) != 0 ||
        strcmp(name + length - 2, "__") != 0)
        return name;
    memcpy(plain, name + 2, length - 4);
    plain[length - 4] = '\0';
    return plain;
}

const struct rule *rules_attribute(const char *name)
{
    char plain[64];
    name = bare(name, plain, sizeof plain);
    return words_have(attributes, name) ? NULL : words_rule(attribute_rules, name);
}

const struct rule *rules_header_attribute(const char *name)
{
    char plain[64];
    return words_have(header_attributes, bare(name, plain, sizeof plain)) ? NULL
                                                                          : rules_attribute(name);
}
