#include "loader.h"

#include "base/files.h"
#include "base/text.h"

#include <string.h>
#include <talloc.h>

bool out_of_memory(struct problem *problem)
{
    return problem_set(problem, "out of memory while reading the course");
}

const char *text_after(const char *text, const char *start)
{
    size_t length = strlen(start);
    if (strncmp(text, start, length) != 0)
        return NULL;
    return text + length + strspn(text + length, " \t");
}

static bool is_c_file(const char *name)
{
    size_t length = strlen(name);
    return length > 2 && strcmp(name + length - 2, ".c") == 0;
}

static bool must_be_file(const struct loader *loader, const char *folder, const char *name)
{
    const char *path = path_join(loader->scratch, folder, name);
    enum entry entry;
    if (!path)
        return out_of_memory(loader->problem);
    if (!entry_look(loader->course->root, path, &entry, loader->problem))
        return false;
    return entry == ENTRY_FILE ||
           problem_set(loader->problem, "%s: is not a file, although its name ends in .c", path);
}

const char **list_c_files(const struct loader *loader, const void *context, const char *folder)
{
    char **names = folder_list(loader->scratch, loader->course->root, folder, loader->problem);
    if (!names)
        return NULL;
    size_t length = list_count((const char *const *)names), count = 0;
    const char **files = talloc_zero_array(context, const char *, (unsigned)length + 1);
    for (size_t i = 0; files && i < length; i++) {
        if (!is_c_file(names[i]))
            continue;
        if (!must_be_file(loader, folder, names[i]))
            return NULL;
        files[count++] = talloc_steal(files, names[i]);
    }
    if (!files)
        out_of_memory(loader->problem);
    return files;
}
