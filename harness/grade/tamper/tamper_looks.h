// The three looks at each submitted file, one source file each. Called by tamper.c.
#pragma once

#include "tamper_look.h"

// ---- tamper_source.c ----

// The file as it stands. Notes, too, what is doubtful.
void check_source(struct look *look, const struct file *file);

// A pragma: `at` is the first word after "pragma", `end` is behind the last.
void check_pragma(struct look *look, const struct file *file, int line, const struct tokens *tokens,
                  size_t at, size_t end);

// ---- tamper_text.c ----

// The file after preprocessing. False if the harness failed.
bool check_texts(struct look *look, const struct file *file);

// ---- tamper_object.c ----

// The object file made of it. False if the harness failed.
bool check_object(struct look *look, const struct file *file);
