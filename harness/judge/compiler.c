#include "compiler.h"

#include "base/text.h"
#include "toolchain.h"

#include <string.h>
#include <sys/stat.h>
#include <talloc.h>
#include <unistd.h>

const char **compiler_course_files(const void *context, const struct recipe *recipe,
                                   const struct sources *sources)
{
    const char **files = list_new(context);
    if (sources->course)
        list_add_all(&files, sources->course);
    if (recipe->scenes && sources->scenes)
        list_add(&files, sources->scenes);
    return files;
}

const char *const *compiler_course_renames(const struct recipe *recipe,
                                           const struct sources *sources, const char *file)
{
    bool scenes = sources->scenes && strcmp(file, sources->scenes) == 0;
    return scenes ? NULL : recipe->rename_course;
}

// The judges compile one after the other: a program that says when it was compiled is still one
// text.
static const char *const no_time[] = {"-Wno-builtin-macro-redefined", "-D__DATE__=\"Jan  1 1970\"",
                                      "-D__TIME__=\"00:00:00\"",
                                      "-D__TIMESTAMP__=\"Thu Jan  1 00:00:00 1970\"", NULL};

// clang tells of no access to a local variable whose address the function keeps to itself. Before
// version 21 it asks that of the address of `local.member`, which is kept even if `&local` is given
// away: what main does to a structure on its stack, which its threads know, would not be told. If
// no use of an address may be looked at, each counts as given away. Programs of one's own often
// keep in main all that they share; those of the course do not, and take less time without.
static const char *const all_locals[] = {"-mllvm", "-capture-tracking-max-uses-to-explore=0", NULL};

// The compiler with all that says what a file means, but not what to make of it.
static const char **compiler_of(const void *context, const struct recipe *recipe,
                                const struct sources *sources, const char *file)
{
    const char **argv = list_new(context);
    list_add(&argv, recipe->compiler);
    list_add_all(&argv, recipe->flags);
    if (recipe->instrumented && !sources->course)
        list_add_all(&argv, all_locals);
    // The root itself, where it is compiled, and what lies below it; not its neighbour ROOT-2.
    list_add(&argv, "-fdebug-compilation-dir=.");
    list_add(&argv, talloc_asprintf(argv, "-ffile-prefix-map=%s/=./", sources->root));
    list_add_all(&argv, no_time);
    if (sources->include)
        list_add(&argv, talloc_asprintf(argv, "-I%s", sources->include));
    if (sources->flags)
        list_add_all(&argv, sources->flags);
    if (recipe->through) {
        // The name is relative to the root; what is found from there is called "./NAME".
        list_add(&argv, "-iquote.");
        list_add(&argv, "-ffile-prefix-map=./=");
        list_add(&argv, talloc_asprintf(argv, "-DRACELINGS_SOURCE=\"%s\"", file));
    }
    return argv;
}

// What is handed to the compiler for `file`: that, or the file that includes it. A name with a
// quotation mark cannot be included.
static const char *source_of(const struct recipe *recipe, const char *file)
{
    return recipe->through && !strchr(file, '"') ? recipe->through[0] : file;
}

static const char **to(const char **argv, const char *output)
{
    list_add(&argv, "-o");
    list_add(&argv, output);
    return argv;
}

const char **compiler_compile(const void *context, const struct recipe *recipe,
                              const struct sources *sources, const char *file, const char *output)
{
    const char **argv = compiler_of(context, recipe, sources, file);
    list_add(&argv, "-c");
    list_add(&argv, source_of(recipe, file));
    return to(argv, output);
}

const char **compiler_preprocess(const void *context, const struct recipe *recipe,
                                 const struct sources *sources, const char *file,
                                 const char *output)
{
    const char **argv = compiler_of(context, recipe, sources, file);
    list_add(&argv, "-w"); // the compilation itself warns
    list_add(&argv, "-E");
    list_add(&argv, source_of(recipe, file));
    return to(argv, output);
}

const char **compiler_intermediate(const void *context, const struct recipe *recipe,
                                   const struct sources *sources, const char *file,
                                   const char *output)
{
    const char **argv = compiler_of(context, recipe, sources, file);
    list_add_all(&argv, recipe->intermediate);
    list_add(&argv, "-w");
    list_add(&argv, source_of(recipe, file));
    return to(argv, output);
}

const char **compiler_rename(const void *context, const char *const *options, const char *object)
{
    const char **argv = list_new(context);
    list_add(&argv, TOOLCHAIN_OBJCOPY);
    list_add_all(&argv, options);
    list_add(&argv, object);
    return argv;
}

const char **compiler_link(const void *context, const struct recipe *recipe,
                           const char *const *objects, const char *output)
{
    const char **argv = list_new(context);
    list_add(&argv, recipe->compiler);
    list_add_all(&argv, recipe->link);
    list_add_all(&argv, objects);
    list_add_all(&argv, recipe->objects);
    // Only where it is called: valgrind takes a sixth of a short run to read what is known of it.
    list_add_all(&argv, (const char *const[]){"-Wl,--as-needed", "-lm", NULL});
    return to(argv, output);
}

// Whether the recipe's compiler is the one that CMake asked how it links, and tried.
static bool is_known(const struct recipe *recipe)
{
    struct stat status;
    return stat(recipe->compiler, &status) == 0 && status.st_size == TOOLCHAIN_CLANG_SIZE &&
           status.st_mtim.tv_sec == TOOLCHAIN_CLANG_CHANGED;
}

static void add_group(const char ***argv, const struct line_group *group)
{
    if (group->into) {
        list_add(argv, "--into");
        list_add(argv, group->into);
    }
    for (size_t i = 0; group->lines[i]; i++) {
        if (i > 0)
            list_add(argv, "--then");
        list_add_all(argv, group->lines[i] + 1);
    }
}

const char *compiler_preload(const void *context, const struct recipe *recipe)
{
    const char *library = toolchain_one_start[0];
    if (!library || access(library, R_OK) != 0 || !is_known(recipe))
        return NULL;
    return talloc_asprintf(context, "LD_PRELOAD=%s", library);
}

const char **compiler_one_start(const void *context, const struct recipe *recipe, int seconds,
                                const struct line_group *groups, size_t count)
{
    const char *preload = compiler_preload(context, recipe);
    if (!preload)
        return NULL;
    const char **argv = list_new(context);
    list_add(&argv, "env"); // what confines the compiler is to start without
    list_add(&argv, preload);
    list_add(&argv, recipe->compiler);
    list_add(&argv, talloc_asprintf(argv, "%d", seconds));
    for (size_t i = 0; i < count; i++)
        add_group(&argv, &groups[i]);
    return argv;
}

const char **compiler_link_directly(const void *context, const struct recipe *recipe,
                                    const char *const *objects, const char *output)
{
    if (!recipe->linker[0] || !is_known(recipe))
        return NULL;
    const char **argv = list_new(context);
    for (const char *const *word = recipe->linker; *word; word++)
        if (strcmp(*word, "OBJECTS") == 0) {
            list_add_all(&argv, objects);
            list_add_all(&argv, recipe->objects);
        } else if (strcmp(*word, "PROGRAM") == 0) {
            list_add(&argv, output);
        } else if ((*word)[0] == '/' && access(*word, F_OK) != 0) {
            return NULL; // the libraries have moved
        } else {
            list_add(&argv, *word);
        }
    return argv;
}
