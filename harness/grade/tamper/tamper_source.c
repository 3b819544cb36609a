// The first look: directives, and names that ask who is looking. What the preprocessor leaves out
// is left out here as far as that is known (tamper_dropped.c).
#include "base/text.h"
#include "tamper_looks.h"
#include "tamper_rules.h"

#include <string.h>
#include <talloc.h>

// Whether the directive's text begins with a character beyond ASCII, like the quotes that a word
// processor makes of plain ones: nothing that a compiler takes.
static bool begins_foreign(const struct token *directive)
{
    const char *at = directive->text + directive->length;
    return (unsigned char)at[strspn(at, " \t")] > 127;
}

// `name` is what follows an #include, or stands in the brackets of a __has_include; NULL: nothing.
// False if it names no file by itself. Whether the file is there, and what it is, is seen when it
// is read.
static bool check_file(struct look *look, const struct file *file, const struct token *word,
                       const struct token *name)
{
    bool quotes = name && name->kind == TOKEN_STRING;
    bool angles = name && token_is_sign(name, '<');
    size_t length = quotes || angles ? strcspn(name->text + 1, quotes ? "\"\n" : ">\n") : 0;
    if (!quotes && !angles)
        return false;
    const char *header = talloc_strndup(look->scratch, name->text + 1, length);
    const struct rule *rule = rules_header(header);
    if (rule)
        refuse(look, file, word->line, rule->weight, "`%s` of \"%s\" %s.",
               token_is(word, "include") ? "#include" : "__has_include",
               quoted(look, header, length), rule->reason);
    return true;
}

static void check_include(struct look *look, const struct file *file, const struct token *token,
                          const struct token *name)
{
    if (!check_file(look, file, token, name) && name && name->kind == TOKEN_NAME &&
        !begins_foreign(token) && name->text[name->length] != '.')
        refuse(look, file, token->line, WEIGHT_NOT_ALLOWED,
               "This `#include` names its file through a macro, so that it cannot be seen which it "
               "is; write the header's name in quotes or angles.");
}

void check_pragma(struct look *look, const struct file *file, int line, const struct tokens *tokens,
                  size_t at, size_t end)
{
    const char *words[2] = {"", ""};
    for (size_t i = 0; i < 2 && at + i < end; i++)
        words[i] = token_text(look->scratch, &tokens->all[at + i]);
    const struct rule *rule = rules_pragma(words[0], words[1]);
    if (rule)
        refuse(look, file, line, rule->weight, "`#pragma %s` %s.",
               quoted(look, words[0], strlen(words[0])), rule->reason);
}

// The directive that begins with the "#" at `at`.
static void check_directive(struct look *look, const struct file *file, size_t at)
{
    const struct token *all = file->tokens->all, *name = &all[at + 1];
    size_t end = tokens_directive_end(file->tokens, at);
    if (end == at + 1)
        return; // a "#" alone
    const struct rule *rule = name->kind == TOKEN_NAME     ? rules_directive(token_short(name).text)
                              : name->kind == TOKEN_NUMBER ? &rule_line_marker
                                                           : NULL;
    if (rule)
        refuse(look, file, name->line, rule->weight, "`#%s` %s.",
               quoted(look, name->text, name->length), rule->reason);
    else if (token_is(name, "include"))
        check_include(look, file, name, at + 2 < end ? &all[at + 2] : NULL);
    else if (token_is(name, "pragma"))
        check_pragma(look, file, name->line, file->tokens, at + 2, end);
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

static void check_name(struct look *look, const struct file *file, size_t at)
{
    const struct tokens *tokens = file->tokens;
    const struct token *token = &tokens->all[at];
    const struct short_text name = token_short(token);
    refuse_token(look, file, token->line, token, rules_question(name.text));
    look->doubtful |= !rules_same_everywhere(name.text);
    look->pieces |= name.text[0] == '_';
    if (token_is(token, "__has_include") && at + 2 < tokens->count)
        check_file(look, file, token, &tokens->all[at + 2]);
    if (is_raw_string(token, tokens->all + tokens->count))
        refuse(look, file, token->line, WEIGHT_NOT_ALLOWED,
               "`R\"` begins a raw string, which C does not have; write an ordinary string.");
}

void check_source(struct look *look, const struct file *file)
{
    const struct tokens *tokens = file->tokens;
    for (size_t i = 0; i < tokens->count; i++) {
        const struct token *token = &tokens->all[i];
        if (file->dropped && file->dropped[i])
            continue;
        if (token->first && token_is_sign(token, '#'))
            check_directive(look, file, i);
        look->pastes |= token->kind == TOKEN_PASTE;
        if (token->kind == TOKEN_NAME)
            check_name(look, file, i);
    }
    look->doubtful |= look->pastes && look->pieces;
    if (tokens->cut_sign)
        refuse(look, file, tokens->cut_sign, WEIGHT_NOT_ALLOWED,
               "A backslash at the end of the line cuts the sign that begins or ends a comment in "
               "two, which hides what is a comment and what is not; write the sign in one piece.");
}
