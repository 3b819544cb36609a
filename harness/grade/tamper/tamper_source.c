// The first look: directives, also those that the preprocessor would skip, and names that ask who
// is looking.
#include "base/text.h"
#include "tamper_looks.h"
#include "tamper_rules.h"

#include <string.h>
#include <talloc.h>

static void check_include(struct look *look, const struct file *file, const struct token *token,
                          const struct token *name)
{
    bool quotes = name && name->kind == TOKEN_STRING;
    bool angles = name && token_is_sign(name, '<');
    size_t length = quotes || angles ? strcspn(name->text + 1, quotes ? "\"\n" : ">\n") : 0;
    if (!(quotes || angles) || name->text[1 + length] != (quotes ? '"' : '>')) {
        refuse(look, file, token->line,
               "This `#include` names its file through a macro, or not at all, so that it cannot "
               "be seen which it is; write the header's name in quotes or angles.");
        return;
    }
    const char *header = talloc_strndup(look->scratch, name->text + 1, length);
    if (!rules_header_allowed(header) && !list_has(look->headers, header))
        refuse(look, file, token->line, "`#include` of \"%s\" %s.", quoted(look, header, length),
               rules_header_refused(header));
}

void check_pragma(struct look *look, const struct file *file, int line, const struct tokens *tokens,
                  size_t at, size_t end)
{
    const char *words[2] = {"", ""};
    for (size_t i = 0; i < 2 && at + i < end; i++)
        words[i] = token_text(look->scratch, &tokens->all[at + i]);
    const char *reason = rules_pragma_refused(words[0], words[1]);
    if (reason)
        refuse(look, file, line, "`#pragma %s` %s.", quoted(look, words[0], strlen(words[0])),
               reason);
}

static void check_condition(struct look *look, const struct file *file, size_t at, size_t end)
{
    for (; at < end; at++) {
        const struct token *token = &file->tokens->all[at];
        if (token->kind == TOKEN_NAME)
            refuse_token(look, file, token->line, token,
                         rules_condition_refused(token_short(token).text));
    }
}

static bool is_condition(const struct token *name)
{
    return token_starts(name, "if") || token_starts(name, "elif");
}

// The directive that begins with the "#" at `at`.
static void check_directive(struct look *look, const struct file *file, size_t at)
{
    const struct token *all = file->tokens->all, *name = &all[at + 1];
    size_t end = tokens_directive_end(file->tokens, at);
    if (end == at + 1)
        return; // a "#" alone
    if (name->kind != TOKEN_NAME) {
        refuse(look, file, name->line, "`#` and then `%s` %s.",
               quoted(look, name->text, name->length), rules_directive_refused("line"));
        return;
    }
    const char *reason = rules_directive_refused(token_short(name).text);
    if (reason)
        refuse(look, file, name->line, "`#%s` %s.", quoted(look, name->text, name->length), reason);
    else if (token_is(name, "include"))
        check_include(look, file, name, at + 2 < end ? &all[at + 2] : NULL);
    else if (token_is(name, "pragma"))
        check_pragma(look, file, name->line, file->tokens, at + 2, end);
    else if (is_condition(name))
        check_condition(look, file, at + 2, end);
}

// R"(...)": gnu11 has no raw strings, but some compilers read them, and then text is not where it
// seems to be.
static bool is_raw_string(const struct token *token, const struct token *end)
{
    static const char *const prefixes[] = {"R", "LR", "uR", "UR", "u8R"};
    bool prefix = false;
    for (size_t i = 0; i < sizeof prefixes / sizeof prefixes[0]; i++)
        prefix |= token_is(token, prefixes[i]);
    return prefix && token + 1 < end && token[1].kind == TOKEN_STRING &&
           token->text + token->length == token[1].text;
}

void check_source(struct look *look, const struct file *file)
{
    const struct tokens *tokens = file->tokens;
    for (size_t i = 0; i < tokens->count; i++) {
        const struct token *token = &tokens->all[i];
        if (token->first && token_is_sign(token, '#'))
            check_directive(look, file, i);
        look->doubtful |= token->kind == TOKEN_PASTE;
        if (token->kind != TOKEN_NAME)
            continue;
        const struct short_text name = token_short(token);
        refuse_token(look, file, token->line, token, rules_question_refused(name.text));
        look->doubtful |= !rules_same_everywhere(name.text);
        if (is_raw_string(token, tokens->all + tokens->count))
            refuse(look, file, token->line,
                   "`R\"` begins a raw string, which C does not have; "
                   "write an ordinary string.");
    }
    if (tokens->cut_sign)
        refuse(look, file, tokens->cut_sign,
               "A backslash at the end of the line cuts the sign that begins or ends a comment in "
               "two, which hides what is a comment and what is not; write the sign in one piece.");
}
