// The looks at each submitted file, one source file each. Called by tamper.c.
#pragma once

#include "judge/judge.h"
#include "tamper_look.h"

// ---- tamper_source.c ----

// The file as it stands. Notes, too, what is doubtful.
void check_source(struct look *look, const struct file *file);

// A pragma: `at` is the first word after "pragma", `end` is behind the last.
void check_pragma(struct look *look, const struct file *file, int line, const struct tokens *tokens,
                  size_t at, size_t end);

// ---- tamper_dropped.c ----

// Asks the compiler which of the file's tokens the preprocessor leaves out, for `file->dropped`.
void learn_dropped(struct look *look, const struct subject *subject, struct file *file);

// ---- tamper_text.c ----

// The file after preprocessing, as the judge sees it that `build` is for: by itself, and compared
// with what the first judge sees. False if the harness failed.
bool check_text(struct look *look, struct file *file, const struct build *build);

// ---- tamper_object.c ----

// The object that is linked for the judge that `build` is for. False if the harness failed.
bool check_object(struct look *look, const struct file *file, const struct build *build);

// ---- tamper_sizes.c ----

// The accesses that the files make to memory that threads can share: refuses those of a size that
// ThreadSanitizer does not look at. `builds` are by judge. False if the harness failed.
bool check_sizes(struct look *look, struct build *const *builds);
