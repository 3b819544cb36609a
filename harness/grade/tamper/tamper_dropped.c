// What the preprocessor leaves out of a file: `#if 0`, `#ifdef _WIN32`. Nothing in there can do
// anything. The compiler itself is asked: it gets the file's directives alone, those that the rules
// refuse left out, with a pragma of ours at the begin of each group, and the pragmas that come
// through tell which groups are taken. Where it does not get through them, nothing is known to be
// left out.
#include "base/text.h"
#include "tamper_looks.h"
#include "tamper_rules.h"

#include <stdlib.h>
#include <string.h>
#include <talloc.h>

enum { NESTED_MOST = 64 };

static const char group_name[] = "inspected_group";

static bool is_directive(const struct tokens *tokens, size_t at)
{
    const struct token *token = &tokens->all[at];
    return token->first && token_is_sign(token, '#') && at + 1 < tokens->count && !token[1].first &&
           token[1].kind == TOKEN_NAME;
}

static bool begins_group(const struct token *name)
{
    return token_starts(name, "if") || token_starts(name, "elif") || token_is(name, "else");
}

// ---- the question ----

// Whether the compiler may read the file that an #include names.
static bool may_read(const void *context, const struct token *name, size_t left)
{
    const struct token *file = name + 1;
    if (left < 1 || (file->kind != TOKEN_STRING && !token_is_sign(file, '<')))
        return false;
    const char *start = file->text + 1;
    return !rules_header(talloc_strndup(context, start, strcspn(start, "\">\n")));
}

// The directive's text from its "#" to its last token, as one line.
static char *directive_text(const void *context, const struct tokens *tokens, size_t at, size_t end)
{
    char *text = talloc_strdup(context, "");
    for (; at < end; at++) {
        const struct token *token = &tokens->all[at];
        bool apart = at + 1 < end && token->text + token->length != token[1].text;
        text = talloc_asprintf_append(text, "%.*s%s", (int)token->length, token->text,
                                      apart ? " " : "");
    }
    return text;
}

static char *question_about(const void *context, const struct tokens *tokens)
{
    char *question = talloc_strdup(context, "");
    for (size_t i = 0; i < tokens->count; i++) {
        if (!is_directive(tokens, i))
            continue;
        const struct token *name = &tokens->all[i + 1];
        size_t end = tokens_directive_end(tokens, i);
        bool conditional = begins_group(name) || token_is(name, "endif");
        bool defines = token_is(name, "define") || token_is(name, "undef");
        bool includes = token_is(name, "include") && may_read(context, name, end - i - 2);
        if (conditional || defines || includes)
            question =
                talloc_asprintf_append(question, "%s\n", directive_text(context, tokens, i, end));
        if (begins_group(name))
            question = talloc_asprintf_append(question, "#pragma %s %zu\n", group_name, i);
    }
    return question;
}

// ---- the answer ----

// For each token whether it begins a group that is taken.
static bool *groups_taken(const void *context, const char *answer, size_t count)
{
    bool *taken = talloc_zero_array(context, bool, (unsigned)count + 1);
    struct tokens *tokens = tokens_read(context, answer, strlen(answer));
    for (size_t i = 0; i + 1 < tokens->count; i++)
        if (token_is(&tokens->all[i], group_name) && tokens->all[i + 1].kind == TOKEN_NUMBER) {
            size_t group = strtoul(tokens->all[i + 1].text, NULL, 10);
            taken[group < count ? group : count] = true;
        }
    return taken;
}

// One conditional that is open.
struct level {
    bool outside; // what is around it is left out
    bool taken;   // one of its groups so far is taken
    bool dropped; // its present group is left out
};

// Fills `dropped`. False if the conditionals do not nest.
static bool follow_groups(const struct tokens *tokens, const bool *taken, bool *dropped)
{
    struct level levels[NESTED_MOST + 1] = {{0}};
    size_t depth = 0;
    for (size_t i = 0; i < tokens->count; i++) {
        const struct token *name = &tokens->all[i + 1];
        bool directive = is_directive(tokens, i);
        if (directive && token_is(name, "endif") && depth-- == 0)
            return false;
        struct level *level = &levels[depth];
        bool skipped = level->dropped;
        if (directive && token_starts(name, "if")) {
            if (depth++ == NESTED_MOST)
                return false;
            levels[depth] = (struct level){level->dropped, taken[i], level->dropped || !taken[i]};
        } else if (directive && begins_group(name)) {
            skipped = level->outside || level->taken; // nobody asks for its condition
            level->taken |= taken[i];
            level->dropped = level->outside || !taken[i];
        }
        size_t end = directive ? tokens_directive_end(tokens, i) : i + 1;
        for (; i < end; i++)
            dropped[i] = skipped;
        i--;
    }
    return depth == 0;
}

void learn_dropped(struct look *look, const struct subject *subject, struct file *file)
{
    const struct tokens *tokens = file->tokens;
    const char *question = question_about(look->scratch, tokens);
    if (!strstr(question, group_name))
        return;
    const char *answer = judge_preprocess(look->scratch, subject, detectors[0], question);
    bool *dropped = talloc_zero_array(look->scratch, bool, (unsigned)tokens->count + 1);
    if (answer &&
        follow_groups(tokens, groups_taken(look->scratch, answer, tokens->count), dropped))
        file->dropped = dropped;
}
