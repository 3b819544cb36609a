#define _GNU_SOURCE
#include "kept.h"

#include "assess.h"
#include "base/files.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <talloc.h>
#include <time.h>
#include <unistd.h>

enum { ASSESSMENT_LIMIT = 16 << 20 };

const char kept_folder[] = "assessments";

const char *kept_file(const void *context, const char *exercise, const char *key)
{
    return talloc_asprintf(context, "%s/%s-%.16s.json", kept_folder, exercise, key);
}

bool kept_save(const char *out, const char *file, const json_t *assessment, struct problem *problem)
{
    char *text = json_dumps(assessment, JSON_INDENT(1) | JSON_REAL_PRECISION(6));
    bool saved = text && file_write(out, file, text, strlen(text), problem);
    free(text);
    return saved;
}

json_t *kept_load(const char *out, const char *file, const char *key)
{
    char *text = file_read(NULL, out, file, ASSESSMENT_LIMIT, NULL, NULL);
    json_t *json = text ? json_loads(text, 0, NULL) : NULL;
    const char *made_for = json_string_value(json_object_get(json, "key"));
    const char *form = json_string_value(json_object_get(json, "schema"));
    talloc_free(text);
    if (made_for && form && (!key || strcmp(made_for, key) == 0) &&
        strcmp(form, assessment_schema) == 0)
        return json;
    json_decref(json);
    return NULL;
}

// As draft_begin names what is not in its place yet: ".counter-0123456789abcdef.json.4711-0.tmp".
static bool is_draft(const char *name)
{
    size_t length = strlen(name);
    return name[0] == '.' && length > 4 && strcmp(name + length - 4, ".tmp") == 0;
}

void kept_sweep(const char *out)
{
    enum { DAY = 24 * 60 * 60 };
    char *folder = path_join(NULL, out, kept_folder);
    DIR *entries = opendir(folder);
    struct stat status;
    for (struct dirent *entry; entries && (entry = readdir(entries)) != NULL;)
        if (is_draft(entry->d_name) &&
            fstatat(dirfd(entries), entry->d_name, &status, AT_SYMLINK_NOFOLLOW) == 0 &&
            difftime(time(NULL), status.st_mtime) > DAY)
            unlinkat(dirfd(entries), entry->d_name, 0);
    if (entries)
        closedir(entries);
    talloc_free(folder);
}
