#include "archives.h"

#include "legible.h"
#include "pile.h"

#include <stdlib.h>
#include <string.h>
#include <talloc.h>

struct utf8 utf8_begin(void)
{
    locale_t mine = newlocale(LC_CTYPE_MASK, "C.UTF-8", (locale_t)0);
    return (struct utf8){mine, uselocale(mine)};
}

void utf8_end(const struct utf8 *utf8)
{
    uselocale(utf8->before);
    if (utf8->mine)
        freelocale(utf8->mine);
}

// One or the other may be missing, by how the archive tells its encoding.
const char *archive_path(struct archive_entry *entry)
{
    const char *path = archive_entry_pathname(entry);
    return path ? path : archive_entry_pathname_utf8(entry);
}

char *archive_path_slashed(const void *context, const char *path)
{
    char *slashed = talloc_strdup(context, path);
    if (!slashed)
        abort();
    for (char *at = slashed; !strchr(path, '/') && *at; at++)
        *at = *at == '\\' ? '/' : *at;
    return slashed;
}

const char *archive_complaint(const void *context, struct archive *archive)
{
    const char *error = archive_error_string(archive);
    error = error ? error : "unknown format";
    const char *line = talloc_strndup(context, error, strcspn(error, "\n"));
    return legible(context, line, SHOWN_LIMIT);
}
