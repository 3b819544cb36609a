// What the looks of an inspection share: noting what is refused, and what the compiler made of a
// file.
#include "tamper_look.h"

#include "base/files.h"

#include <ctype.h>
#include <stdarg.h>
#include <string.h>
#include <sys/stat.h>
#include <talloc.h>

enum { WORD_LIMIT = 60 }; // of what a reason quotes

// ---- what is refused ----

// Whether a refusal counts, given the one that is known.
static bool counts(const struct look *look, const struct file *file, int line, enum weight weight)
{
    if (!look->where || weight != look->weight)
        return !look->where || weight > look->weight;
    if (file != look->where)
        return file < look->where;
    return line && (!look->line || line < look->line);
}

void refuse(struct look *look, const struct file *file, int line, enum weight weight,
            const char *format, ...)
{
    if (!counts(look, file, line, weight))
        return;
    va_list arguments;
    va_start(arguments, format);
    talloc_free(look->reason);
    look->where = file;
    look->weight = weight;
    look->line = line;
    look->reason = talloc_vasprintf(look->scratch, format, arguments);
    va_end(arguments);
}

const char *quoted(const struct look *look, const char *text, size_t length)
{
    char *copy = talloc_strndup(look->scratch, text, length < WORD_LIMIT ? length : WORD_LIMIT);
    for (char *at = copy; *at; at++)
        if (!isprint((unsigned char)*at))
            *at = '?';
    return length < WORD_LIMIT ? copy : talloc_strdup_append(copy, "...");
}

void refuse_token(struct look *look, const struct file *file, int line, const struct token *token,
                  const struct rule *rule)
{
    if (rule)
        refuse(look, file, line, rule->weight, "`%s` %s.", quoted(look, token->text, token->length),
               rule->reason);
}

// ---- what the compiler made ----

static const char too_much[] =
    "What the compiler makes of this file is larger than the %d MB that are inspected, so that it "
    "cannot be seen what the file does; make it simpler.";

char *made_read(struct look *look, const struct file *file, const char *path, size_t limit,
                size_t *size)
{
    struct stat status;
    if (stat(path, &status) == 0 && S_ISREG(status.st_mode) && (size_t)status.st_size > limit) {
        refuse(look, file, 0, WEIGHT_NOT_ALLOWED, too_much, (int)(limit >> 20));
        return NULL;
    }
    return file_read(look->scratch, NULL, path, limit, size, look->problem);
}
