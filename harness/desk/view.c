// See view.h.
#include "view.h"

#include "base/terminal.h"
#include "base/text.h"

#include <stdbool.h>
#include <string.h>
#include <talloc.h>

enum { COLUMNS_LEAST = 20, BODY_LEAST = 3, ROWS_UNKNOWN = 24 };

// How many bytes an escape sequence takes: a colour, or the begin or end of a link (OSC 8). 0: it
// is none.
static size_t escape_length(const char *text)
{
    if (text[0] != '\033')
        return 0;
    if (text[1] == ']') {
        const char *end = strstr(text, "\033\\");
        return end ? (size_t)(end + 2 - text) : strlen(text);
    }
    size_t length = 2;
    while (text[length] && !(text[length] >= '@' && text[length] <= '~'))
        length++;
    return text[1] ? length + (text[length] != '\0') : 1;
}

// How many bytes what stands at the start of `text` takes, and how many columns.
static size_t measure(const char *text, size_t *columns)
{
    uint32_t code;
    size_t length = escape_length(text);
    *columns = length == 0;
    if (length == 0)
        length = utf8_decode(text, strnlen(text, 4), &code);
    return length ? length : 1;
}

// How many bytes of the line at `text` fit into `columns`: up to a blank where it is longer, if
// there is one behind its first third.
static size_t fitting(const char *text, size_t columns)
{
    size_t at = 0, used = 0, blank = 0;
    while (text[at] && text[at] != '\n') {
        size_t width, length = measure(text + at, &width);
        if (used + width > columns)
            return blank ? blank : at;
        if (text[at] == ' ' && used > columns / 3)
            blank = at;
        used += width;
        at += length;
    }
    return at;
}

// The text as lines that fit: a list, a talloc child of `context`. What a line goes on with is
// indented as it is.
static const char **fold(const void *context, const char *text, size_t columns)
{
    const char **lines = list_new(context);
    while (*text) {
        size_t margin = strspn(text, " "), indent = 0;
        do {
            size_t length = fitting(text, columns - indent);
            list_add(&lines, talloc_asprintf(lines, "%*s%.*s", (int)indent, "", (int)length, text));
            text += length;
            text += strspn(text, " ");
            indent = margin < columns / 2 ? margin : 0;
        } while (*text && *text != '\n');
        text += *text == '\n';
    }
    return lines;
}

// Adds lines to the screen, each from its first column on, with what stood behind it wiped out.
static void put(char **screen, const char *const *lines, size_t from, size_t count)
{
    for (size_t i = from; i < from + count && lines[i]; i++)
        *screen = talloc_asprintf_append_buffer(*screen, "%s%s%s\033[K",
                                                (*screen)[strlen("\033[H")] ? "\r\n" : "", lines[i],
                                                paint(PAINT_OFF));
}

static size_t rows_of(const struct view *view)
{
    return view->rows > 0 ? (size_t)view->rows : ROWS_UNKNOWN;
}

// How much of a head or a foot is shown, so that some of the body is.
static size_t at_most(size_t lines, size_t room)
{
    return lines < room ? lines : room;
}

// How much of the body there is room for below and above `taken` lines, and where it begins.
static void place_body(struct view *view, size_t lines, size_t taken)
{
    size_t room = rows_of(view) - taken;
    if (view->offset >= lines)
        view->offset = 0;
    view->left = lines > view->offset + room ? lines - view->offset - room : 0;
    if (view->left > 0) { // a line is for saying so
        view->left++;
        room--;
    }
    view->shown = room;
}

static void put_body(char **screen, const struct view *view, const char *const *lines,
                     size_t columns)
{
    size_t count = list_count(lines);
    put(screen, lines, view->offset, view->shown);
    if (view->left > 0) {
        char *more = talloc_asprintf(lines, "-- %zu more lines: space --", view->left);
        const char *const line[] = {
            talloc_asprintf(lines, "%s%s", paint(PAINT_FAINT), view_cut(lines, more, columns)),
            NULL};
        put(screen, line, 0, 1);
    }
    for (size_t i = count - view->offset; i < view->shown && view->left == 0; i++)
        *screen = talloc_strdup_append_buffer(*screen, "\r\n\033[K");
}

char *view_draw(const void *context, struct view *view, const char *head, const char *body,
                const char *foot)
{
    void *scratch = talloc_new(context);
    size_t columns = view->columns < COLUMNS_LEAST ? COLUMNS_LEAST : (size_t)view->columns;
    const char **above = fold(scratch, head, columns), **lines = fold(scratch, body, columns);
    const char **below = fold(scratch, foot, columns);
    size_t spare = rows_of(view) > BODY_LEAST ? rows_of(view) - BODY_LEAST : 0;
    size_t foot_rows = at_most(list_count(below), spare);
    size_t head_rows = at_most(list_count(above), spare - foot_rows);
    place_body(view, list_count(lines), head_rows + foot_rows);
    char *screen = talloc_strdup(context, "\033[H");
    put(&screen, above, 0, head_rows);
    put_body(&screen, view, lines, columns);
    put(&screen, below, 0, foot_rows);
    screen = talloc_strdup_append_buffer(screen, "\033[J");
    talloc_free(scratch);
    return screen;
}

void view_page(struct view *view)
{
    view->offset = view->left > 0 ? view->offset + view->shown : 0;
}

void view_move(struct view *view, int lines)
{
    size_t by = (size_t)(lines < 0 ? -lines : lines);
    if (lines < 0)
        view->offset -= by < view->offset ? by : view->offset;
    else if (view->left > 0)
        view->offset += by < view->left ? by : view->left - 1;
}

void view_page_back(struct view *view)
{
    size_t step = view->left > 0 || view->shown == 0 ? view->shown : view->shown - 1;
    view_move(view, -(int)step); // each screenful but the last has a line that says what is left
}

char *view_cut(const void *context, const char *text, size_t columns)
{
    size_t length = fitting(text, columns);
    if (text[length] == '\0')
        return talloc_strdup(context, text);
    length = fitting(text, columns > 3 ? columns - 3 : 0);
    return talloc_asprintf(context, "%.*s...", (int)length, text);
}
