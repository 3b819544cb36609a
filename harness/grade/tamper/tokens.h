// C's tokens as they stand in a file, before or after preprocessing. Knows translation phases 1 to
// 3 of C11 as clang has them with -std=gnu11 (digraphs, no trigraphs); nothing of rules.
//
// Made for hostile text: what cannot be a token in a correct program may come out as more tokens
// than a compiler would see, but none is hidden.
#pragma once

#include <stdbool.h>
#include <stddef.h>

enum token_kind {
    TOKEN_NAME, // identifiers and keywords
    TOKEN_NUMBER,
    TOKEN_STRING, // quotes included
    TOKEN_CHARACTER,
    TOKEN_SIGN, // one character; digraphs come as what they stand for
    TOKEN_PASTE // ##
};

struct token {
    enum token_kind kind;
    char sign;        // of a TOKEN_SIGN; else 0
    bool first;       // of its line: a "#" here begins a directive
    bool leftmost;    // in the first column
    int line;         // counted from 1
    const char *text; // not terminated: the text goes on behind it, up to a NUL
    size_t length;
};

struct tokens {
    struct token *all;
    size_t count;
    // The line of a comment's sign that is cut in two by a line continuation, which
    // compilers do not agree about; 0: there is none.
    int cut_sign;
};

// The tokens of the `size` bytes at `bytes`, which hold no NUL. A talloc child of `context` that
// owns all it points to.
struct tokens *tokens_read(const void *context, const char *bytes, size_t size);

// Whether the token is this name, or this sign.
bool token_is(const struct token *token, const char *name);
bool token_is_sign(const struct token *token, char sign);

// Whether the name begins so.
bool token_starts(const struct token *token, const char *start);

// Whether two tokens have the same text.
bool token_same(const struct token *a, const struct token *b);

// Its text with a NUL, a talloc child of `context`.
char *token_text(const void *context, const struct token *token);

// The same without memory, for a look into a table: a longer text is cut off.
struct short_text {
    char text[64];
};
struct short_text token_short(const struct token *token);

// The index of the first token after the directive that begins at `at`.
size_t tokens_directive_end(const struct tokens *tokens, size_t at);
