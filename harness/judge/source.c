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

// Takes a dereference along: the `*` of `*p = 1`, but not that of `a * b`.
static int with_stars(const char *line, int start)
{
    int star = start;
    while (star > 0 && line[star - 1] == '*')
        star--;
    int before = star;
    while (before > 0 && line[before - 1] == ' ')
        before--;
    bool operand_before = before > 0 && (is_word(line[before - 1]) || line[before - 1] == ')' ||
                                         line[before - 1] == ']');
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

// The end of the operand that starts behind a prefix operator at `from`, for `++c->value`.
static int prefix_operand_end(const char *line, int from)
{
    while (line[from] && !is_word(line[from]) && line[from] != ';')
        from++;
    int end = from;
    while (is_word(line[end]) || line[end] == '.' || line[end] == '[' || line[end] == ']' ||
           (line[end] == '-' && line[end + 1] == '>') ||
           (end > 0 && line[end] == '>' && line[end - 1] == '-'))
        end++;
    return end - 1;
}

// Where the operand ends that is left of the "=" before a compound literal, `*p = (struct tm){...}`, whose
// bracket is at `at`; -1: there is none.
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
        bool postfix = end >= 0 && (is_word(line[end]) || line[end] == ')' || line[end] == ']');
        if (!postfix || (line[at] == '*' && line[at + 1] != '='))
            end = prefix_operand_end(line, at);
    }
    if (end < 0)
        return NULL;
    int start = operand_start(line, end);
    return start < 0 ? NULL : cut(context, line, with_stars(line, start), end);
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
    int start = at + 1;
    while (line[start] == ' ' || line[start] == '&')
        start++;
    int end = start, depth = 0;
    for (; line[end] && (depth > 0 || (line[end] != ',' && line[end] != ')')); end++)
        depth += (line[end] == '(' || line[end] == '[') - (line[end] == ')' || line[end] == ']');
    return cut(context, line, start, end - 1);
}

// What `read` (one of the two above) sees at the innermost place of the program in `trace`.
static char *name_at(const void *context, const char *root, const struct trace *trace,
                     char *(*read)(const void *, const char *, int))
{
    const struct place *place = trace_own(trace);
    char *line =
        place && place->column > 0 ? source_line(context, root, place->file, place->line) : NULL;
    char *name = line ? read(context, line, place->column) : NULL;
    talloc_free(line);
    return name;
}

// Gives a lock the name that the source has for it, also where accesses list it as held; the tool's
// own name goes along where two locks would otherwise be called the same.
static void name_lock(const void *context, const char *root, struct finding *finding, size_t index)
{
    struct lock *lock = &finding->locks[index];
    const char *old = lock->name;
    char *name = name_at(context, root, &lock->taken, source_argument);
    if (!name)
        return;
    for (size_t i = 0; i < finding->lock_count; i++)
        if (i != index && strcmp(finding->locks[i].name, name) == 0)
            name = talloc_asprintf(context, "%s (%s)", name, old);
    lock->name = name;
    lock->named = true;
    for (size_t i = 0; i < finding->access_count; i++)
        for (const char **held = finding->accesses[i].locks; held && *held; held++)
            if (strcmp(*held, old) == 0)
                *held = lock->name;
}

// What the source calls a lock of a cycle, if it is called the same wherever it appears: where it
// was taken, and where the holder of the lock before it wanted it. NULL otherwise; `differ` is set
// if it is known to have two names.
static const char *name_in_cycle(const void *context, const char *root,
                                 const struct finding *finding, size_t index, bool *differ)
{
    size_t before = (index + finding->lock_count - 1) % finding->lock_count;
    const struct trace *traces[] = {&finding->locks[index].taken, &finding->locks[before].wanted};
    const char *name = NULL;
    bool agreed = true;
    for (size_t i = 0; i < 2; i++) {
        if (!trace_own(traces[i]))
            continue; // not told
        const char *here = name_at(context, root, traces[i], source_argument);
        bool other = here && name && strcmp(here, name) != 0;
        *differ = *differ || other;
        agreed = agreed && here && !other;
        name = here;
    }
    return agreed ? name : NULL;
}

// Whether another of the names is the same as this one; NULL is no name.
static bool has_twice(const char *const *names, size_t count, size_t index)
{
    for (size_t i = 0; i < count; i++)
        if (i != index && names[i] && names[index] && strcmp(names[i], names[index]) == 0)
            return true;
    return false;
}

// Makes up names, M0, M1, ..., for the locks of a cycle that have none.
static void number_locks(const void *context, struct finding *finding, const char **names)
{
    size_t count = finding->lock_count, number = 0;
    for (size_t i = 0; i < count; i++)
        if (!finding->locks[i].named)
            names[i] = NULL;
    for (size_t i = 0; i < count; i++)
        while (!finding->locks[i].named && (!names[i] || has_twice(names, count, i)))
            names[i] = talloc_asprintf(context, "M%zu", number++);
}

// Names the locks of a cycle. What the tool knows (a global's name) stays, unless two locks share
// it (elements of an array). The others are all called as in the source, or else all M0, M1, ...:
// a name that means one lock in one thread and another lock in the other tells the story wrong.
static void name_cycle(const void *context, const char *root, struct finding *finding)
{
    size_t count = finding->lock_count;
    struct lock *locks = finding->locks;
    const char **names = talloc_zero_array(context, const char *, (unsigned)count);
    bool good = true, differ = false;
    for (size_t i = 0; i < count; i++)
        names[i] = locks[i].named ? locks[i].name : NULL;
    for (size_t i = 0; i < count; i++)
        locks[i].named = locks[i].named && !has_twice(names, count, i);
    for (size_t i = 0; i < count; i++)
        if (!locks[i].named)
            names[i] = name_in_cycle(context, root, finding, i, &differ);
    for (size_t i = 0; i < count; i++)
        good = good && names[i] && !has_twice(names, count, i);
    if (!good)
        number_locks(context, finding, names);
    for (size_t i = 0; i < count; i++) {
        locks[i].name = names[i];
        locks[i].named = locks[i].named || good;
    }
    finding->names_differ = differ && !good;
}

// What the accesses of a race call their variable. Where they differ, a member ("sheet->forecast") says
// more than a name alone, and a store points at its own operand while a load may share its place with
// others.
static const char *name_race(const void *context, const char *root, const struct finding *finding)
{
    const char *best = NULL;
    int best_rank = -1;
    for (size_t i = 0; i < finding->access_count; i++) {
        const struct access *access = &finding->accesses[i];
        const char *name = name_at(context, root, &access->trace, source_operand);
        int rank = name ? 2 * (strpbrk(name, ".>") != NULL) + access->write : -1;
        if (rank > best_rank) {
            best = name;
            best_rank = rank;
        }
    }
    return best;
}

void source_name(const void *context, const char *root, struct finding *finding)
{
    if (finding->kind == KIND_LOCK_ORDER)
        name_cycle(context, root, finding);
    for (size_t i = 0; i < finding->lock_count && finding->kind != KIND_LOCK_ORDER; i++)
        if (!finding->locks[i].named)
            name_lock(context, root, finding, i);
    if (!finding->variable)
        finding->variable = name_race(context, root, finding);
    if (finding->variable || finding->kind == KIND_LOCK_ORDER)
        return; // a cycle has several locks
    if (finding->lock_count && finding->locks[0].named)
        finding->variable = finding->locks[0].name;
    else if (finding->kind == KIND_LOCK_MISUSE || finding->kind == KIND_THREAD_MISUSE)
        finding->variable = name_at(context, root, &finding->where, source_argument);
}
