// Three looks at each file, each at what the one before cannot see:
//
//     the file as it stands      what it includes, which conditions and pragmas it has, also where
//                                the preprocessor would skip them
//     after preprocessing        names and attributes, also those put together by macros; for a file
//                                that could tell the judges apart, under each judge's flags
//     the object file            which functions it calls, defines or replaces, and where code lies
//
// The second and third are of clang's own making (one command in the sandbox), so that nothing
// depends on how well our own lexer agrees with clang but the first; and what that one says about
// #include is checked again by the files that clang says it read.
#include "tamper.h"

#include "detectors/detector.h"
#include "files.h"
#include "objects.h"
#include "tamper_rules.h"
#include "text.h"
#include "tokens.h"
#include "workspace.h"

#include <ctype.h>
#include <dlfcn.h>
#include <limits.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <talloc.h>
#include <unistd.h>

enum {
    SOURCE_LIMIT = 1 << 20,
    TEXT_LIMIT = 8 << 20, // after preprocessing
    OBJECT_LIMIT = 32 << 20,
    COMPILE_SECONDS = 20,
    MESSAGE_LIMIT = 1 << 20,
    WORD_LIMIT = 60, // of what a reason quotes
};

// One of the edit files.
struct file {
    const char *name; // as in exercise->edit
    const char *path; // relative to the root
    struct tokens *tokens;
    bool doubtful; // holds what could mean something else under another judge
};

// An inspection. All but the refusal is a talloc child of `scratch`.
struct look {
    void *scratch;
    const struct exercise *exercise;
    const struct sources *sources;
    const char *folder;
    const struct sandbox *sandbox;
    struct problem *problem;
    struct file *files;
    size_t count;
    const char **headers;     // the exercise's own: names
    const char **drivers;     // names in the driver's files, which answers may not
    const char **provided;    // names in the exercise's headers, which answers may use
    const struct file *where; // what is refused, so far: the first place; NULL: nothing
    int line;
    char *reason;
};

// ---- what is refused ----

static bool is_before(const struct look *look, const struct file *file, int line)
{
    if (!look->where || file != look->where)
        return !look->where || file < look->where;
    return line && (!look->line || line < look->line);
}

// Notes a refusal, unless one is known further up.
__attribute__((format(printf, 4, 5))) static void refuse(struct look *look, const struct file *file,
                                                         int line, const char *format, ...)
{
    if (!is_before(look, file, line))
        return;
    va_list arguments;
    va_start(arguments, format);
    talloc_free(look->reason);
    look->where = file;
    look->line = line;
    look->reason = talloc_vasprintf(look->scratch, format, arguments);
    va_end(arguments);
}

// A word as a reason quotes it: short, and nothing that is not plain text.
static const char *quoted(const struct look *look, const char *text, size_t length)
{
    char *copy = talloc_strndup(look->scratch, text, length < WORD_LIMIT ? length : WORD_LIMIT);
    for (char *at = copy; *at; at++)
        if (!isprint((unsigned char)*at))
            *at = '?';
    return length < WORD_LIMIT ? copy : talloc_strdup_append(copy, "...");
}

static void refuse_token(struct look *look, const struct file *file, int line,
                         const struct token *token, const char *reason)
{
    if (reason)
        refuse(look, file, line, "`%s` %s.", quoted(look, token->text, token->length), reason);
}

// ---- the file as it stands ----

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

// `at` is the first word after "pragma", `end` is behind the last.
static void check_pragma(struct look *look, const struct file *file, int line,
                         const struct tokens *tokens, size_t at, size_t end)
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
                         rules_condition_refused(token_text(look->scratch, token)));
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
    const char *reason = rules_directive_refused(token_text(look->scratch, name));
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

static void check_raw(struct look *look, struct file *file)
{
    const struct tokens *tokens = file->tokens;
    for (size_t i = 0; i < tokens->count; i++) {
        const struct token *token = &tokens->all[i];
        if (token->first && token_is_sign(token, '#'))
            check_directive(look, file, i);
        file->doubtful |= token->kind == TOKEN_PASTE;
        if (token->kind != TOKEN_NAME)
            continue;
        const char *name = token_text(look->scratch, token);
        refuse_token(look, file, token->line, token, rules_question_refused(name));
        file->doubtful |= !rules_same_everywhere(name);
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

// ---- compiling ----

// Where the compiler puts the text ("i") under the judge of that number, or the object file ("o").
static const char *output(const struct look *look, const struct file *file, const char *kind,
                          size_t judge)
{
    return talloc_asprintf(look->scratch, "%s/%zu-%zu.%s", look->folder,
                           (size_t)(file - look->files), judge, kind);
}

// Adds to `script` one command, after the word `joint`.
static char *add_command(char *script, const char *joint, const char *const *argv)
{
    char *command = shell_quote(script, argv);
    return talloc_asprintf_append(script, "%s%s", *script ? joint : "", command);
}

// The compiler as `recipe` has it, with `mode` ("-E"), and `more` after the file's name.
static const char **compiler(const struct look *look, const struct recipe *recipe, const char *mode,
                             const char *path)
{
    const char **argv = list_new(look->scratch);
    list_add(&argv, recipe->compiler);
    list_add_all(&argv, recipe->flags);
    list_add(&argv, "-w");
    list_add(&argv, "-fno-crash-diagnostics");
    if (look->sources->include)
        list_add(&argv, talloc_asprintf(argv, "-I%s", look->sources->include));
    list_add(&argv, mode);
    list_add(&argv, path);
    return argv;
}

// What has been preprocessed becomes an object file, without optimisation: all that the text uses is
// still in it. Of the flags only those count that say which language and which machine.
static const char **compiler_of_text(const struct look *look, const struct file *file,
                                     const struct recipe *recipe)
{
    const char **argv = list_new(look->scratch);
    list_add(&argv, recipe->compiler);
    for (const char *const *flag = recipe->flags; *flag; flag++)
        if (strncmp(*flag, "-std=", 5) == 0 ||
            (strncmp(*flag, "-m", 2) == 0 && strcmp(*flag, "-mllvm") != 0))
            list_add(&argv, *flag);
    const char *rest[] = {"-O0",
                          "-w",
                          "-fno-crash-diagnostics",
                          "-c",
                          output(look, file, "i", 0),
                          "-o",
                          output(look, file, "o", 0),
                          NULL};
    list_add_all(&argv, rest);
    return argv;
}

// Preprocesses the file, for the first judge or for all, and compiles what came of it.
static const char *compile_script(const struct look *look, const struct file *file)
{
    char *script = talloc_strdup(look->scratch, "");
    for (size_t i = 0; detectors[i] && (i == 0 || file->doubtful); i++) {
        const char **argv = compiler(look, detectors[i]->recipe, "-E", file->path);
        list_add(&argv, "-o");
        list_add(&argv, output(look, file, "i", i));
        script = add_command(script, " && ", argv);
    }
    return add_command(script, " && ", compiler_of_text(look, file, detectors[0]->recipe));
}

// Fails only if a judge's compiler does not find fault with the file.
static const char *reject_script(const struct look *look, const struct file *file)
{
    char *script = talloc_strdup(look->scratch, "");
    for (size_t i = 0; detectors[i]; i++)
        script = add_command(script, " || ",
                             compiler(look, detectors[i]->recipe, "-fsyntax-only", file->path));
    return script;
}

static bool run_script(const struct look *look, const char *script, struct outcome *outcome)
{
    const char *const argv[] = {"sh", "-c", script, NULL};
    const struct command command = {
        .argv = argv,
        .env = workspace_environment(look->scratch, look->folder),
        .directory = look->sources->root,
        .seconds = COMPILE_SECONDS,
        .output_limit = MESSAGE_LIMIT,
    };
    return sandbox_run(look->scratch, look->sandbox, &command, outcome, look->problem);
}

// "FILE:LINE:COLUMN: error: ", as opposed to "clang: error: ".
static bool finds_fault(const char *messages)
{
    for (const char *at = messages; (at = strstr(at, "error: ")); at++) {
        const char *start = at;
        while (start > messages && start[-1] != '\n' && !isdigit((unsigned char)start[-1]))
            start--;
        size_t gap = (size_t)(at - start);
        if (start > messages && isdigit((unsigned char)start[-1]) &&
            (gap == strlen(": ") || gap == strlen(": fatal ")))
            return true;
    }
    return false;
}

// Whether the commands ran into a limit, or were ended by a signal (which a shell tells so).
static bool is_cut_off(const struct outcome *outcome)
{
    return outcome->ending == ENDED_EXITED ? outcome->number > 128
                                           : outcome->ending != ENDED_NOT_STARTED;
}

// ---- after preprocessing ----

static const char too_much[] =
    "What the compiler makes of this file is larger than the %d MB that are inspected, so that it "
    "cannot be seen what the file does; make it simpler.";

// Where in the student's files the text comes from.
struct origin {
    const struct file *file; // NULL: not from one of them
    int line;                // what the marker says of the line after it
    int marker;              // that line in the text
    const struct file *last; // the student's own line that was last: the #include, for a header's
    int last_line;
};

// Text after preprocessing: its tokens, and whence the one at `at` comes.
struct text {
    struct tokens *tokens;
    size_t at;
    struct origin origin;
};

static struct text text_of(const struct look *look, struct tokens *tokens)
{
    return (struct text){.tokens = tokens, .origin = {.last = look->files, .last_line = 0}};
}

static const struct file *file_at(const struct look *look, const char *path)
{
    for (size_t i = 0; i < look->count; i++)
        if (strcmp(look->files[i].path, path) == 0)
            return &look->files[i];
    return NULL;
}

// A line marker: # 12 "file" FLAGS. Clang writes them in the first column; what a program makes of a
// "#" of its own it moves to the right.
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
    refuse(look, origin->last, origin->last_line, "`#include` of \"%s\" %s.",
           quoted(look, path, strlen(path)), rules_header_refused(path));
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
    const char *path = talloc_strndup(look->scratch, token[2].text + 1, token[2].length - 2);
    struct origin *origin = &text->origin;
    if (origin->file)
        origin->last_line = origin_line(origin, token);
    if (origin->file && entered)
        check_entered(look, origin, path, system);
    origin->file = file_at(look, path);
    origin->line = (int)strtol(token[1].text, NULL, 10);
    origin->marker = token->line;
    if (origin->file)
        origin->last = origin->file;
    text->at = end;
}

// The next token that is not of a line marker, or NULL at the end. `line` is its line in a student's
// file, `text->origin.last`.
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

// __attribute__((NAME, NAME(...))), or [[space::NAME(...)]]: `at` is behind the word or at the first
// bracket. The names are those within two brackets of either kind.
// A header's weak function (<pthread.h> has one) comes to light in the object file, if it is used.
static void check_attributes(struct look *look, const struct text *text, int line, size_t at)
{
    const struct tokens *tokens = text->tokens;
    int depth = 0;
    for (; at < tokens->count; at++) {
        const struct token *token = &tokens->all[at];
        depth += token_is_sign(token, '(') || token_is_sign(token, '[');
        depth -= token_is_sign(token, ')') || token_is_sign(token, ']');
        if (depth <= 0)
            return;
        bool space = at + 1 < tokens->count && token_is_sign(token + 1, ':');
        bool header = text->origin.file == NULL && token_is(token, "__weak__");
        if (depth == 2 && token->kind == TOKEN_NAME && !space && !header)
            refuse_token(look, text->origin.last, line, token,
                         rules_attribute_refused(token_text(look->scratch, token)));
    }
}

// Whether the "asm" at `at` gives a declared function its name in the library, as system headers do:
// it stands behind the parameters, and holds a name that can be no instruction.
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

static void check_name(struct look *look, const struct text *text, int line,
                       const struct token *token)
{
    const struct tokens *tokens = text->tokens;
    const struct file *file = text->origin.last;
    size_t at = (size_t)(token - tokens->all);
    const char *name = token_text(look->scratch, token);
    bool own = text->origin.file != NULL;
    if (token_is(token, "__attribute__") || token_is(token, "__attribute"))
        check_attributes(look, text, line, at + 1);
    else if (own || !token_starts(token, "__asm") || !is_label(tokens, at))
        refuse_token(look, file, line, token, rules_name_refused(name));
    if (own && file->doubtful) // else it comes from a macro of the library's, like tolower
        refuse_token(look, file, line, token, rules_question_refused(name));
}

// All of the text, the headers' too: a macro of the student's may have been expanded in there.
static void check_text(struct look *look, struct tokens *tokens)
{
    struct text text = text_of(look, tokens);
    const struct token *token;
    int line = 0;
    while ((token = next_token(look, &text, &line))) {
        size_t at = text.at - 1;
        bool more = text.at < tokens->count;
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
static void compare_texts(struct look *look, struct tokens *first, struct tokens *second)
{
    struct text here = text_of(look, first), there = text_of(look, second);
    const struct token *a, *b;
    int line = 0, other = 0;
    do {
        a = next_own(look, &here, &line);
        b = next_own(look, &there, &other);
    } while (a && b && token_same(a, b));
    if (a || b)
        refuse(look, here.origin.last, line,
               "This line is not the same under every judge: a macro in it asks which tool is "
               "looking or how the judges compile the file, and a program must be the same whoever "
               "looks; remove it.");
}

// Reads what the compiler made. NULL if that failed, or with a refusal noted if it is too large.
static char *read_made(struct look *look, const struct file *file, const char *path, size_t limit,
                       size_t *size)
{
    struct stat status;
    if (stat(path, &status) == 0 && S_ISREG(status.st_mode) && (size_t)status.st_size > limit) {
        refuse(look, file, 0, too_much, (int)(limit >> 20));
        return NULL;
    }
    return file_read(look->scratch, NULL, path, limit, size, look->problem);
}

// False if the harness failed; nothing is checked where a refusal is noted instead.
static bool check_texts(struct look *look, const struct file *file)
{
    struct tokens *first = NULL;
    for (size_t i = 0; detectors[i] && (i == 0 || file->doubtful); i++) {
        char *text = read_made(look, file, output(look, file, "i", i), TEXT_LIMIT, NULL);
        if (!text)
            return look->where != NULL;
        struct tokens *tokens = tokens_read(look->scratch, text, strlen(text));
        if (first)
            compare_texts(look, first, tokens);
        else
            check_text(look, first = tokens);
    }
    return true;
}

// ---- the object file ----

static void *libraries[2];

static void open_libraries(void)
{
    libraries[0] = dlopen("libc.so.6", RTLD_LAZY);
    libraries[1] = dlopen("libm.so.6", RTLD_LAZY);
}

// Whether the C library has it.
static bool in_library(const char *name)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, open_libraries);
    for (size_t i = 0; i < sizeof libraries / sizeof libraries[0]; i++)
        if (libraries[i] && dlsym(libraries[i], name))
            return true;
    return false;
}

// The library's own spelling of a function, without what its headers put before it.
static const char *plain_name(const char *name)
{
    static const char *const prefixes[] = {"__isoc99_", "__isoc23_"};
    for (size_t i = 0; i < sizeof prefixes / sizeof prefixes[0]; i++)
        if (strncmp(name, prefixes[i], strlen(prefixes[i])) == 0)
            return name + strlen(prefixes[i]);
    return name;
}

// The line where the name first stands in the file, but for an #include; 0 if it does not, as when
// a macro puts it together.
static int line_of(const struct file *file, const char *name)
{
    const struct token *all = file->tokens->all;
    for (size_t i = 0; i < file->tokens->count; i++) {
        if (token_is(&all[i], name))
            return all[i].line;
        if (all[i].first && token_is_sign(&all[i], '#') && i + 1 < file->tokens->count &&
            token_is(&all[i + 1], "include"))
            i = tokens_directive_end(file->tokens, i) - 1;
    }
    return 0;
}

static void refuse_symbol(struct look *look, const struct file *file, const char *name,
                          const char *reason)
{
    name = plain_name(name);
    refuse(look, file, line_of(file, name), "`%s` %s.", quoted(look, name, strlen(name)), reason);
}

static bool uses(const struct object *object, const char *name)
{
    for (size_t i = 0; i < object->count; i++)
        if (!object->symbols[i].defined && strcmp(object->symbols[i].name, name) == 0)
            return true;
    return false;
}

// What a name is refused for that somebody else must define. One that nobody defines is for the
// linker to say.
static const char *use_refused(const struct look *look, const struct object *object,
                               const char *name)
{
    bool library = in_library(name) || rules_symbol_reserved(name);
    const char *reason = library ? rules_symbol_refused(name) : rules_name_refused(name);
    if (list_has(look->exercise->allow, name) || (!library && list_has(look->provided, name)))
        return NULL;
    if (reason)
        return reason;
    if (rules_symbol_ends_thread(name) && !uses(object, "pthread_create") &&
        !uses(object, "thrd_create"))
        return "ends a thread, and all threads here are the driver's, which has not yet counted; "
               "return to it instead";
    if (rules_symbol_allowed(name))
        return NULL;
    if (library)
        return "is not among the functions that an answer may call; do without it";
    return list_has(look->drivers, name)
               ? "belongs to the driver, which does not offer it in a header; do without it"
               : NULL;
}

static const char *definition_refused(const char *name)
{
    if (strcmp(name, "main") == 0)
        return "belongs to the driver, which starts the program and counts; give this function "
               "another name";
    if (in_library(name))
        return "belongs to the C library, and this definition would take its place in the whole "
               "program; give it another name, or make it `static`";
    if (name[0] == '_')
        return "begins with an underscore: such names are the compiler's and the library's, and "
               "this one could take the place of theirs; give it another name, or make it `static`";
    return rules_name_refused(name);
}

static void check_symbol(struct look *look, const struct file *file, const struct object *object,
                         const struct symbol *symbol)
{
    const char *reason = NULL;
    if (symbol->weak && strcmp(symbol->name, "__pthread_unwind_next") != 0)
        reason = rules_attribute_refused("weak");
    else if (symbol->indirect)
        reason = rules_attribute_refused("ifunc");
    else if (!symbol->defined)
        reason = use_refused(look, object, symbol->name);
    else if (symbol->exported)
        reason = definition_refused(symbol->name);
    if (reason && symbol->name[0])
        refuse_symbol(look, file, symbol->name, reason);
}

static int compare_symbols(const void *left, const void *right)
{
    const struct symbol *a = left, *b = right;
    if (a->section != b->section)
        return a->section < b->section ? -1 : 1;
    return a->value < b->value ? -1 : a->value > b->value;
}

// Two names for one function or variable.
static void check_aliases(struct look *look, const struct file *file, struct object *object)
{
    const struct symbol *last = NULL;
    if (object->count)
        qsort(object->symbols, object->count, sizeof *object->symbols, compare_symbols);
    for (size_t i = 0; i < object->count; i++) {
        const struct symbol *symbol = &object->symbols[i];
        if (!symbol->defined || !symbol->code || !symbol->size)
            continue;
        if (last && compare_symbols(last, symbol) == 0)
            refuse_symbol(look, file, symbol->name, rules_attribute_refused("alias"));
        last = symbol;
    }
}

static bool check_object(struct look *look, const struct file *file)
{
    size_t size;
    char *bytes = read_made(look, file, output(look, file, "o", 0), OBJECT_LIMIT, &size);
    struct object *object = bytes ? object_read(look->scratch, bytes, size, look->problem) : NULL;
    if (!object)
        return !bytes && look->where;
    for (const char **section = object->sections; *section; section++)
        if (!rules_section_allowed(*section))
            refuse(look, file, 0, "Something in this file lies in the section `%s`, which %s.",
                   quoted(look, *section, strlen(*section)), rules_attribute_refused("section"));
    for (size_t i = 0; i < object->count; i++)
        check_symbol(look, file, object, &object->symbols[i]);
    check_aliases(look, file, object);
    return true;
}

// ---- all of it ----

static bool ends_in(const char *name, const char *end)
{
    size_t length = strlen(name), tail = strlen(end);
    return length > tail && strcmp(name + length - tail, end) == 0;
}

// Adds the names in a file of the course to `names`.
static bool learn_names(const struct look *look, const char *file, const char ***names)
{
    const char *path = path_join(look->scratch, look->exercise->folder, file);
    char *bytes =
        file_read(look->scratch, look->sources->root, path, SOURCE_LIMIT, NULL, look->problem);
    struct tokens *tokens = bytes ? tokens_read(look->scratch, bytes, strlen(bytes)) : NULL;
    for (size_t i = 0; tokens && i < tokens->count; i++)
        if (tokens->all[i].kind == TOKEN_NAME)
            list_add(names, token_text(look->scratch, &tokens->all[i]));
    return tokens != NULL;
}

// What the course's own files in the exercise's folder offer.
static bool learn_course(struct look *look)
{
    const struct exercise *exercise = look->exercise;
    char **names = folder_list(look->scratch, look->sources->root, exercise->folder, look->problem);
    look->headers = list_new(look->scratch);
    look->provided = list_new(look->scratch);
    look->drivers = list_new(look->scratch);
    for (size_t i = 0; names && names[i]; i++) {
        bool header = ends_in(names[i], ".h"), own = list_has(exercise->edit, names[i]);
        if (header)
            list_add(&look->headers, names[i]);
        if (!own && (header || list_has(exercise->sources, names[i])) &&
            !learn_names(look, names[i], header ? &look->provided : &look->drivers))
            return false;
    }
    return names != NULL;
}

static bool read_files(struct look *look)
{
    look->count = list_count(look->exercise->edit);
    look->files = talloc_zero_array(look->scratch, struct file, (unsigned)look->count);
    for (size_t i = 0; i < look->count; i++) {
        struct file *file = &look->files[i];
        size_t size;
        file->name = look->exercise->edit[i];
        file->path = path_join(look->scratch, look->exercise->folder, file->name);
        char *bytes = file_read(look->scratch, look->sources->root, file->path, SOURCE_LIMIT, &size,
                                look->problem);
        if (!bytes)
            return false;
        file->tokens = tokens_read(look->scratch, bytes, strlen(bytes));
        if (strlen(bytes) < size)
            refuse(look, file, 0,
                   "The file holds a NUL byte, behind which text could hide; save "
                   "it as plain text.");
    }
    return true;
}

// The file did not compile here: `first` is what became of that. It is no C if no judge's compiler
// takes it either; one that any of them takes would run without having been looked at.
static enum inspection check_rejection(struct look *look, const struct file *file,
                                       const struct outcome *first)
{
    struct outcome outcome = *first;
    bool fault = is_cut_off(first) || finds_fault(first->output);
    if (fault && !run_script(look, reject_script(look, file), &outcome))
        return INSPECTION_FAILED;
    bool exited = outcome.ending == ENDED_EXITED;
    if (fault && (is_cut_off(&outcome) || (exited && outcome.number == 0))) {
        refuse(look, file, 0,
               "The compiler does not get through this file within the time and memory that the "
               "inspection has, or not without the judges' flags, so that it cannot be seen what "
               "the file does; make it simpler.");
        return INSPECTION_FINE;
    }
    if (fault && exited && finds_fault(outcome.output))
        return INSPECTION_NOT_C;
    problem_set(look->problem, "%s cannot be inspected: the compiler failed: %.*s", file->name,
                (int)strcspn(first->output, "\n"), first->output);
    return INSPECTION_FAILED;
}

// Whether the compiler is through with the preprocessor's part.
static bool has_texts(const struct look *look, const struct file *file)
{
    bool all = true;
    for (size_t i = 0; detectors[i] && (i == 0 || file->doubtful); i++)
        all &= access(output(look, file, "i", i), R_OK) == 0;
    return all;
}

// Everything about a C file but what check_raw has seen.
static enum inspection inspect_compiled(struct look *look, const struct file *file)
{
    struct outcome outcome;
    if (!run_script(look, compile_script(look, file), &outcome))
        return INSPECTION_FAILED;
    bool compiled = outcome.ending == ENDED_EXITED && outcome.number == 0;
    if (has_texts(look, file) && !check_texts(look, file))
        return INSPECTION_FAILED;
    if (compiled)
        return check_object(look, file) ? INSPECTION_FINE : INSPECTION_FAILED;
    return look->where ? INSPECTION_FINE : check_rejection(look, file, &outcome);
}

static enum inspection inspect(struct look *look)
{
    if (!learn_course(look) || !read_files(look))
        return INSPECTION_FAILED;
    for (size_t i = 0; i < look->count; i++)
        check_raw(look, &look->files[i]);
    enum inspection worst = INSPECTION_FINE;
    for (size_t i = 0; i < look->count && !look->where; i++) {
        enum inspection inspection = INSPECTION_FINE;
        if (ends_in(look->files[i].name, ".c"))
            inspection = inspect_compiled(look, &look->files[i]);
        if (inspection == INSPECTION_FAILED)
            return INSPECTION_FAILED;
        if (inspection == INSPECTION_NOT_C)
            worst = inspection;
    }
    return look->where ? INSPECTION_REFUSED : worst;
}

enum inspection tamper_inspect(const void *context, const struct exercise *exercise,
                               const struct sources *sources, const char *folder,
                               const struct sandbox *sandbox, struct refusal *refusal,
                               struct problem *problem)
{
    struct look look = {
        .scratch = talloc_new(context),
        .exercise = exercise,
        .sources = sources,
        .folder = folder,
        .sandbox = sandbox,
        .problem = problem,
    };
    enum inspection inspection = inspect(&look);
    if (inspection == INSPECTION_REFUSED)
        *refusal = (struct refusal){
            .file = talloc_strdup(context, look.where->name),
            .line = look.line,
            .reason = talloc_strdup(context, look.reason),
        };
    talloc_free(look.scratch);
    return inspection;
}
