// A lexer in two steps, as the standard has them: lines that end in a backslash are joined, then
// the text is cut into tokens. tamper.c calls it for submitted files and for what the preprocessor
// makes of them.
#include "tokens.h"

#include "base/text.h"

#include <stdlib.h>
#include <string.h>
#include <talloc.h>

// The text with its lines joined, and where the cutting stands.
struct reader {
    char *text; // lines end in "\n" alone; NUL-terminated
    int *lines; // for each character of `text`, its NUL included
    size_t at;  // the next character
    bool fresh; // no token yet on this line
    bool prose; // within #error or #warning, where "/*" begins no comment
    struct tokens *tokens;
};

// ---- joining lines ----

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\f' || c == '\v';
}

// The length of the line's end at `text`; 0: there is none.
static size_t newline_length(const char *text)
{
    if (text[0] != '\n' && text[0] != '\r')
        return 0;
    return text[0] == '\r' && text[1] == '\n' ? 2 : 1;
}

// The length of a line continuation at `text`, which as for clang may hold blanks before the line's
// end, and two different characters as that end. 0: there is none.
static size_t continuation_length(const char *text)
{
    size_t length = 1;
    if (text[0] != '\\')
        return 0;
    while (is_blank(text[length]))
        length++;
    if (text[length] != '\n' && text[length] != '\r')
        return 0;
    bool pair = text[length] + text[length + 1] == '\n' + '\r';
    return length + (pair ? 2 : 1);
}

static void join_lines(struct reader *reader, const char *bytes)
{
    static const char mark[] = "\xEF\xBB\xBF"; // of byte order
    const char *at = strncmp(bytes, mark, strlen(mark)) == 0 ? bytes + strlen(mark) : bytes;
    size_t size = 0, length;
    int line = 1;
    while (*at) {
        if ((length = continuation_length(at))) {
            at += length;
            line++;
            continue;
        }
        length = newline_length(at);
        reader->text[size] = length ? '\n' : *at;
        reader->lines[size++] = line;
        line += length != 0;
        at += length ? length : 1;
    }
    reader->text[size] = '\0';
    reader->lines[size] = line;
}

// ---- cutting ----

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool in_name(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || is_digit(c) || c == '_' || c == '$';
}

static bool see(const struct reader *reader, const char *text)
{
    return strncmp(reader->text + reader->at, text, strlen(text)) == 0;
}

static void note_cut(struct reader *reader, size_t at)
{
    if (reader->lines[at] != reader->lines[at + 1] && !reader->tokens->cut_sign)
        reader->tokens->cut_sign = reader->lines[at];
}

static void skip_comment(struct reader *reader)
{
    note_cut(reader, reader->at);
    const char *start = reader->text + reader->at + 2;
    const char *end =
        reader->text[reader->at + 1] == '/' ? strchr(start, '\n') : strstr(start, "*/");
    if (!end) {
        reader->at = (size_t)(start - reader->text) + strlen(start);
        return;
    }
    reader->at = (size_t)(end - reader->text);
    if (*end == '*') {
        note_cut(reader, reader->at);
        reader->at += 2;
    }
}

// Goes to the next token, or to the end of the text. Characters beyond ASCII count as blanks: for
// clang some of them are.
static void skip_blanks(struct reader *reader)
{
    for (;;) {
        char c = reader->text[reader->at];
        if (c == '\n') {
            reader->fresh = true;
            reader->prose = false;
        } else if (see(reader, "//") || (see(reader, "/*") && !reader->prose)) {
            skip_comment(reader);
            continue;
        } else if (!is_blank(c) && (unsigned char)c < 128) {
            return;
        }
        reader->at++;
    }
}

// A string or character constant; one that is not closed ends with its line.
static size_t quoted_length(const char *text)
{
    size_t length = 1;
    while (text[length] && text[length] != '\n' && text[length] != text[0])
        length += text[length] == '\\' && text[length + 1] && text[length + 1] != '\n' ? 2 : 1;
    return length + (text[length] == text[0]);
}

static size_t number_length(const char *text)
{
    size_t length = 1;
    while (in_name(text[length]) || text[length] == '.' ||
           (strchr("+-", text[length]) && text[length] && strchr("eEpP", text[length - 1])))
        length++;
    return length;
}

static size_t name_length(const char *text)
{
    size_t length = 1;
    while (in_name(text[length]))
        length++;
    return length;
}

static void cut_sign(const struct reader *reader, struct token *token)
{
    static const struct {
        const char *text;
        char sign; // 0: a paste
    } longer[] = {{"%:%:", 0}, {"##", 0},   {"%:", '#'}, {"<:", '['},
                  {":>", ']'}, {"<%", '{'}, {"%>", '}'}};
    *token = (struct token){.kind = TOKEN_SIGN, .sign = token->text[0], .length = 1};
    for (size_t i = 0; i < sizeof longer / sizeof longer[0]; i++)
        if (see(reader, longer[i].text)) {
            token->length = strlen(longer[i].text);
            token->sign = longer[i].sign;
            token->kind = token->sign ? TOKEN_SIGN : TOKEN_PASTE;
            return;
        }
}

static struct token cut_token(struct reader *reader)
{
    const char *text = reader->text + reader->at;
    struct token token = {.text = text};
    if (*text == '"' || *text == '\'') {
        token.kind = *text == '"' ? TOKEN_STRING : TOKEN_CHARACTER;
        token.length = quoted_length(text);
    } else if (is_digit(text[0]) || (text[0] == '.' && is_digit(text[1]))) {
        token.kind = TOKEN_NUMBER;
        token.length = number_length(text);
    } else if (in_name(*text)) {
        token.kind = TOKEN_NAME;
        token.length = name_length(text);
    } else {
        cut_sign(reader, &token);
    }
    token.text = text;
    token.line = reader->lines[reader->at];
    token.first = reader->fresh;
    token.leftmost = reader->at == 0 || text[-1] == '\n';
    return token;
}

// Whether the two tokens read last begin a directive whose text is not made of tokens.
static bool begins_prose(const struct tokens *tokens)
{
    const struct token *last = tokens->all + tokens->count - 1;
    return tokens->count > 1 && last[-1].first && token_is_sign(last - 1, '#') &&
           (token_is(last, "error") || token_is(last, "warning"));
}

static void add_token(struct tokens *tokens, const struct token *token)
{
    tokens->all = array_grow(tokens, tokens->all, sizeof *token, tokens->count);
    tokens->all[tokens->count++] = *token;
}

struct tokens *tokens_read(const void *context, const char *bytes, size_t size)
{
    struct reader reader = {.fresh = true, .tokens = talloc_zero(context, struct tokens)};
    reader.text = reader.tokens ? talloc_size(reader.tokens, size + 1) : NULL;
    reader.lines = reader.text ? talloc_array(NULL, int, (unsigned)size + 1) : NULL;
    if (!reader.lines)
        abort();
    join_lines(&reader, bytes);
    for (;;) {
        skip_blanks(&reader);
        if (!reader.text[reader.at])
            break;
        struct token token = cut_token(&reader);
        add_token(reader.tokens, &token);
        reader.fresh = false;
        reader.prose |= begins_prose(reader.tokens);
        reader.at += token.length;
    }
    talloc_free(reader.lines);
    return reader.tokens;
}

// ---- looking at tokens ----

bool token_is(const struct token *token, const char *name)
{
    return token->kind == TOKEN_NAME && token->length == strlen(name) &&
           memcmp(token->text, name, token->length) == 0;
}

bool token_is_sign(const struct token *token, char sign)
{
    return token->kind == TOKEN_SIGN && token->sign == sign;
}

bool token_starts(const struct token *token, const char *start)
{
    size_t length = strlen(start);
    return token->kind == TOKEN_NAME && token->length >= length &&
           memcmp(token->text, start, length) == 0;
}

bool token_same(const struct token *a, const struct token *b)
{
    return a->length == b->length && memcmp(a->text, b->text, a->length) == 0;
}

char *token_text(const void *context, const struct token *token)
{
    return talloc_strndup(context, token->text, token->length);
}

struct short_text token_short(const struct token *token)
{
    struct short_text copy = {""};
    size_t room = sizeof copy.text - 1;
    memcpy(copy.text, token->text, token->length < room ? token->length : room);
    return copy;
}

size_t tokens_directive_end(const struct tokens *tokens, size_t at)
{
    do
        at++;
    while (at < tokens->count && !tokens->all[at].first);
    return at;
}
