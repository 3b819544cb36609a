// The second look: what clang makes of a file before it compiles it. Line markers tell which of the
// text is the student's.
#include "base/files.h"
#include "base/text.h"
#include "course/kit.h"
#include "judge/calls.h"
#include "tamper_calls.h"
#include "tamper_looks.h"
#include "tamper_rules.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <talloc.h>

enum { ATTRIBUTES_MOST = 2000 }; // tokens

// Where in the student's files the text comes from.
struct origin {
    const struct file *file; // NULL: not from one of them
    bool wrapper;            // from what the recipe compiles files through
    bool compiler;           // from a header of the compiler's own
    int line;                // what the marker says of the line after it
    int marker;              // that line in the text
    const struct file *last; // the student's own line that was last: the #include, for a header's
    int last_line;
};

// Text after preprocessing: its tokens, and whence the one at `at` comes.
struct text {
    const char *through; // the file of the harness that includes the student's; NULL: none
    struct tokens *tokens;
    size_t at;
    struct origin origin;
};

static struct text text_of(const struct look *look, struct tokens *tokens, const char *through)
{
    return (struct text){
        .through = through, .tokens = tokens, .origin = {.last = look->files, .last_line = 0}};
}

static const struct file *file_at(const struct look *look, const char *path)
{
    for (size_t i = 0; i < look->count; i++)
        if (strcmp(look->files[i].path, path) == 0)
            return &look->files[i];
    return NULL;
}

// A line marker: # 12 "file" FLAGS. Clang writes them in the first column; what a program makes of
// a "#" of its own it moves to the right.
static bool is_marker(const struct tokens *tokens, size_t at)
{
    const struct token *token = &tokens->all[at];
    return token->leftmost && token_is_sign(token, '#') && at + 2 < tokens->count &&
           token[1].kind == TOKEN_NUMBER && token[2].kind == TOKEN_STRING;
}

static int origin_line(const struct origin *origin, const struct token *token)
{
    return origin->line + (token->line - origin->marker - 1);
}

// The course's own files by their names below it, wherever it lies: a home of root's is no secret
// then.
static const char *below_kit(const char *path)
{
    size_t length = strlen(kit_folder());
    bool below = strncmp(path, kit_folder(), length) == 0 && path[length] == '/';
    return below ? path + length + 1 : path;
}

// A file that clang has read on a student's #include.
static void check_entered(struct look *look, const struct origin *origin, const char *path,
                          bool system)
{
    const char *name = strrchr(path, '/') ? strrchr(path, '/') + 1 : path;
    const char *own = path_join(look->scratch, look->exercise->folder, name);
    bool tools = strstr(path, "/valgrind/") || strstr(path, "/sanitizer/");
    if (path[0] == '<' || (system && !tools) || file_at(look, path) ||
        (list_has(look->headers, name) && strcmp(own, path) == 0))
        return;
    const struct rule *rule = rules_header(below_kit(path));
    rule = rule && rule->weight == WEIGHT_TAMPERING ? rule : &rule_foreign_file;
    refuse(look, origin->last, origin->last_line, tools ? WEIGHT_TAMPERING : rule->weight,
           "`#include` of \"%s\" %s.", quoted(look, name, strlen(name)),
           tools ? "speaks to the tool that judges the program; remove it" : rule->reason);
}

// The path in a line marker's `token`, below the folder that clang works in, as files are named
// here: by "./" clang finds what is compiled through a wrapper, from some version on its headers,
// too.
static const char *marker_path(const struct look *look, const struct token *token)
{
    static const char here[] = "./";
    const char *path = talloc_strndup(look->scratch, token->text + 1, token->length - 2);
    return strncmp(path, here, strlen(here)) == 0 ? path + strlen(here) : path;
}

static void follow_marker(struct look *look, struct text *text)
{
    const struct token *token = &text->tokens->all[text->at];
    size_t end = tokens_directive_end(text->tokens, text->at);
    bool entered = false, system = false;
    for (size_t i = text->at + 3; i < end; i++) {
        entered |= text->tokens->all[i].text[0] == '1';
        system |= text->tokens->all[i].text[0] == '3';
    }
    const char *path = marker_path(look, &token[2]);
    struct origin *origin = &text->origin;
    if (origin->file)
        origin->last_line = origin_line(origin, token);
    if (origin->file && entered)
        check_entered(look, origin, path, system);
    origin->file = file_at(look, path);
    origin->wrapper = text->through && strcmp(path, text->through) == 0;
    origin->compiler = strstr(path, "/clang/") != NULL;
    origin->line = (int)strtol(token[1].text, NULL, 10);
    origin->marker = token->line;
    if (origin->file)
        origin->last = origin->file;
    text->at = end;
}

// The next token that is not of a line marker, or NULL at the end. `line` is its line in a
// student's file, `text->origin.last`.
static const struct token *next_token(struct look *look, struct text *text, int *line)
{
    while (text->at < text->tokens->count && is_marker(text->tokens, text->at))
        follow_marker(look, text);
    if (text->at == text->tokens->count)
        return NULL;
    const struct token *token = &text->tokens->all[text->at++];
    struct origin *origin = &text->origin;
    if (origin->file)
        origin->last_line = origin_line(origin, token);
    *line = origin->last_line;
    return token;
}

// __attribute__((NAME, NAME(...))), or [[space::NAME(...)]]: `at` is behind the word or at the
// first bracket. The names are those within two brackets of either kind. A header's weak function
// (<pthread.h> has one) comes to light in the object file, if it is used.
static void check_attributes(struct look *look, const struct text *text, int line, size_t at)
{
    static const struct rule endless = {NULL, WEIGHT_NOT_ALLOWED,
                                        "stands in attributes that do not end; write shorter ones"};
    const struct tokens *tokens = text->tokens;
    int depth = 0;
    for (size_t end = at + ATTRIBUTES_MOST; at < tokens->count; at++) {
        const struct token *token = &tokens->all[at];
        if (at == end) {
            refuse_token(look, text->origin.last, line, token, &endless);
            return;
        }
        depth += token_is_sign(token, '(') || token_is_sign(token, '[');
        depth -= token_is_sign(token, ')') || token_is_sign(token, ']');
        if (depth <= 0)
            return;
        bool space = at + 1 < tokens->count && token_is_sign(token + 1, ':');
        if (depth != 2 || token->kind != TOKEN_NAME || space)
            continue;
        const struct short_text name = token_short(token);
        refuse_token(look, text->origin.last, line, token,
                     text->origin.file ? rules_attribute(name.text)
                                       : rules_header_attribute(name.text));
    }
}

// Whether the "asm" at `at` gives a declared function its name in the library, as system headers
// do: it stands behind the parameters, and holds a name that can be no instruction.
static bool is_label(const struct tokens *tokens, size_t at)
{
    const struct token *all = tokens->all;
    bool name = false;
    if (at == 0 || !token_is_sign(&all[at - 1], ')') || at + 2 >= tokens->count ||
        !token_is_sign(&all[at + 1], '('))
        return false;
    for (at += 2; at < tokens->count && all[at].kind == TOKEN_STRING; at++) {
        for (size_t i = 1; i + 1 < all[at].length; i++) {
            char c = all[at].text[i];
            if (!isalnum((unsigned char)c) && c != '_')
                return false;
            name |= c == '_';
        }
    }
    return name && at < tokens->count && token_is_sign(&all[at], ')');
}

// Whether the name begins assembly that does nothing, like a pause.
static bool is_idle(const struct token *token)
{
    bool assembly =
        token_is(token, "asm") || token_is(token, "__asm__") || token_is(token, "__asm");
    return assembly && calls_idle_assembly(token->text + token->length);
}

static bool is_number(const struct token *token, long number)
{
    char *end;
    return token->kind == TOKEN_NUMBER && strtol(token->text, &end, 10) == number &&
           end == token->text + token->length;
}

// Whether the "syscall" at `at` is declared there, or called with the number of a harmless call
// alone as its first argument. Whatever else is done with the name could be a call of any number.
static bool is_harmless_call(const struct tokens *tokens, size_t at)
{
    const struct token *all = tokens->all;
    if (at + 3 >= tokens->count || !token_is_sign(&all[at + 1], '('))
        return false;
    bool number = is_number(&all[at + 2], SYS_futex) || is_number(&all[at + 2], SYS_gettid);
    bool alone = token_is_sign(&all[at + 3], ',') || token_is_sign(&all[at + 3], ')');
    return token_is(&all[at + 2], "long") || (number && alone);
}

// The index behind the argument that begins at `at`, where a comma or the last bracket stands.
static size_t argument_end(const struct tokens *tokens, size_t at)
{
    int depth = 0;
    for (; at < tokens->count; at++) {
        const struct token *token = &tokens->all[at];
        bool closes = token_is_sign(token, ')');
        if (depth == 0 && (closes || token_is_sign(token, ',')))
            break;
        depth += token_is_sign(token, '(');
        depth -= closes;
    }
    return at;
}

// Whether the argument is NULL: 0, (0), ((void *)0) or (char *)0.
static bool is_null(const struct tokens *tokens, size_t at, size_t end)
{
    bool zero = false;
    for (; at < end; at++) {
        const struct token *token = &tokens->all[at];
        bool nothing = token_is_sign(token, '(') || token_is_sign(token, ')') ||
                       token_is_sign(token, '*') || token_is(token, "void") ||
                       token_is(token, "char");
        if (!nothing && (zero || !is_number(token, 0)))
            return false;
        zero |= !nothing;
    }
    return zero;
}

// Whether the "setvbuf" at `at` is declared there, or called with no buffer.
static bool is_harmless_buffer(const struct tokens *tokens, size_t at)
{
    if (at + 3 >= tokens->count || !token_is_sign(&tokens->all[at + 1], '('))
        return false;
    size_t comma = argument_end(tokens, at + 2);
    size_t end = argument_end(tokens, comma + 1);
    bool declared =
        token_is(&tokens->all[at + 2], "FILE") || token_is(&tokens->all[at + 2], "struct");
    return declared || (comma < tokens->count && is_null(tokens, comma + 1, end));
}

// Whether the argument is made of nothing but plain numbers that have none but these bits.
static bool has_bits_only(const struct tokens *tokens, size_t at, size_t end, unsigned long bits)
{
    bool number = false;
    for (; at < end; at++) {
        const struct token *token = &tokens->all[at];
        char *rest;
        if (token->kind == TOKEN_NUMBER) {
            unsigned long value = strtoul(token->text, &rest, 0);
            if (rest != token->text + token->length || (value & ~bits) != 0)
                return false;
            number = true;
        } else if (!token_is_sign(token, '|') && !token_is_sign(token, '(') &&
                   !token_is_sign(token, ')')) {
            return false;
        }
    }
    return number;
}

// Whether the "mmap" at `at` is declared there, or called for memory that holds data, where the
// kernel puts it.
static bool is_harmless_mapping(const struct tokens *tokens, size_t at)
{
    if (at + 3 >= tokens->count || !token_is_sign(&tokens->all[at + 1], '('))
        return false;
    if (token_is(&tokens->all[at + 2], "void"))
        return at > 0 && token_is_sign(&tokens->all[at - 1], '*');
    size_t length = argument_end(tokens, at + 2), rights = argument_end(tokens, length + 1);
    size_t flags = argument_end(tokens, rights + 1), end = argument_end(tokens, flags + 1);
    return has_bits_only(tokens, rights + 1, flags, PROT_READ | PROT_WRITE) &&
           has_bits_only(tokens, flags + 1, end, ~(unsigned long)MAP_FIXED);
}

// Whether the "__ctype_b_loc" or its like at `at` is declared there, or used as the macros of
// <ctype.h> do: (*__ctype_b_loc())[c].
static bool is_harmless_table(const struct tokens *tokens, size_t at)
{
    static const char *const around[] = {"(", "*", NULL, "(", ")", ")", "["};
    const struct token *all = tokens->all;
    if (at + 4 >= tokens->count || at < 2)
        return false;
    if (token_is_sign(&all[at + 1], '(') && token_is(&all[at + 2], "void"))
        return true;
    for (size_t i = 0; i < sizeof around / sizeof around[0]; i++)
        if (around[i] && !token_is_sign(&all[at - 2 + i], around[i][0]))
            return false;
    return true;
}

static void check_name(struct look *look, const struct text *text, int line,
                       const struct token *token)
{
    const struct file *file = text->origin.last;
    size_t at = (size_t)(token - text->tokens->all);
    const struct short_text name = token_short(token);
    bool own = text->origin.file != NULL;
    bool assembly = token_starts(token, "__asm"); // in the object it is seen again, if it is used
    if (token_is(token, "__attribute__") || token_is(token, "__attribute"))
        check_attributes(look, text, line, at + 1);
    else if (!is_idle(token) &&
             (own || !assembly || !(text->origin.compiler || is_label(text->tokens, at))))
        refuse_token(look, file, line, token, rules_name(name.text));
    if (token_is(token, "syscall") && !is_harmless_call(text->tokens, at))
        refuse_token(look, file, line, token, &rule_system_call);
    if ((token_is(token, "setvbuf") || token_is(token, "setbuf")) &&
        !is_harmless_buffer(text->tokens, at))
        refuse_token(look, file, line, token, &rule_own_buffer);
    bool table = token_is(token, "__ctype_b_loc") || token_is(token, "__ctype_tolower_loc") ||
                 token_is(token, "__ctype_toupper_loc");
    if (table && !is_harmless_table(text->tokens, at))
        refuse_token(look, file, line, token, &rule_table);
    if (token_is(token, "mmap") && !is_harmless_mapping(text->tokens, at))
        refuse_token(look, file, line, token, &rule_mapping);
    if (own)
        refuse_token(look, file, line, token, rules_own_name(name.text));
    if (own && look->doubtful) // else it comes from a macro of the library's, like tolower
        refuse_token(look, file, line, token, rules_question(name.text));
}

// All of the text, the headers' too: a macro of the student's may have been expanded in there.
static void check_words(struct look *look, struct tokens *tokens, const char *through)
{
    struct text text = text_of(look, tokens, through);
    const struct token *token;
    int line = 0;
    while ((token = next_token(look, &text, &line))) {
        size_t at = text.at - 1;
        bool more = text.at < tokens->count;
        if (text.origin.wrapper)
            continue; // the harness's own, before and after what it includes
        if (token->kind == TOKEN_NAME)
            check_name(look, &text, line, token);
        else if (token_is_sign(token, '[') && more && token_is_sign(token + 1, '['))
            check_attributes(look, &text, line, at);
        else if (token->first && token_is_sign(token, '#') && more && token_is(token + 1, "pragma"))
            check_pragma(look, text.origin.last, line, tokens, at + 2,
                         tokens_directive_end(tokens, at));
    }
}

// The next token from a student's file.
static const struct token *next_own(struct look *look, struct text *text, int *line)
{
    const struct token *token;
    do
        token = next_token(look, text, line);
    while (token && !text->origin.file);
    return token;
}

// The file must be the same text under every judge.
static void compare_texts(struct look *look, struct tokens *first, struct tokens *second,
                          const char *through)
{
    struct text here = text_of(look, first, NULL), there = text_of(look, second, through);
    const struct token *a, *b;
    int line = 0, other = 0;
    do {
        a = next_own(look, &here, &line);
        b = next_own(look, &there, &other);
    } while (a && b && token_same(a, b));
    if (a || b)
        refuse(look, a ? here.origin.last : there.origin.last, a ? line : other, WEIGHT_TAMPERING,
               "This line is not the same under every judge: a macro in it asks which tool is "
               "looking or how the judges compile the file, and a program must be the same whoever "
               "looks; remove it.");
}

bool check_text(struct look *look, struct file *file, const struct build *build)
{
    const char *through = build->recipe->through ? build->recipe->through[0] : NULL;
    char *bytes = made_read(look, file, build_text(build, file->number), TEXT_LIMIT, NULL);
    if (!bytes)
        return look->where != NULL;
    struct tokens *tokens = tokens_read(look->scratch, bytes, strlen(bytes));
    check_words(look, tokens, through);
    if (file->text)
        compare_texts(look, file->text, tokens, through);
    else
        file->text = tokens;
    return true;
}
