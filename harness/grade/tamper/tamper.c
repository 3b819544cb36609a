// Looks at each file, each at what the one before cannot see:
//
//     tamper_source.c    the file as it stands: what it includes, which conditions and pragmas it
//                        has; not where the preprocessor skips them (tamper_dropped.c)
//     tamper_text.c      after preprocessing: names and attributes, also those that macros put
//                        together; and whether it is the same under every judge
//     tamper_object.c    the object: what it calls, defines or replaces, and where code lies
//     tamper_sizes.c     its accesses to memory: whether ThreadSanitizer sees them
//
// What the second and third look at is what is judged: each judge's own object, which is linked
// afterwards, and the text that it was compiled from. So only the first depends on how well our
// lexer agrees with clang, and what that one says of #include is checked again by the files that
// clang says it read.
//
// A file that the first look refuses is not compiled. Of several refusals tampering counts before
// what is merely not allowed, and then the first line's.
#include "tamper.h"

#include "base/files.h"
#include "base/text.h"
#include "tamper_looks.h"

#include <string.h>
#include <talloc.h>
#include <unistd.h>

enum { SOURCE_LIMIT = 1 << 20 };

// ---- the files ----

static bool ends_in(const char *name, const char *end)
{
    size_t length = strlen(name), tail = strlen(end);
    return length > tail && strcmp(name + length - tail, end) == 0;
}

// Adds the names in a file of the course to `names`.
static bool learn_names(const struct look *look, const char *file, const char ***names)
{
    const char *path = path_join(look->scratch, look->exercise->folder, file);
    char *bytes =
        file_read(look->scratch, look->sources->root, path, SOURCE_LIMIT, NULL, look->problem);
    struct tokens *tokens = bytes ? tokens_read(look->scratch, bytes, strlen(bytes)) : NULL;
    for (size_t i = 0; tokens && i < tokens->count; i++)
        if (tokens->all[i].kind == TOKEN_NAME)
            list_add(names, token_text(look->scratch, &tokens->all[i]));
    return tokens != NULL;
}

// What the course's own files in the exercise's folder offer.
static bool learn_course(struct look *look)
{
    const struct exercise *exercise = look->exercise;
    char **names = folder_list(look->scratch, look->sources->root, exercise->folder, look->problem);
    look->headers = list_new(look->scratch);
    look->provided = list_new(look->scratch);
    look->drivers = list_new(look->scratch);
    for (size_t i = 0; names && names[i]; i++) {
        bool header = ends_in(names[i], ".h"), own = list_has(exercise->edit, names[i]);
        if (header)
            list_add(&look->headers, names[i]);
        if (!own && (header || list_has(exercise->sources, names[i])) &&
            !learn_names(look, names[i], header ? &look->provided : &look->drivers))
            return false;
    }
    return names != NULL;
}

// Where a file is in the sources' list.
static size_t number_of(const struct sources *sources, const char *path)
{
    for (size_t i = 0; sources->files[i]; i++)
        if (strcmp(sources->files[i], path) == 0)
            return i;
    return NO_NUMBER;
}

// Where the file is: in the exercise's folder, or the one that is judged in its place.
static const char *path_of(const struct look *look, const char *name)
{
    const char *const *files = look->sources->files;
    const char *path = path_join(look->scratch, look->exercise->folder, name);
    bool replaced = number_of(look->sources, path) == NO_NUMBER && ends_in(name, ".c");
    return replaced && files[0] && !files[1] ? files[0] : path;
}

static bool read_files(struct look *look)
{
    look->count = list_count(look->exercise->edit);
    look->files = talloc_zero_array(look->scratch, struct file, (unsigned)look->count);
    for (size_t i = 0; i < look->count; i++) {
        struct file *file = &look->files[i];
        size_t size;
        file->name = look->exercise->edit[i];
        file->path = path_of(look, file->name);
        file->number = number_of(look->sources, file->path);
        const char *root = file->path[0] == '/' ? NULL : look->sources->root;
        char *bytes =
            file_read(look->scratch, root, file->path, SOURCE_LIMIT, &size, look->problem);
        if (!bytes)
            return false;
        file->tokens = tokens_read(look->scratch, bytes, strlen(bytes));
        if (strlen(bytes) < size)
            refuse(
                look, file, 0, WEIGHT_NOT_ALLOWED,
                "The file holds a NUL byte, behind which text could hide; save it as plain text.");
    }
    return true;
}

// ---- what was compiled ----

// The second and third look at one judge's build. False if the harness failed.
static bool check_build(struct look *look, const struct build *build)
{
    for (size_t i = 0; i < look->count; i++) {
        struct file *file = &look->files[i];
        if (file->number == NO_NUMBER)
            continue; // a header: seen where it is included
        if (access(build_text(build, file->number), R_OK) == 0 && !check_text(look, file, build))
            return false;
        if (build->ending == BUILD_DONE && !check_object(look, file, build))
            return false;
    }
    return true;
}

static void refuse_unseen(struct look *look)
{
    refuse(look, look->files, 0, WEIGHT_NOT_ALLOWED,
           "The compiler does not get through this file within the time and memory that the "
           "inspection has, or not for every judge, so that it cannot be seen what the file does; "
           "make it simpler.");
}

// Looks at what was compiled for one judge. False if the harness or the compiler failed.
static bool check_judge(struct look *look, const struct build *build)
{
    if (build->ending == BUILD_FAILED)
        return problem_set(look->problem, "%s cannot be inspected: %s", look->files->name,
                           build->first);
    if (!check_build(look, build))
        return false;
    if (build->ending == BUILD_EXCEEDED || build->ending == BUILD_CRASHED)
        refuse_unseen(look);
    return true;
}

static void check_sources(struct look *look)
{
    for (size_t i = 0; i < look->count; i++)
        check_source(look, &look->files[i]);
}

// The first look. It is taken once more where what it refuses may be left out by the preprocessor.
static void look_at_sources(struct look *look, const struct subject *subject)
{
    bool known = look->where != NULL; // a NUL byte
    check_sources(look);
    if (known)
        return;
    for (size_t i = 0; look->where && look->line && i < look->count; i++) {
        learn_dropped(look, subject, &look->files[i]);
        known |= look->files[i].dropped != NULL;
    }
    if (!known)
        return;
    look->where = NULL;
    look->pastes = look->pieces = look->doubtful = false;
    TALLOC_FREE(look->reason);
    check_sources(look);
}

// Compiles for those judges for whom it is not done yet. `builds` are by judge.
static void compile_missing(void *context, const struct subject *subject, struct build **builds)
{
    struct build **missing = judge_no_builds(context);
    size_t count = 0;
    for (size_t i = 0; detectors[i]; i++)
        if (!builds[i])
            missing[count++] = builds[i] = judge_begin_build(context, subject, detectors[i]);
    if (count > 0)
        judge_compile_all(subject, missing, count, true);
    talloc_free(missing);
}

static enum inspection inspect(struct look *look, void *context, const struct subject *subject,
                               struct build **builds)
{
    if (!learn_course(look) || !read_files(look))
        return INSPECTION_FAILED;
    look_at_sources(look, subject);
    size_t judges = 0, rejected = 0;
    if (!look->where)
        compile_missing(context, subject, builds);
    for (; !look->where && detectors[judges]; judges++) {
        struct build *build = builds[judges];
        if (!judge_inspect_build(subject, build, look->problem))
            return INSPECTION_FAILED;
        rejected += build->ending == BUILD_REJECTED;
        if (!check_judge(look, build))
            return INSPECTION_FAILED;
    }
    if (rejected && rejected < judges)
        refuse_unseen(look); // one that any of them takes would run without all having been seen
    if (!look->where && !rejected && !check_sizes(look, builds))
        return INSPECTION_FAILED;
    if (look->where)
        return look->weight == WEIGHT_TAMPERING ? INSPECTION_REFUSED : INSPECTION_NOT_ALLOWED;
    return rejected ? INSPECTION_NOT_C : INSPECTION_FINE;
}

enum inspection tamper_inspect(void *context, const struct subject *subject, struct build **builds,
                               struct refusal *refusal, struct problem *problem)
{
    struct look look = {
        .scratch = talloc_new(context),
        .exercise = subject->exercise,
        .sources = &subject->sources,
        .problem = problem,
    };
    enum inspection inspection = inspect(&look, context, subject, builds);
    if (inspection == INSPECTION_REFUSED || inspection == INSPECTION_NOT_ALLOWED)
        *refusal = (struct refusal){
            .file = talloc_strdup(context, look.where->name),
            .line = look.line,
            .reason = talloc_strdup(context, look.reason),
        };
    talloc_free(look.scratch);
    return inspection;
}
