// Tests of programs: lines of shell in a folder, and what they said.
#pragma once

// What a test works in; a talloc context. Tests may keep more in a struct that begins with it.
struct scene {
    const char *folder; // where the lines run
    const char *temp;   // the environment is clean, and this is its TMPDIR; NULL: the test's own
    char *output;       // of the last line
    int status;         // its exit status
};

// Runs a line of shell in the scene's folder; fills output and status. The test fails if it does
// not end by itself.
void shell(struct scene *scene, const char *format, ...) __attribute__((format(printf, 2, 3)));

// That the last line ended with `status`, and that `words` are in its output, where lines may be
// broken at any of their spaces. A failure calls the line `what`.
void assert_ended(const struct scene *scene, const char *what, int status);
void assert_said(const struct scene *scene, const char *words);
