// The third look: what the compiled file uses and defines, and where its code and data lie.
#include "base/text.h"
#include "objects.h"
#include "tamper_calls.h"
#include "tamper_looks.h"
#include "tamper_rules.h"

#include <dlfcn.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <talloc.h>

enum { REFUSED_ENOUGH = 1000 }; // symbols: to find the line of each takes time

static void *libraries[2];

static void open_libraries(void)
{
    libraries[0] = dlopen("libc.so.6", RTLD_LAZY);
    libraries[1] = dlopen("libm.so.6", RTLD_LAZY);
}

// Whether the C library has it.
static bool in_library(const char *name)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, open_libraries);
    for (size_t i = 0; i < sizeof libraries / sizeof libraries[0]; i++)
        if (libraries[i] && dlsym(libraries[i], name))
            return true;
    return false;
}

// The library's own spelling of a function, without what its headers put before it.
static const char *plain_name(const char *name)
{
    static const char *const prefixes[] = {"__isoc99_", "__isoc23_"};
    for (size_t i = 0; i < sizeof prefixes / sizeof prefixes[0]; i++)
        if (strncmp(name, prefixes[i], strlen(prefixes[i])) == 0)
            return name + strlen(prefixes[i]);
    return name;
}

// The line where the name first stands in the file, but for an #include; 0 if it does not, as when
// a macro puts it together.
static int line_of(const struct file *file, const char *name)
{
    const struct token *all = file->tokens->all;
    for (size_t i = 0; i < file->tokens->count; i++) {
        if (token_is(&all[i], name))
            return all[i].line;
        if (all[i].first && token_is_sign(&all[i], '#') && i + 1 < file->tokens->count &&
            token_is(&all[i + 1], "include"))
            i = tokens_directive_end(file->tokens, i) - 1;
    }
    return 0;
}

static void refuse_symbol(struct look *look, const struct file *file, const char *name,
                          const struct rule *rule)
{
    name = plain_name(name);
    refuse(look, file, line_of(file, name), rule->weight, "`%s` %s.",
           quoted(look, name, strlen(name)), rule->reason);
}

static bool uses(const struct object *object, const char *name)
{
    for (size_t i = 0; i < object->count; i++)
        if (!object->symbols[i].defined && strcmp(object->symbols[i].name, name) == 0)
            return true;
    return false;
}

// The rule against a name that somebody else must define. One that nobody defines is for the linker
// to say.
static const struct rule *use_rule(const struct look *look, const struct object *object,
                                   const char *name)
{
    bool library = in_library(name) || calls_reserved(name);
    if (calls_instruments(name))
        return NULL; // the compiler's call: the text has been looked at for the student's own
    if (list_has(look->exercise->allow, name) || (!library && list_has(look->provided, name)))
        return NULL;
    const struct rule *rule = library ? calls_use(name) : calls_undefined(name);
    if (rule)
        return rule;
    if (calls_end_thread(name) && !uses(object, "pthread_create") && !uses(object, "thrd_create"))
        return &rule_ends_thread;
    return !library && list_has(look->drivers, name) ? &rule_driver_name : NULL;
}

// The rule against a name that the file defines for all. That of main is the linker's to say: it is
// there twice.
static const struct rule *definition_rule(const struct look *look, const char *name)
{
    if (strcmp(name, "main") == 0)
        return NULL;
    return calls_definition(name, in_library(name), list_has(look->drivers, name));
}

// Whether it is refused.
static bool check_symbol(struct look *look, const struct file *file, const struct object *object,
                         const struct symbol *symbol)
{
    const struct rule *rule = NULL;
    if (symbol->weak && strcmp(symbol->name, "__pthread_unwind_next") != 0)
        rule = rules_attribute("weak");
    else if (symbol->indirect)
        rule = rules_attribute("ifunc");
    else if (!symbol->defined)
        rule = use_rule(look, object, symbol->name);
    else if (symbol->exported)
        rule = definition_rule(look, symbol->name);
    if (!rule || !symbol->name[0])
        return false;
    refuse_symbol(look, file, symbol->name, rule);
    return true;
}

static int compare_symbols(const void *left, const void *right)
{
    const struct symbol *a = left, *b = right;
    if (a->section != b->section)
        return a->section < b->section ? -1 : 1;
    return a->value < b->value ? -1 : a->value > b->value;
}

// Two names for one function or variable.
static void check_aliases(struct look *look, const struct file *file, struct object *object)
{
    const struct symbol *last = NULL;
    if (object->count)
        qsort(object->symbols, object->count, sizeof *object->symbols, compare_symbols);
    for (size_t i = 0; i < object->count; i++) {
        const struct symbol *symbol = &object->symbols[i];
        if (!symbol->defined || !symbol->code || !symbol->size)
            continue;
        if (last && compare_symbols(last, symbol) == 0)
            refuse_symbol(look, file, symbol->name, rules_attribute("alias"));
        last = symbol;
    }
}

// Whether a section is the one by which the compiler's own instrumentation begins, and nothing else
// does: it holds a single address.
static bool begins_instrumentation(const struct object *object, const struct section *section)
{
    if (strcmp(section->name, ".init_array.0") != 0 || section->size != sizeof(uint64_t))
        return false;
    for (size_t i = 0; i < object->count; i++)
        if (strcmp(object->symbols[i].name, "tsan.module_ctor") == 0)
            return object->symbols[i].defined;
    return false;
}

static void check_sections(struct look *look, const struct file *file, const struct object *object)
{
    for (size_t i = 0; i < object->section_count; i++) {
        const struct section *section = &object->sections[i];
        if (!calls_section_allowed(section->name) && !begins_instrumentation(object, section))
            refuse(look, file, 0, WEIGHT_NOT_ALLOWED,
                   "Something in this file lies in the section `%s`, which %s.",
                   quoted(look, section->name, strlen(section->name)),
                   rules_attribute("section")->reason);
    }
}

bool check_object(struct look *look, const struct file *file, const struct build *build)
{
    size_t size;
    char *bytes = made_read(look, file, build_object(build, file->number), OBJECT_LIMIT, &size);
    struct object *object = bytes ? object_read(look->scratch, bytes, size, look->problem) : NULL;
    if (!object)
        return !bytes && look->where;
    check_sections(look, file, object);
    size_t refused = 0;
    for (size_t i = 0; i < object->count && refused < REFUSED_ENOUGH; i++)
        refused += check_symbol(look, file, object, &object->symbols[i]);
    check_aliases(look, file, object);
    return true;
}
