// What the looks of an inspection share (tamper_looks.h); knows none of them.
#pragma once

#include "course/course.h"
#include "judge/build.h"
#include "tamper_words.h"
#include "tokens.h"

enum { TEXT_LIMIT = 8 << 20, OBJECT_LIMIT = 32 << 20 }; // bytes of what the compiler makes

enum { NO_NUMBER = 1 << 20 };

// One of the edit files.
struct file {
    const char *name; // as in exercise->edit
    const char *path; // relative to the root
    size_t number;    // in the sources' list of files; of a header: NO_NUMBER
    struct tokens *tokens;
    const bool *dropped; // for each token: the preprocessor leaves it out; NULL: not known
    struct tokens *text; // after preprocessing for the first judge; NULL: not yet known
};

// An inspection. All but the refusal is a talloc child of `scratch`.
struct look {
    void *scratch;
    const struct exercise *exercise;
    const struct sources *sources;
    struct problem *problem;
    struct file *files;
    size_t count;
    bool pastes, pieces;   // they hold "##"; a name that could be the begin of the compiler's own
    bool doubtful;         // they hold what could be a question in pieces
    const char **headers;  // the exercise's own: names
    const char **drivers;  // names in the driver's files, which answers may not use
    const char **provided; // names in the exercise's headers, which answers may use
    const struct file *where; // what is refused, so far; NULL: nothing
    enum weight weight;
    int line;
    char *reason;
};

// Notes a refusal, unless one is known that weighs more, or the same and further up.
void refuse(struct look *look, const struct file *file, int line, enum weight weight,
            const char *format, ...) __attribute__((format(printf, 5, 6)));

// The same for a word and what is said of it; nothing for a NULL.
void refuse_token(struct look *look, const struct file *file, int line, const struct token *token,
                  const struct rule *rule);

// A word as a reason quotes it: short, and nothing that is not plain text.
const char *quoted(const struct look *look, const char *text, size_t length);

// Reads what the compiler made. NULL if that failed, or with a refusal noted if it is too large.
char *made_read(struct look *look, const struct file *file, const char *path, size_t limit,
                size_t *size);
