#include "source.h"

#include "base/files.h"

#include <ctype.h>
#include <string.h>
#include <talloc.h>

enum { SOURCE_LIMIT = 4 << 20, NAME_LONGEST = 40 };

char *source_line(const void *context, const char *root, const char *file, int line)
{
    char *all = file_read(context, file[0] == '/' ? NULL : root, file, SOURCE_LIMIT, NULL, NULL);
    const char *at = all;
    for (int i = 1; at && i < line; i++) {
        at = strchr(at, '\n');
        at = at ? at + 1 : NULL;
    }
    char *found = at && line > 0 ? talloc_strndup(context, at, strcspn(at, "\r\n")) : NULL;
    for (char *tab = found; tab && (tab = strchr(tab, '\t')) != NULL;)
        *tab = ' '; // one column to the compiler too
    talloc_free(all);
    return found;
}

static bool is_word(char c)
{
    return isalnum((unsigned char)c) || c == '_';
}

// The start of the bracketed group that ends at `end` (its closing bracket), or -1.
static int group_start(const char *line, int end)
{
    char close = line[end], open = close == ')' ? '(' : '[';
    int depth = 0;
    for (int i = end; i >= 0; i--) {
        depth += line[i] == close;
        depth -= line[i] == open;
        if (depth == 0)
            return i;
    }
    return -1;
}

// The start of the postfix expression that ends at `end`: names, members, indices, calls.
static int operand_start(const char *line, int end)
{
    int start = end + 1;
    while (start > 0) {
        char c = line[start - 1];
        if (is_word(c))
            while (start > 0 && is_word(line[start - 1]))
                start--;
        else if (c == ']' || c == ')') {
            start = group_start(line, start - 1);
            if (start < 0)
                return -1;
            if (start > 0 && (is_word(line[start - 1]) || line[start - 1] == ']'))
                continue;
        } else
            return start;
        if (start >= 2 && strncmp(line + start - 2, "->", 2) == 0)
            start -= 2;
        else if (start >= 1 && line[start - 1] == '.')
            start -= 1;
        else
            break;
    }
    return start;
}

// Whether the word that ends at `end` is "return": what stands behind it is no infix operator.
static bool is_return(const char *line, int end)
{
    static const char word[] = "return";
    int start = end - (int)strlen(word) + 1;
    return start >= 0 && strncmp(line + start, word, strlen(word)) == 0 &&
           (start == 0 || !is_word(line[start - 1]));
}

// The end of the bracketed group that starts at `start`, or -1.
static int group_end(const char *line, int start)
{
    int depth = 0;
    for (int i = start; line[i]; i++) {
        depth += line[i] == '(';
        depth -= line[i] == ')';
        if (depth == 0)
            return i;
    }
    return -1;
}

// Whether the brackets hold a pointer's type, and what stands behind them is cast: `(int *)p`.
static bool is_cast(const char *line, int open, int close)
{
    return open >= 0 && close > open && line[close - 1] == '*' && is_word(line[close + 1]);
}

// Takes a dereference along: the `*` of `*p = 1`, and the `*(int *)` of `*(int *)p = 1`, but not the
// star of `a * b`.
static int with_stars(const char *line, int start)
{
    int cast = start > 0 && line[start - 1] == ')' ? group_start(line, start - 1) : -1;
    int star = is_cast(line, cast, start - 1) ? cast : start;
    while (star > 0 && line[star - 1] == '*')
        star--;
    int before = star;
    while (before > 0 && line[before - 1] == ' ')
        before--;
    if (star == cast)
        return start; // cast, but not dereferenced
    bool operand_before =
        before > 0 && !is_return(line, before - 1) &&
        (is_word(line[before - 1]) || line[before - 1] == ')' || line[before - 1] == ']');
    return operand_before ? start : star;
}

static char *cut(const void *context, const char *line, int start, int end)
{
    if (start >= 0 && line[start] == '(' && line[end] == ')' && group_start(line, end) == start) {
        start++; // `(*p)` is `*p` to a person
        end--;
    }
    if (start < 0 || end < start || end - start >= NAME_LONGEST ||
        isdigit((unsigned char)line[start]) || strncmp(line + start, "volatile", 8) == 0)
        return NULL;
    return talloc_strndup(context, line + start, (size_t)(end - start + 1));
}

// The end of the operand that starts behind a prefix operator at `from`, for `++c->value` and
// `*(int *)p`.
static int prefix_operand_end(const char *line, int from)
{
    while (line[from] && !is_word(line[from]) && line[from] != ';') {
        int close = line[from] == '(' ? group_end(line, from) : -1;
        from = is_cast(line, from, close) ? close + 1 : from + 1;
    }
    int end = from;
    while (is_word(line[end]) || line[end] == '.' || line[end] == '[' || line[end] == ']' ||
           (line[end] == '-' && line[end + 1] == '>') ||
           (end > 0 && line[end] == '>' && line[end - 1] == '-'))
        end++;
    return end - 1;
}

// Where the operand ends that is left of the "=" before a compound literal, `*p = (struct
// tm){...}`, whose bracket is at `at`; -1: there is none.
static int assigned_end(const char *line, int at)
{
    int depth = 1, behind = at + 1;
    for (; line[behind] && depth > 0; behind++) {
        depth += line[behind] == '(';
        depth -= line[behind] == ')';
    }
    while (line[behind] == ' ')
        behind++;
    int end = at - 1;
    while (end >= 0 && line[end] == ' ')
        end--;
    if (depth != 0 || line[behind] != '{' || end < 0 || line[end] != '=')
        return -1;
    do
        end--;
    while (end >= 0 && line[end] == ' ');
    return end;
}

char *source_operand(const void *context, const char *line, int column)
{
    int at = column - 1;
    if (at < 0 || (size_t)at >= strlen(line))
        return NULL;
    int end = at, assigned = line[at] == '(' ? assigned_end(line, at) : -1;
    if (assigned >= 0) {
        end = assigned;
    } else if (is_word(line[at])) {
        while (is_word(line[end + 1]))
            end++;
        if (line[end + 1] == '(')
            return NULL; // a call: the access is inside it
    } else if (line[at] == '[') {
        const char *close = strchr(line + at, ']');
        end = close ? (int)(close - line) : -1;
    } else {
        end = at - 1;
        while (end >= 0 && line[end] == ' ')
            end--;
        bool postfix = end >= 0 && !is_return(line, end) &&
                       (is_word(line[end]) || line[end] == ')' || line[end] == ']');
        if (!postfix || (line[at] == '*' && line[at + 1] != '='))
            end = prefix_operand_end(line, at);
    }
    if (end < 0)
        return NULL;
    int start = operand_start(line, end);
    return start < 0 ? NULL : cut(context, line, with_stars(line, start), end);
}

// Where the operand ends that is left of the "=" before `start`; -1: there is none.
static int left_of_assignment(const char *line, int start)
{
    int at = start - 1;
    while (at >= 0 && line[at] == ' ')
        at--;
    if (at < 1 || line[at] != '=' || strchr("=!<>+-*/%&|^", line[at - 1]))
        return -1;
    do
        at--;
    while (at >= 0 && line[at] == ' ');
    return at;
}

char *source_target(const void *context, const char *line, int column)
{
    int at = column - 1;
    if (at < 0 || (size_t)at >= strlen(line) || !is_word(line[at]))
        return source_operand(context, line, column);
    int from = operand_start(line, at), end = from < 0 ? -1 : left_of_assignment(line, from);
    int start = end < 0 ? -1 : operand_start(line, end);
    return start < 0 ? source_operand(context, line, column)
                     : cut(context, line, with_stars(line, start), end);
}

// Whether the name that ends before `end` is that of a function that uses a stream without its lock:
// what its last argument points to.
static bool is_unlocked(const char *line, int end)
{
    static const char ending[] = "_unlocked";
    int start = end - (int)strlen(ending);
    return start > 0 && strncmp(line + start, ending, strlen(ending)) == 0;
}

// Where the comma or the bracket stands that ends the argument at `start`.
static int argument_end(const char *line, int start)
{
    int end = start, depth = 0;
    for (; line[end] && (depth > 0 || (line[end] != ',' && line[end] != ')')); end++)
        depth += (line[end] == '(' || line[end] == '[') - (line[end] == ')' || line[end] == ']');
    return end;
}

bool source_is_atomic(const char *line, int column)
{
    static const char prefix[] = "atomic_";
    return column > 0 && (size_t)column <= strlen(line) &&
           strncmp(line + column - 1, prefix, strlen(prefix)) == 0;
}

char *source_argument(const void *context, const char *line, int column)
{
    int at = column - 1;
    if (at < 0 || (size_t)at >= strlen(line))
        return NULL;
    while (is_word(line[at]))
        at++;
    if (line[at] != '(')
        return NULL;
    bool last = is_unlocked(line, at);
    int start = at + 1, end;
    for (;;) {
        while (line[start] == ' ' || line[start] == '&')
            start++;
        end = argument_end(line, start);
        if (!last || line[end] != ',')
            break;
        start = end + 1;
    }
    char *name = cut(context, line, start, end - 1);
    return last && name ? talloc_asprintf(context, "*%s", name) : name;
}

// Whether the name at `start` is that of a wait for a condition variable, which takes its lock again.
static bool is_wait(const char *line, int start)
{
    const char *name = line + start, *bracket = strchr(name, '(');
    bool known = strncmp(name, "pthread_cond_", 13) == 0 || strncmp(name, "cnd_", 4) == 0;
    const char *wait = strstr(name, "wait");
    return known && bracket && wait && wait < bracket;
}

// Whether the name at `start` is that of a function that copies to its first argument, as memcpy and
// strncpy do.
static bool is_copy(const char *line, int start)
{
    int length = 0;
    while (is_word(line[start + length]))
        length++;
    const char *name = line + start, *ending = name + length - 3;
    return length > 3 &&
           (strncmp(ending, "cpy", 3) == 0 || (length == 7 && strncmp(name, "memmove", 7) == 0));
}

// The second argument of the call that starts at `column`; `first` if there is no other.
static char *second_argument(const void *context, const char *line, int column, char *first)
{
    int comma = argument_end(line, (int)(strchr(line + column - 1, '(') - line) + 1);
    if (line[comma] != ',')
        return first;
    int start = comma + 1;
    while (line[start] == ' ' || line[start] == '&')
        start++;
    return cut(context, line, start, argument_end(line, start) - 1);
}

char *source_lock(const void *context, const char *line, int column)
{
    char *first = source_argument(context, line, column);
    return first && is_wait(line, column - 1) ? second_argument(context, line, column, first)
                                              : first;
}

char *source_text(const void *context, const char *line, int column)
{
    char *first = source_argument(context, line, column);
    return first && is_copy(line, column - 1) ? second_argument(context, line, column, first)
                                              : first;
}

// Where the member's own name begins in "account->balance"; 0 if there is none, or of an element.
static size_t member_start(const char *name)
{
    size_t start = 0;
    for (size_t i = 0; name[i]; i++)
        if (name[i] == '.' || (name[i] == '>' && i > 0 && name[i - 1] == '-'))
            start = i + 1;
    return strchr(name, '[') ? 0 : start;
}

bool source_is_member(const char *name)
{
    return member_start(name) > 0;
}

static bool has_member(const char *members, const char *member)
{
    size_t length = strlen(member);
    for (const char *at = members; at; at = strstr(at, ", ") ? strstr(at, ", ") + 2 : NULL)
        if (strcspn(at, ",") == length && strncmp(at, member, length) == 0)
            return true;
    return false;
}

char *source_members(const void *context, const char *members, const char *name)
{
    size_t start = member_start(name);
    if (start == 0 || member_start(members) != start || strncmp(members, name, start) != 0 ||
        has_member(members + start, name + start))
        return NULL;
    return talloc_asprintf(context, "%s, %s", members, name + start);
}

const char *source_member(const char *name)
{
    return name + member_start(name);
}

char *source_made(const void *context, const char *line, int column)
{
    int end = column - 1;
    if (end < 0 || (size_t)end >= strlen(line))
        return NULL;
    while (is_word(line[end]))
        end++;
    int length = end - (column - 1);
    bool makes = length > 5 && strncmp(line + end - 5, "_init", 5) == 0;
    bool unmakes = length > 8 && strncmp(line + end - 8, "_destroy", 8) == 0;
    return makes || unmakes ? source_argument(context, line, column) : NULL;
}

bool source_declares_bits(const char *root, const char *file, const char *name)
{
    char *all = file_read(NULL, file[0] == '/' ? NULL : root, file, SOURCE_LIMIT, NULL, NULL);
    size_t length = strlen(name);
    bool declares = false;
    for (const char *at = all; !declares && at && (at = strstr(at, name)); at++) {
        const char *after = at + length + strspn(at + length, " ");
        declares =
            at > all && at[-1] == ' ' && *after == ':' && is_word(after[1 + (after[1] == ' ')]);
    }
    talloc_free(all);
    return declares;
}
