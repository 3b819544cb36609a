#include "given.h"

#include "base/files.h"
#include "base/text.h"
#include "plain_text.h"

#include <string.h>
#include <talloc.h>

enum { ORIGINAL_LIMIT = 4 << 20 };

struct original {
    const struct exercise *exercise;
    const char *name, *text;
};

struct given {
    struct original *all;
    size_t count;
};

// The text without what editors and transport change; NULL: it is none.
static char *text_of(const void *context, const char *bytes, size_t size)
{
    struct plain_text text;
    plain_text(context, bytes, size, &text);
    return text.text;
}

static void learn(struct given *given, const struct course *course, const struct exercise *exercise,
                  const char *name)
{
    size_t size;
    const char *path = path_join(given, exercise->folder, name);
    char *bytes = file_read(given, course->root, path, ORIGINAL_LIMIT, &size, NULL);
    const char *text = bytes ? text_of(given, bytes, size) : NULL;
    if (!text)
        return;
    given->all = array_grow(given, given->all, sizeof *given->all, given->count);
    given->all[given->count++] = (struct original){exercise, talloc_strdup(given, name), text};
}

struct given *given_new(const void *context, const struct course *course)
{
    struct given *given = talloc_zero(context, struct given);
    for (size_t i = 0; i < course->count; i++) {
        const struct exercise *exercise = course->exercises[i];
        char **names = folder_list(given, course->root, exercise->folder, NULL);
        for (size_t k = 0; names && names[k]; k++)
            if (file_is_code(names[k]) && !list_has(exercise->edit, names[k]))
                learn(given, course, exercise, names[k]);
    }
    return given;
}

bool given_has(const struct given *given, const char *name)
{
    for (size_t i = 0; i < given->count; i++)
        if (strcmp(given->all[i].name, name) == 0)
            return true;
    return false;
}

enum given_copy given_compare(const struct given *given, const struct exercise *exercise,
                              const char *name, const char *bytes, size_t size)
{
    for (size_t i = 0; i < given->count; i++) {
        const struct original *original = &given->all[i];
        if (original->exercise != exercise || strcmp(original->name, name) != 0)
            continue;
        void *scratch = talloc_new(NULL);
        const char *text = text_of(scratch, bytes, size);
        bool same = text && strcmp(text, original->text) == 0;
        talloc_free(scratch);
        return same ? GIVEN_SAME : GIVEN_CHANGED;
    }
    return GIVEN_NONE;
}
