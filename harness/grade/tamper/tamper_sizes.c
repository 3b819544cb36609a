// The last look: accesses of sizes that ThreadSanitizer does not look at. It knows those of 1, 2,
// 4, 8 and 16 bytes; a `long double`, a long vector and some bit-fields are accessed otherwise, and
// a race on them would go unseen. What only its own function can reach may have any size.
//
// Structs that are passed by value right out of such memory: the copy is made when the call is,
// behind the back of both ThreadSanitizer and the explorer. And inline assembly, which may come
// from a header of the compiler's own.
//
// The explorer's build writes the file in the compiler's intermediate language (LLVM's), too, where
// each access stands on a line of its own, with its type and its address.
#include "base/files.h"
#include "base/text.h"
#include "judge/calls.h"
#include "tamper_looks.h"
#include "tamper_rules.h"

#include <ctype.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <talloc.h>

enum { POINTER_BYTES = 8, LONG_DOUBLE_BYTES = 10, REGISTER_BYTES = 16 };

// A name in a function by which a variable of its own can be reached, or a constant.
struct local {
    const char *name; // "%3"
    size_t variable;  // the index of the local that is the variable itself
    bool escapes;     // of that one: others may have its address
};

// An access whose size is not seen.
struct unseen {
    size_t bytes;     // 0: a struct as an argument
    const char *line; // of the intermediate text
    size_t variable;  // of the local that it reaches; SIZE_MAX: none
};

// The function that is being read.
struct function {
    const char *text; // all of the intermediate text
    const char *name;
    struct local *locals;
    size_t local_count;
    struct unseen *unseen;
    size_t unseen_count;
    const char *assembly; // a line with some; NULL: there is none
};

// ---- the language's lines ----

// The length of what stands at `text` up to a comma, or a blank if `word`, that is within no
// brackets.
static size_t part_length(const char *text, bool word)
{
    int depth = 0;
    size_t length = 0;
    for (; text[length] && text[length] != '\n'; length++) {
        if (depth == 0 && (text[length] == ',' || (word && text[length] == ' ')))
            break;
        depth += strchr("([{<", text[length]) != NULL;
        depth -= strchr(")]}>", text[length]) != NULL;
    }
    return length;
}

// The bytes of a type; 0: one that is not accessed as a whole.
static size_t type_bytes(const char *type, size_t length)
{
    char *end;
    static const struct {
        const char *name;
        size_t bytes;
    } floats[] = {{"half", 2},   {"bfloat", 2}, {"float", 4},
                  {"double", 8}, {"fp128", 16}, {"x86_fp80", LONG_DOUBLE_BYTES}};
    if (length > 0 && type[length - 1] == '*')
        return POINTER_BYTES;
    if (type[0] == 'i' && isdigit((unsigned char)type[1]))
        return (strtoul(type + 1, NULL, 10) + 7) / 8;
    for (size_t i = 0; i < sizeof floats / sizeof floats[0]; i++)
        if (length == strlen(floats[i].name) && strncmp(type, floats[i].name, length) == 0)
            return floats[i].bytes;
    if (type[0] != '<' || !isdigit((unsigned char)type[1]))
        return 0;
    size_t count = strtoul(type + 1, &end, 10); // <4 x i64>
    return strncmp(end, " x ", 3) == 0 ? count * type_bytes(end + 3, strcspn(end + 3, ">")) : 0;
}

static bool is_seen(size_t bytes)
{
    return bytes == 0 || bytes == 1 || bytes == 2 || bytes == 4 || bytes == 8 || bytes == 16;
}

// ---- what is a function's own ----

static size_t name_length(const char *name)
{
    return 1 +
           strspn(name + 1, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-$");
}

// The local of that name; SIZE_MAX: none.
static size_t local_find(const struct function *function, const char *name, size_t length)
{
    for (size_t i = 0; i < function->local_count; i++)
        if (strlen(function->locals[i].name) == length &&
            strncmp(function->locals[i].name, name, length) == 0)
            return i;
    return SIZE_MAX;
}

// `variable` SIZE_MAX: a variable itself.
static void local_add(struct function *function, const char *name, size_t variable)
{
    size_t count = function->local_count;
    function->locals = array_grow(function, function->locals, sizeof *function->locals, count);
    function->locals[count] = (struct local){talloc_strndup(function, name, name_length(name)),
                                             variable == SIZE_MAX ? count : variable, false};
    function->local_count++;
}

// The variable that the first local's name in `text` reaches; SIZE_MAX: there is none.
static size_t variable_in(const struct function *function, const char *text, size_t length)
{
    for (size_t i = 0; i < length; i++) {
        size_t local =
            text[i] == '%' ? local_find(function, text + i, name_length(text + i)) : SIZE_MAX;
        if (local != SIZE_MAX)
            return function->locals[local].variable;
    }
    return SIZE_MAX;
}

// Parameters that are copies: of structs that are too large for registers.
static void add_copies(struct function *function, const char *line, size_t length)
{
    char *text = talloc_strndup(function, line, length);
    for (const char *at = text; (at = strstr(at, " byval("));) {
        at += strlen(" byval");
        const char *name = strchr(at, '%'), *end = at + part_length(at, false);
        for (const char *next = name; next && next < end; next = strchr(next + 1, '%'))
            name = next;
        if (name && name < end)
            local_add(function, name, SIZE_MAX);
    }
}

// ---- accesses ----

// Whether the address is that of a constant, which nobody writes.
static bool is_constant(const struct function *function, const char *address, size_t length)
{
    const char *name = memchr(address, '@', length);
    if (!name)
        return false;
    char *begin = talloc_asprintf(function, "\n%.*s = ", (int)name_length(name), name);
    const char *line = strstr(function->text, begin);
    const char *end = line ? strchr(line + 1, '\n') : NULL;
    const char *word = line ? strstr(line, " constant ") : NULL;
    return word && end && word < end;
}

static void note_unseen(struct function *function, const char *line, size_t bytes,
                        const char *address)
{
    size_t length = part_length(address, false), count = function->unseen_count;
    if (is_constant(function, address, length))
        return;
    function->unseen = array_grow(function, function->unseen, sizeof *function->unseen, count);
    function->unseen[function->unseen_count++] =
        (struct unseen){bytes, line, variable_in(function, address, length)};
}

// Arguments that are passed as copies: of what is no variable of the function's own.
static void note_passed(struct function *function, const char *line, const char *call,
                        size_t length)
{
    char *text = talloc_strndup(function, call, length);
    for (const char *at = text; (at = strstr(at, " byval("));) {
        at += strlen(" byval");
        const char *end = at + part_length(at, false), *address = NULL;
        for (const char *next = at; next < end; next++)
            if (*next == '%' || *next == '@')
                address = next;
        if (address && variable_in(function, address, (size_t)(end - address)) == SIZE_MAX)
            note_unseen(function, line, 0, address);
    }
}

// `at` is behind "load" or "store".
static const char *skip_volatile(const char *at)
{
    return at + (strncmp(at, "volatile ", 9) == 0 ? 9 : 0);
}

// What takes addresses and is no function: instructions for whole registers, masked and partial
// ones.
static void note_intrinsic(struct function *function, const char *line, const char *call,
                           size_t bytes)
{
    const char *end = call + strcspn(call, "\n"), *at = strchr(call, '(');
    while (at && at < end && (*at == '(' || *at == ',')) {
        at++;
        at += strspn(at, " ");
        size_t type = part_length(at, true);
        if (type > 0 && (at[type - 1] == '*' || strncmp(at, "ptr", type) == 0))
            note_unseen(function, line, bytes, at);
        at += part_length(at, false);
    }
}

// Whether a call keeps no address: what the compiler itself calls, and the library's that fill in a
// number.
static bool keeps_nothing(const char *callee)
{
    static const char *const names[] = {
        "llvm.",    "modfl(",  "frexpl(",          "remquol(",
        "sincosl(", "sscanf(", "__isoc99_sscanf(", "__isoc23_sscanf("};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        if (strncmp(callee, names[i], strlen(names[i])) == 0)
            return true;
    return false;
}

// All locals that are named in the text may be reached by others.
static void note_escapes(struct function *function, const char *text, size_t length)
{
    for (size_t i = 0; i < length; i++) {
        size_t local =
            text[i] == '%' ? local_find(function, text + i, name_length(text + i)) : SIZE_MAX;
        if (local != SIZE_MAX)
            function->locals[function->locals[local].variable].escapes = true;
    }
}

// ---- reading ----

// Assembly among what a function calls; what only idles is no such.
static void read_assembly(struct function *function, const char *line, const char *what,
                          const char *call)
{
    const char *assembly = call ? strstr(call, " asm ") : NULL;
    size_t quoted = strcspn(what, "\n\"");
    if (assembly && assembly < what + quoted && !calls_idle_text(what + quoted))
        function->assembly = line;
}

// A load or a store of a value of a type, which is written in `length` characters; `where`: its
// address.
static void read_access(struct function *function, const char *line, const char *type,
                        size_t length, const char *where)
{
    size_t bytes = type_bytes(type, length);
    if (!is_seen(bytes))
        note_unseen(function, line, bytes, where);
}

// A call of a function that keeps none of its arguments.
static void read_harmless_call(struct function *function, const char *line, const char *callee)
{
    if (strncmp(callee, "@llvm.x86.", 10) == 0 || strncmp(callee, "@llvm.masked.", 13) == 0)
        note_intrinsic(function, line, callee, REGISTER_BYTES);
    else if (strncmp(callee, "@llvm.va_copy", 13) == 0) // since LLVM 19 "@llvm.va_copy.p0("
        note_intrinsic(function, line, callee, sizeof(va_list));
}

static void read_instruction(struct function *function, const char *line, const char *text)
{
    // For debuggers; since LLVM 19 it is no call: #dbg_declare(ptr %2, ...)
    if (text[0] == '#')
        return;
    const char *equals = text[0] == '%' ? strstr(text, " = ") : NULL;
    const char *what = equals ? equals + 3 : text;
    size_t length = strcspn(what, "\n");
    const char *call = strstr(what, "call "), *callee = call ? strchr(call, '@') : NULL;
    read_assembly(function, line, what, call);
    if (strncmp(what, "alloca ", 7) == 0) {
        local_add(function, text, SIZE_MAX);
    } else if (strncmp(what, "getelementptr ", 14) == 0 || strncmp(what, "bitcast ", 8) == 0) {
        size_t variable = variable_in(function, what, length);
        if (variable != SIZE_MAX || is_constant(function, what, length))
            local_add(function, text, variable);
    } else if (strncmp(what, "load ", 5) == 0) {
        const char *type = skip_volatile(what + 5);
        size_t length_of_type = part_length(type, false);
        read_access(function, line, type, length_of_type, type + length_of_type + 1);
    } else if (strncmp(what, "store ", 6) == 0) {
        const char *type = skip_volatile(what + 6);
        size_t both = part_length(type, false);
        read_access(function, line, type, part_length(type, true), type + both + 1);
        note_escapes(function, type, both);
    } else if (callee && callee < what + length && keeps_nothing(callee + 1)) {
        read_harmless_call(function, line, callee);
    } else {
        if (call && call < what + length)
            note_passed(function, line, call, length - (size_t)(call - what));
        note_escapes(function, what, length);
    }
}

// The source's line that an instruction is of; 0: not known.
static int source_line(const struct function *function, const char *line)
{
    const char *mark = strstr(line, "!dbg !"), *end = strchr(line, '\n');
    if (!mark || (end && mark > end))
        return 0;
    char *begin = talloc_asprintf(
        function, "\n!%lu = !DILocation(line: ", strtoul(mark + strlen("!dbg !"), NULL, 10));
    const char *place = strstr(function->text, begin);
    return place ? (int)strtol(place + strlen(begin), NULL, 10) : 0;
}

static const char unseen_size[] =
    "This line reads or writes %zu bytes at once, as for a `long double`, a long vector or some "
    "bit-fields, in memory that several threads may reach. ThreadSanitizer does not see such accesses, so "
    "nothing could be proved; use a `double` or a plain integer there.";

static const char by_value[] =
    "This line passes a struct by value right out of memory that several threads may reach. Neither "
    "ThreadSanitizer nor the explorer sees it read there, so nothing could be proved; copy it into a "
    "variable of the function first, and pass that.";

// In the file itself assembly has been seen before: this is in a function of a header's, or in one
// that such a function calls.
static void refuse_assembly(struct look *look, const struct file *file, const char *name)
{
    int line = 0;
    for (size_t i = 0; line == 0 && i < file->tokens->count; i++)
        line = token_is(&file->tokens->all[i], name) ? file->tokens->all[i].line : 0;
    if (line > 0 || !look->where)
        refuse(look, file, line, WEIGHT_NOT_ALLOWED, "`%s` %s.", quoted(look, name, strlen(name)),
               rules_name("asm")->reason);
}

static void refuse_function(struct look *look, const struct file *file,
                            const struct function *function)
{
    if (function->assembly)
        refuse_assembly(look, file, function->name);
    for (size_t i = 0; i < function->unseen_count; i++) {
        const struct unseen *access = &function->unseen[i];
        if (access->variable != SIZE_MAX && !function->locals[access->variable].escapes)
            continue;
        int number = source_line(function, access->line);
        if (access->bytes == 0)
            refuse(look, file, number, WEIGHT_NOT_ALLOWED, by_value);
        else
            refuse(look, file, number, WEIGHT_NOT_ALLOWED, unseen_size, access->bytes);
    }
}

static void read_file(struct look *look, const struct file *file, const char *text)
{
    struct function *function = NULL;
    for (const char *line = text; line; line = strchr(line, '\n'), line = line ? line + 1 : NULL) {
        if (strncmp(line, "define ", 7) == 0) {
            function = talloc_zero(look->scratch, struct function);
            const char *name = strchr(line, '@');
            function->text = text;
            function->name = talloc_strndup(function, name + 1, strcspn(name + 1, "( \n"));
            add_copies(function, line, strcspn(line, "\n"));
        } else if (function && line[0] == '}') {
            refuse_function(look, file, function);
            TALLOC_FREE(function);
        } else if (function && strncmp(line, "  ", 2) == 0) {
            read_instruction(function, line, line + strspn(line, " "));
        }
    }
}

bool check_sizes(struct look *look, struct build *const *builds)
{
    const struct build *build = NULL;
    for (size_t i = 0; detectors[i]; i++)
        if (detectors[i]->recipe->intermediate)
            build = builds[i];
    for (size_t i = 0; i < look->count; i++) {
        const struct file *file = &look->files[i];
        if (file->number == NO_NUMBER)
            continue; // a header
        const char *path = build_intermediate(build, file->number);
        char *text = made_read(look, file, path, TEXT_LIMIT * 4, NULL);
        if (!text)
            return look->where != NULL;
        read_file(look, file, text);
    }
    return true;
}
