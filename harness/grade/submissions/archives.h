// What the readers of archives share: unpack.c, of a student's, and class_archive.c, of a class's.
#pragma once

#include <archive.h>
#include <archive_entry.h>
#include <locale.h>

// libarchive drops names that the thread's locale cannot express: between these two it is UTF-8.
struct utf8 {
    locale_t mine, before;
};
struct utf8 utf8_begin(void);
void utf8_end(const struct utf8 *utf8);

// The member's path as it stands in the archive; NULL if it cannot be read.
const char *archive_path(struct archive_entry *entry);

// The same with slashes where old Windows packers wrote backslashes. A talloc child of `context`.
char *archive_path_slashed(const void *context, const char *path);

// What libarchive has against the archive, on one line, made legible. A talloc child of `context`.
const char *archive_complaint(const void *context, struct archive *archive);
