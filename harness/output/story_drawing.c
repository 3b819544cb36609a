// See story_drawing.h. A lane for each thread, time downwards, and the shared state at the right:
//
//        T1                       T2                       shared state
//        o 24 counter->value++;                            counter->value is 0
//        '------------------------.
//        :                        o 24 counter->value++;   counter->value is 0
//        :                        o 24 counter->value++;   counter->value 0 -> 1
//        .------------------------'
//        o 24 counter->value++;                            counter->value stays 1
//
// A thread that is kept waiting between two of its lines has a dashed line there. Called by the
// writers of pages, with stories that may be hostile: every text goes through html.c.

#include "story_drawing.h"

#include "base/text.h"
#include "cell.h"
#include "html.h"
#include "plain.h"
#include "storyline.h"

#include <string.h>
#include <talloc.h>

// Pixels, but for the numbers of characters. A character of the monospaced fonts that the style
// sheet asks for is 7.9 wide at most.
enum {
    CHARACTER = 8,
    ROW = 30,
    HEAD = 38,
    MARGIN = 28,    // left of the lanes, for the mark
    DOT = 10,       // from a lane's left edge to its line
    TEXT = 24,      // and to its text
    LANE_GAP = 20,  // behind the text
    LANE_LEAST = 9, // characters
    SOURCE_MOST = 34,
    SOURCE_OF_MANY = 26, // with more than two lanes
    EFFECT_MOST = 60,
    TELLING_MOST = 200, // of a text in the description
    CORNER = 6,         // radius
    COLOURS = 5,
};

struct lane {
    int thread;
    int left;
    bool seen; // it has a row already
    int last;  // the middle of its last row
};

struct drawing {
    FILE *out;
    void *scratch;
    const json_t *rows;
    const char *file; // the file of most rows; NULL: none has one
    struct lane *lanes;
    size_t lane_count;
    int source_most; // characters
    int state;       // the left edge of the last column
    int width, height;
};

// ---- Reading a row ----

static int number_in(const json_t *row, const char *key)
{
    return (int)json_integer_value(json_object_get(row, key));
}

static bool has(const json_t *row, const char *key)
{
    return json_is_true(json_object_get(row, key));
}

static const char *base_name(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash ? slash + 1 : path;
}

// "24", or "main.c:24" where the file is not that of most rows; "" if the place is not known.
static const char *place_text(const struct drawing *drawing, const json_t *row)
{
    const char *file = json_text(row, "file");
    if (!file)
        return "";
    if (strcmp(file, drawing->file) == 0)
        return talloc_asprintf(drawing->scratch, "%d", number_in(row, "line"));
    return talloc_asprintf(drawing->scratch, "%s:%d", base_name(file), number_in(row, "line"));
}

// What a row stands for that is no step; NULL if it is one.
static const char *folded_text(const struct drawing *drawing, const json_t *row)
{
    int folded = number_in(row, "folded");
    if (folded == 0)
        return NULL;
    if (has(row, "whole"))
        return "runs from start to end";
    return talloc_asprintf(drawing->scratch, "%d more step%s", folded, folded == 1 ? "" : "s");
}

static int characters_in(const char *text)
{
    return (int)utf8_count(text, strlen(text));
}

// How wide a row's text in its lane is, in characters.
static int source_width(const struct drawing *drawing, const json_t *row)
{
    const char *folded = folded_text(drawing, row);
    if (folded)
        return characters_in(folded);
    const char *source =
        plain_line(drawing->scratch, json_text(row, "source"), (size_t)drawing->source_most);
    return characters_in(place_text(drawing, row)) + 1 + characters_in(source);
}

// ---- Layout ----

static struct lane *lane_of(const struct drawing *drawing, int thread)
{
    for (size_t i = 0; i < drawing->lane_count; i++)
        if (drawing->lanes[i].thread == thread)
            return &drawing->lanes[i];
    return NULL;
}

// Takes up a thread's lane, in the order of threads.
static void add_lane(struct drawing *drawing, int thread)
{
    if (thread < 0 || lane_of(drawing, thread))
        return;
    size_t i = drawing->lane_count++;
    for (; i > 0 && drawing->lanes[i - 1].thread > thread; i--)
        drawing->lanes[i] = drawing->lanes[i - 1];
    drawing->lanes[i] = (struct lane){.thread = thread};
}

static void find_lanes(struct drawing *drawing)
{
    size_t i;
    json_t *row;
    drawing->lanes =
        talloc_array(drawing->scratch, struct lane, (unsigned)json_array_size(drawing->rows));
    json_array_foreach(drawing->rows, i, row) add_lane(drawing, number_in(row, "thread"));
    drawing->source_most = drawing->lane_count > 2 ? SOURCE_OF_MANY : SOURCE_MOST;
}

static void find_file(struct drawing *drawing)
{
    size_t i, k, most = 0;
    json_t *row, *other;
    json_array_foreach(drawing->rows, i, row)
    {
        const char *file = json_text(row, "file"), *same;
        size_t count = 0;
        json_array_foreach(drawing->rows, k, other)
        {
            same = json_text(other, "file");
            count += file && same && strcmp(file, same) == 0;
        }
        if (count > most) {
            most = count;
            drawing->file = file;
        }
    }
}

static int widest_source(const struct drawing *drawing, int thread)
{
    int widest = LANE_LEAST;
    size_t i;
    json_t *row;
    json_array_foreach(drawing->rows, i, row)
    {
        int width = number_in(row, "thread") == thread ? source_width(drawing, row) : 0;
        widest = width > widest ? width : widest;
    }
    return widest;
}

static int widest_effect(const struct drawing *drawing)
{
    int widest = (int)strlen("shared state");
    size_t i;
    json_t *row;
    json_array_foreach(drawing->rows, i, row)
    {
        const char *effect = plain_line(drawing->scratch, json_text(row, "effect"), EFFECT_MOST);
        int width = characters_in(effect);
        widest = width > widest ? width : widest;
    }
    return widest;
}

static struct drawing layout(FILE *out, void *scratch, const json_t *rows)
{
    struct drawing drawing = {.out = out, .scratch = scratch, .rows = rows};
    int left = MARGIN;
    find_lanes(&drawing);
    find_file(&drawing);
    for (size_t i = 0; i < drawing.lane_count; i++) {
        struct lane *lane = &drawing.lanes[i];
        lane->left = left;
        left += TEXT + widest_source(&drawing, lane->thread) * CHARACTER + LANE_GAP;
    }
    drawing.state = left;
    drawing.width = left + widest_effect(&drawing) * CHARACTER + LANE_GAP;
    drawing.height = HEAD + (int)json_array_size(rows) * ROW + ROW / 3;
    return drawing;
}

static int row_middle(size_t index)
{
    return HEAD + (int)index * ROW + ROW / 2;
}

// The main thread has the first colour, the others take turns with the rest.
static int colour_of(int thread)
{
    return thread <= 0 ? 0 : 1 + (thread - 1) % (COLOURS - 1);
}

// ---- Texts ----

static void put_text(const struct drawing *drawing, int x, int y, const char *style,
                     const char *text)
{
    fprintf(drawing->out, "<text class=\"%s\" x=\"%d\" y=\"%d\">%s</text>\n", style, x, y + 4,
            html_line(drawing->scratch, text, EFFECT_MOST));
}

static void put_source(const struct drawing *drawing, int x, int y, const json_t *row)
{
    const char *source =
        html_line(drawing->scratch, json_text(row, "source"), (size_t)drawing->source_most);
    fprintf(drawing->out,
            "<text class=\"source\" x=\"%d\" y=\"%d\"><tspan class=\"number\">%s</tspan> %s"
            "</text>\n",
            x, y + 4, html_line(drawing->scratch, place_text(drawing, row), SOURCE_MOST), source);
}

// "counter->value 0 -> 1", with the change set off.
static void put_change(const struct drawing *drawing, int y, const char *effect, const char *arrow)
{
    char *name = talloc_strndup(drawing->scratch, effect, (size_t)(arrow - effect));
    char *blank = strrchr(name, ' ');
    const char *before = blank ? blank + 1 : "";
    if (blank)
        *blank = '\0';
    fprintf(drawing->out,
            "<text class=\"effect\" x=\"%d\" y=\"%d\">%s <tspan class=\"before\">%s</tspan> \u2192 "
            "<tspan class=\"after\">%s</tspan></text>\n",
            drawing->state, y + 4, html_text(drawing->scratch, name),
            html_text(drawing->scratch, before),
            html_text(drawing->scratch, arrow + strlen(" -> ")));
}

static void put_effect(const struct drawing *drawing, int y, const json_t *row)
{
    static const char arrow[] = " -> ";
    const char *effect = plain_line(drawing->scratch, json_text(row, "effect"), EFFECT_MOST);
    const char *change = NULL;
    for (const char *at = effect; (at = strstr(at, arrow)) != NULL; at++)
        change = at;
    if (has(row, "stuck"))
        put_text(drawing, drawing->state, y, "stuck", effect);
    else if (change)
        put_change(drawing, y, effect, change);
    else if (*effect)
        put_text(drawing, drawing->state, y, "effect quiet", effect);
}

static void put_heads(const struct drawing *drawing)
{
    FILE *out = drawing->out;
    int bottom = drawing->height - ROW / 3;
    for (size_t i = 0; i < drawing->lane_count; i++) {
        const struct lane *lane = &drawing->lanes[i];
        char *thread = thread_name(drawing->scratch, lane->thread);
        fprintf(out, "<text class=\"head c%d\" x=\"%d\" y=\"%d\">%s</text>\n",
                colour_of(lane->thread), lane->left + 1, HEAD - 16, thread);
        fprintf(out, "<path class=\"life\" d=\"M%d %dV%d\"/>\n", lane->left + DOT, HEAD - 4,
                bottom);
    }
    fprintf(out, "<text class=\"head\" x=\"%d\" y=\"%d\">shared state</text>\n", drawing->state,
            HEAD - 16);
    fprintf(out, "<path class=\"rule\" d=\"M%d %dH%d\"/>\n", MARGIN, HEAD - 5,
            drawing->width - LANE_GAP);
}

// ---- Rows ----

// From the middle of one row in one lane to the next row in another: down between the rows, across,
// and down again to an arrow's head.
static void put_switch(const struct drawing *drawing, const struct lane *from, int y,
                       const struct lane *to, bool decisive)
{
    int start = from->left + DOT, end = to->left + DOT, corner = end > start ? CORNER : -CORNER;
    int between = y + ROW / 2, tip = y + ROW - 9;
    fprintf(drawing->out,
            "<path class=\"%s\" d=\"M%d %dV%dQ%d %d %d %dH%dQ%d %d %d %dV%dm-4 -5l4 6l4 -6\"/>\n",
            decisive ? "switch turn" : "switch", start, y + 8, between - CORNER, start, between,
            start + corner, between, end - corner, end, between, end, between + CORNER, tip);
}

// What the thread did since its last row: it ran, or it was kept waiting.
static void put_life(const struct drawing *drawing, struct lane *lane, int y)
{
    if (lane->seen)
        fprintf(drawing->out, "<path class=\"%s c%d\" d=\"M%d %dV%d\"/>\n",
                y - lane->last == ROW ? "runs" : "kept", colour_of(lane->thread), lane->left + DOT,
                lane->last, y);
    lane->seen = true;
    lane->last = y;
}

static void put_dot(const struct drawing *drawing, const struct lane *lane, int y,
                    const json_t *row)
{
    int x = lane->left + DOT, colour = colour_of(lane->thread);
    if (number_in(row, "folded"))
        fprintf(drawing->out, "<path class=\"fold c%d\" d=\"M%d %dv14\"/>\n", colour, x, y - 7);
    else if (has(row, "stuck"))
        fprintf(drawing->out, "<path class=\"halt c%d\" d=\"M%d %dh10v10h-10z\"/>\n", colour, x - 5,
                y - 5);
    else
        fprintf(drawing->out, "<circle class=\"dot c%d\" cx=\"%d\" cy=\"%d\" r=\"5\"/>\n", colour,
                x, y);
}

static void put_mark(const struct drawing *drawing, int y)
{
    fprintf(drawing->out,
            "<rect class=\"band\" x=\"2\" y=\"%d\" width=\"%d\" height=\"%d\" rx=\"4\"/>\n"
            "<text class=\"mark\" x=\"9\" y=\"%d\">\u25b8</text>\n",
            y - ROW / 2 + 2, drawing->width - 4, ROW - 4, y + 5);
}

static void put_row(const struct drawing *drawing, size_t index)
{
    const json_t *row = json_array_get(drawing->rows, index);
    const char *folded = folded_text(drawing, row);
    struct lane *lane = lane_of(drawing, number_in(row, "thread"));
    int y = row_middle(index), x = (lane ? lane->left : MARGIN) + TEXT;
    if (lane) {
        put_life(drawing, lane, y);
        put_dot(drawing, lane, y, row);
    }
    if (folded)
        put_text(drawing, x, y, "folded", folded);
    else
        put_source(drawing, x, y, row);
    put_effect(drawing, y, row);
}

static void put_switches(const struct drawing *drawing)
{
    for (size_t i = 0; i + 1 < json_array_size(drawing->rows); i++) {
        const json_t *next = json_array_get(drawing->rows, i + 1);
        const json_t *row = json_array_get(drawing->rows, i);
        const struct lane *from = lane_of(drawing, number_in(row, "thread"));
        const struct lane *to = lane_of(drawing, number_in(next, "thread"));
        if (from && to && from != to)
            put_switch(drawing, from, row_middle(i), to, has(next, "decisive"));
    }
}

static void put_rows(const struct drawing *drawing)
{
    size_t i;
    json_t *row;
    json_array_foreach(drawing->rows, i, row) if (has(row, "decisive"))
        put_mark(drawing, row_middle(i));
    put_heads(drawing);
    json_array_foreach(drawing->rows, i, row) put_row(drawing, i);
    put_switches(drawing);
}

// ---- The whole ----

// The same in words, for those who cannot see it.
static void put_description(const struct drawing *drawing)
{
    size_t i;
    json_t *row;
    json_array_foreach(drawing->rows, i, row)
    {
        int thread = number_in(row, "thread");
        const char *folded = folded_text(drawing, row), *place = place_text(drawing, row);
        const char *effect = json_text(row, "effect");
        fprintf(drawing->out, "%s%s: ", has(row, "decisive") ? "Here it turns. " : "",
                thread < 0 ? "Several threads" : thread_name(drawing->scratch, thread));
        if (folded)
            fprintf(drawing->out, "%s. ", folded);
        else
            fprintf(drawing->out, "line %s, %s %s. ",
                    html_line(drawing->scratch, place, TELLING_MOST),
                    html_line(drawing->scratch, json_text(row, "source"), TELLING_MOST),
                    html_line(drawing->scratch, effect, TELLING_MOST));
    }
}

// The box scrolls by itself where the drawing is too wide; the keyboard must reach it for that.
static void put_svg(const struct drawing *drawing, const char *title, const char *id)
{
    FILE *out = drawing->out;
    fprintf(out,
            "<div class=\"story-box\" tabindex=\"0\" role=\"group\" aria-label=\"%s\">\n"
            "<svg class=\"story-drawing\" width=\"%d\" "
            "height=\"%d\" viewBox=\"0 0 %d %d\" role=\"img\" "
            "aria-labelledby=\"%s-title %s-text\">\n"
            "<title id=\"%s-title\">%s</title>\n<desc id=\"%s-text\">",
            title, drawing->width, drawing->height, drawing->width, drawing->height, id, id, id,
            title, id);
    put_description(drawing);
    fputs("</desc>\n", out);
    put_rows(drawing);
    fputs("</svg>\n</div>\n", out);
}

static void put_caption(const struct drawing *drawing, const char *title, const json_t *good)
{
    FILE *out = drawing->out;
    const char *file = drawing->file ? base_name(drawing->file) : NULL;
    fputs("<figcaption>", out);
    if (title)
        fprintf(out, "<strong>%s</strong> ", html_line(drawing->scratch, title, TELLING_MOST));
    if (file)
        fprintf(out, "Time runs downwards; the lines are those of <code>%s</code>. ",
                html_line(drawing->scratch, file, TELLING_MOST));
    if (json_array_size(good) > 0)
        fprintf(out,
                "<span class=\"mark\">\u25b8</span> marks where it turns: in the nearest schedule "
                "that goes well, %s goes on there.",
                thread_name(drawing->scratch, number_in(json_array_get(good, 0), "thread")));
    fputs("</figcaption>\n", out);
}

static void put_good(FILE *out, void *scratch, const json_t *rows, const char *id)
{
    static const char title[] = "The nearest schedule that goes well, from there on";
    struct drawing drawing = layout(out, scratch, rows);
    fprintf(out, "<details open>\n<summary>%s</summary>\n", title);
    put_svg(&drawing, title, talloc_asprintf(scratch, "%s-good", id));
    fputs("</details>\n", out);
}

void story_draw(FILE *out, const json_t *story, const char *title, const char *id)
{
    const json_t *rows = json_object_get(story, "rows"), *good = json_object_get(story, "good");
    if (json_array_size(rows) == 0)
        return;
    void *scratch = talloc_new(NULL);
    struct drawing drawing = layout(out, scratch, rows);
    fprintf(out, "<figure class=\"story\">\n");
    put_caption(&drawing, title, good);
    fputs("<div class=\"story-pair\">\n", out);
    put_svg(&drawing, "What happened, step by step", id);
    if (json_array_size(good) > 0)
        put_good(out, scratch, good, id);
    fputs("</div>\n</figure>\n", out);
    talloc_free(scratch);
}
