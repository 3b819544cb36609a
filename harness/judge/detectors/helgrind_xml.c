// Reads Helgrind's XML, by expat.

#define _GNU_SOURCE
#include "helgrind_xml.h"

#include "base/text.h"

#include <expat.h>
#include <stdlib.h>
#include <string.h>
#include <talloc.h>

// The state of the reader.
struct reader {
    void *context; // owns all that is made
    const struct program *program;
    struct helgrind_xml *xml;
    char *text;                  // characters of the element being read
    struct helgrind_error error; // the <error> being read
    bool in_error, in_crash;     // inside <error>, <fatal_signal>
    struct trace loose;          // the <stack> being read, where it is of neither
    struct place place;          // the <frame> being read
    const char *folder;          // its <dir>
    bool own;                    // its <obj> is the program
};

static struct helgrind_item *last_item(struct reader *reader)
{
    return reader->error.count ? &reader->error.items[reader->error.count - 1] : NULL;
}

static void add_item(struct reader *reader)
{
    struct helgrind_item item = {.text = "", .thread = -1};
    reader->error.items = array_grow(reader->context, reader->error.items,
                                     sizeof *reader->error.items, reader->error.count);
    reader->error.items[reader->error.count++] = item;
}

static void on_start(void *data, const XML_Char *name, const XML_Char **attributes)
{
    (void)attributes;
    struct reader *reader = data;
    talloc_free(reader->text);
    reader->text = talloc_strdup(reader->context, "");
    if (strcmp(name, "error") == 0) {
        reader->in_error = true;
        reader->error = (struct helgrind_error){.kind = ""};
    } else if (strcmp(name, "fatal_signal") == 0)
        reader->in_crash = true;
    else if (strcmp(name, "stack") == 0)
        reader->loose = (struct trace){0};
    else if (strcmp(name, "frame") == 0) {
        reader->place = (struct place){0};
        reader->folder = NULL;
        reader->own = false;
    } else if (reader->in_error && (strcmp(name, "what") == 0 || strcmp(name, "xwhat") == 0 ||
                                    strcmp(name, "auxwhat") == 0 || strcmp(name, "xauxwhat") == 0))
        add_item(reader);
}

// A frame is complete and joins the stack being read. Only frames of the program keep their file.
static void end_frame(struct reader *reader)
{
    struct helgrind_item *item = last_item(reader);
    struct trace *trace = reader->in_crash           ? &reader->xml->crash
                          : reader->in_error && item ? &item->trace
                          : !reader->in_error        ? &reader->loose
                                                     : NULL;
    if (!trace)
        return;
    struct place *place = &reader->place;
    if (!place->function)
        place->function = "?";
    if (place->file && reader->own) {
        const char *path =
            reader->folder && place->file[0] != '/'
                ? talloc_asprintf(reader->context, "%s/%s", reader->folder, place->file)
                : place->file;
        place->file = place_is_ours(place->function, path)
                          ? NULL
                          : place_file(reader->context, reader->program->root, path);
    } else
        place->file = NULL;
    trace->places = array_grow(reader->context, trace->places, sizeof *trace->places, trace->count);
    trace->places[trace->count++] = *place;
}

// Of the C library's functions that allocate, valgrind has its own.
static bool is_allocation(const char *function)
{
    static const char *const names[] = {"malloc",   "calloc",         "realloc",      "free",
                                        "memalign", "posix_memalign", "aligned_alloc"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        if (strcmp(function, names[i]) == 0)
            return true;
    return false;
}

// Of all threads that valgrind tells of when it fails, the one that it fails at is in its own
// wrapper; others may wait in a join, within the C library.
static void end_stack(struct reader *reader)
{
    static const char join[] = "pthread_join";
    const struct trace *stack = &reader->loose;
    const char *function = stack->count ? stack->places[0].function : "";
    if (strncmp(function, join, strlen(join)) == 0)
        reader->xml->failed_join = *stack;
    else if (is_allocation(function))
        reader->xml->failed_allocation = *stack;
}

static void end_in_frame(struct reader *reader, const char *name, const char *text)
{
    if (strcmp(name, "ip") == 0)
        reader->place.address = strtoul(text, NULL, 16);
    else if (strcmp(name, "obj") == 0)
        reader->own = strcmp(text, reader->program->path) == 0;
    else if (strcmp(name, "fn") == 0)
        reader->place.function = talloc_strdup(reader->context, text);
    else if (strcmp(name, "dir") == 0)
        reader->folder = talloc_strdup(reader->context, text);
    else if (strcmp(name, "file") == 0)
        reader->place.file = talloc_strdup(reader->context, text);
    else if (strcmp(name, "line") == 0)
        reader->place.line = atoi(text);
}

static void end_error(struct reader *reader)
{
    struct helgrind_xml *xml = reader->xml;
    reader->error.after_death = xml->signal != NULL;
    xml->errors = array_grow(reader->context, xml->errors, sizeof *xml->errors, xml->count);
    xml->errors[xml->count++] = reader->error;
}

static void end_in_error(struct reader *reader, const char *name, const char *text)
{
    struct helgrind_item *item = last_item(reader);
    if (strcmp(name, "error") == 0) {
        end_error(reader);
        reader->in_error = false;
    } else if (strcmp(name, "kind") == 0)
        reader->error.kind = talloc_strdup(reader->context, text);
    else if (item && (strcmp(name, "text") == 0 || strcmp(name, "what") == 0 ||
                      strcmp(name, "auxwhat") == 0))
        item->text = talloc_strdup(reader->context, text);
    else if (item && strcmp(name, "hthreadid") == 0)
        item->thread = atoi(text) - 1; // Helgrind's main thread is #1
}

static void on_end(void *data, const XML_Char *name)
{
    struct reader *reader = data;
    const char *text = reader->text ? reader->text : "";
    if (strcmp(name, "state") == 0) {
        reader->xml->started = true;
        reader->xml->finished = strcmp(text, "FINISHED") == 0;
    } else if (strcmp(name, "signame") == 0)
        reader->xml->signal = talloc_strdup(reader->context, text);
    else if (strcmp(name, "fatal_signal") == 0)
        reader->in_crash = false;
    else if (strcmp(name, "frame") == 0)
        end_frame(reader);
    else if (strcmp(name, "stack") == 0)
        end_stack(reader);
    else {
        end_in_frame(reader, name, text);
        if (reader->in_error)
            end_in_error(reader, name, text);
    }
    talloc_free(reader->text);
    reader->text = NULL;
}

static void on_text(void *data, const XML_Char *text, int size)
{
    struct reader *reader = data;
    if (reader->text)
        reader->text = talloc_strndup_append(reader->text, text, size);
}

// Blanks the names of threads, which valgrind writes as the program gave them, whatever that does
// to the XML. Nothing asks for them. A name as given has 15 bytes at the most, and may itself hold
// the words that end it.
static void blank_thread_names(char *bytes)
{
    enum { LONGEST = 15 };
    static const char begin[] = "<threadname>", end[] = "</threadname>";
    for (char *at = bytes; (at = strstr(at, begin)) != NULL;) {
        char *name = at + strlen(begin), *close = strstr(name, end);
        for (char *next = close; next && next <= name + LONGEST; next = strstr(next + 1, end))
            close = next;
        if (!close)
            return;
        memset(name, ' ', (size_t)(close - name));
        at = close;
    }
}

// Where valgrind itself fails it may end its report first, and write the stacks of the threads
// behind it (3.19 does): such an end is blanked.
static void blank_early_end(char *bytes)
{
    static const char end[] = "</valgrindoutput>";
    char *at = strstr(bytes, end);
    if (at && strstr(at, "<stack>"))
        memset(at, ' ', strlen(end));
}

bool helgrind_xml_read(void *context, const struct program *program, char *bytes, size_t size,
                       struct helgrind_xml *xml)
{
    *xml = (struct helgrind_xml){0};
    struct reader reader = {.context = context, .program = program, .xml = xml};
    blank_thread_names(bytes);
    blank_early_end(bytes);
    XML_Parser parser = XML_ParserCreate("UTF-8");
    XML_SetUserData(parser, &reader);
    XML_SetElementHandler(parser, on_start, on_end);
    XML_SetCharacterDataHandler(parser, on_text);
    bool well = XML_Parse(parser, bytes, (int)size, XML_FALSE) != XML_STATUS_ERROR;
    xml->whole = well && XML_Parse(parser, "", 0, XML_TRUE) != XML_STATUS_ERROR;
    XML_ParserFree(parser);
    return well;
}
