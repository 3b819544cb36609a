// See screen.h.

#include "screen.h"

#include "base/terminal.h"
#include "base/text.h"
#include "choice.h"
#include "judge/source.h"
#include "output/storyline.h"

#include <stdlib.h>
#include <string.h>
#include <talloc.h>

enum {
    MARGIN = 2,
    COLUMNS_LEAST = 40,
    CELL_LEAST = 22,   // narrower columns are no use: then each line says whose it is
    EFFECT_LEAST = 26, // for "counter->value 0 -> 1"
    STORY_ROWS = 24,   // of the story, where the screen has no end
    ROWS_LEAST = 3,    // of the story, however small the screen
};

char screen_key(int number)
{
    if (number < 0 || number > 9 + 26)
        return '-';
    return (char)(number <= 9 ? '0' + number : 'A' + number - 10);
}

int screen_number(int key)
{
    if (key >= '0' && key <= '9')
        return key - '0';
    return key >= 'A' && key <= 'Z' ? key - 'A' + 10 : -1;
}

static size_t width_of(const struct screen *screen)
{
    return screen->columns < COLUMNS_LEAST ? COLUMNS_LEAST : (size_t)screen->columns;
}

void screen_say(FILE *out, const struct screen *screen, const char *text)
{
    char *wrapped = text_wrap(NULL, text, width_of(screen) - 1, MARGIN);
    fprintf(out, "  %s\n", wrapped);
    talloc_free(wrapped);
}

// ---- Cells ----

// Prints `text` in exactly `width` columns, cut off with "..." if it is longer, without anything
// that a terminal might obey.
static void put_cell(FILE *out, const char *text, size_t width)
{
    size_t length = strlen(text);
    size_t shown = length <= width ? length : width > 3 ? width - 3 : 0;
    for (size_t i = 0; i < shown; i++)
        putc((unsigned char)text[i] < ' ' || text[i] == 127 ? '?' : text[i], out);
    if (length > width)
        fputs("...", out);
    for (size_t i = length > width ? shown + 3 : shown; i < width; i++)
        putc(' ', out);
}

// A line made by put_cell, without the blanks at its end.
static void put_line(FILE *out, char *line)
{
    size_t length = strlen(line);
    while (length > 0 && line[length - 1] == ' ')
        line[--length] = '\0';
    fprintf(out, "%s\n", line);
}

static const char *base_name(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash ? slash + 1 : path;
}

// "24 counter->value++;", with the file's name where it is another one than `file`.
static const char *place_text(const void *context, const char *root, const struct place *place,
                              const char *file)
{
    if (!place || !place->file)
        return "";
    char *line = source_line(context, root, place->file, place->line);
    bool elsewhere = !file || strcmp(place->file, file) != 0;
    return talloc_asprintf(context, "%s%s%d %s", elsewhere ? base_name(place->file) : "",
                           elsewhere ? ":" : "", place->line, line ? line + strspn(line, " ") : "");
}

// ---- What has happened ----

struct table {
    const struct storyline *told;
    size_t columns; // for threads; 0: no columns, each line says whose it is
    size_t cell, effect;
};

static struct table table_for(const struct screen *screen, const struct storyline *told)
{
    size_t room = width_of(screen) - MARGIN - 1, count = told->thread_count;
    struct table table = {.told = told, .columns = count};
    if (count > 0 && count * CELL_LEAST + EFFECT_LEAST <= room) {
        table.cell = (room - EFFECT_LEAST) / count;
        table.cell = table.cell > 34 ? 34 : table.cell;
        table.effect = room - count * table.cell;
        return table;
    }
    table.columns = 0;
    table.effect = room > 2 * EFFECT_LEAST ? EFFECT_LEAST : 0; // 0: on a line of its own
    table.cell = room - table.effect;
    return table;
}

static void put_row(FILE *out, const struct screen *screen, const struct table *table,
                    const struct row *row)
{
    void *scratch = talloc_new(NULL);
    char *line = NULL;
    size_t size;
    FILE *draft = open_memstream(&line, &size);
    const char *text = place_text(scratch, screen->root, row->place, table->told->file);
    fprintf(draft, "%*s", MARGIN, "");
    for (size_t i = 0; i < table->columns; i++) {
        put_cell(draft, table->told->threads[i] == row->thread ? text : "", table->cell - 1);
        putc(' ', draft);
    }
    if (table->columns == 0) {
        text = talloc_asprintf(scratch, "%-4s %s", thread_name(scratch, row->thread), text);
        put_cell(draft, text, table->cell - 1);
        putc(' ', draft);
    }
    put_cell(draft, table->effect > 0 ? row->effect : "", table->effect);
    fclose(draft);
    put_line(out, line);
    if (table->effect == 0 && row->effect[0])
        fprintf(out, "%*s%s\n", MARGIN + 5, "", row->effect);
    free(line);
    talloc_free(scratch);
}

static void put_heads(FILE *out, const struct table *table)
{
    fprintf(out, "%*s%s", MARGIN, "", paint(PAINT_FAINT));
    for (size_t i = 0; i < table->columns; i++) {
        char *thread = thread_name(NULL, table->told->threads[i]);
        put_cell(out, thread, table->cell);
        talloc_free(thread);
    }
    if (table->columns == 0)
        put_cell(out, "thread", table->cell);
    fprintf(out, "%s%s\n", table->told->file ? base_name(table->told->file) : "", paint(PAINT_OFF));
}

// The last steps, as many as `rows` lines hold.
static void put_story(FILE *out, const struct screen *screen, const struct storyline *told,
                      size_t rows)
{
    struct table table = table_for(screen, told);
    size_t each = table.columns == 0 && table.effect == 0 ? 2 : 1;
    size_t shown = rows / each > 1 ? rows / each : 1, first = 0;
    if (told->count > shown)
        first = told->count - shown;
    if (told->count == 0) {
        fprintf(out, "  Nothing has happened yet that another thread could notice.\n");
        return;
    }
    put_heads(out, &table);
    if (first > 0)
        fprintf(out, "  (%zu step%s before)\n", first, first == 1 ? "" : "s");
    for (size_t i = first; i < told->count; i++)
        put_row(out, screen, &table, &told->rows[i]);
}

// ---- What could happen ----

static void put_choice(FILE *out, const struct screen *screen, const struct choice *choice,
                       const char *file)
{
    void *scratch = talloc_new(NULL);
    int id = choice->thread->thread;
    size_t room = width_of(screen) - MARGIN - 9;
    bool narrow = room < 2 * EFFECT_LEAST;
    const char *effect = choice_intention(scratch, choice);
    const struct place *place = choice_place(choice);
    char *line = NULL;
    size_t size;
    FILE *draft = open_memstream(&line, &size);
    put_cell(draft, place_text(scratch, screen->root, place, file),
             narrow ? room : room - EFFECT_LEAST - 6);
    fprintf(draft, " %s", narrow ? "" : effect);
    fclose(draft);
    fprintf(out, "  %s%c%s  %-4s ", paint(choice->may_go ? PAINT_STRONG : PAINT_FAINT),
            choice->may_go ? screen_key(id) : '-', paint(PAINT_OFF), thread_name(scratch, id));
    put_line(out, line);
    if (narrow && effect[0])
        fprintf(out, "%*s%s\n", MARGIN + 8, "", effect);
    free(line);
    talloc_free(scratch);
}

static void put_choices(FILE *out, const struct screen *screen, const struct game *game,
                        const char *file)
{
    const struct story *story = game_position(game)->finding->story;
    struct choice choice;
    fprintf(out, "\n  Who goes next?\n");
    for (size_t i = 0; i < story->thread_count; i++)
        if (game_choice(game, story->threads[i].thread, &choice) && choice_is_shown(&choice))
            put_choice(out, screen, &choice, file);
}

// ---- The whole ----

static void put_title(FILE *out, const struct screen *screen, const struct position *position)
{
    void *scratch = talloc_new(NULL);
    char *what = talloc_asprintf(scratch, "%s: %s", screen->title,
                                 screen->scene ? screen->scene : "the driver");
    char *moves = talloc_asprintf(scratch, "step %zu", position->moves);
    size_t width = width_of(screen) - strlen(moves) - 2;
    fputs(paint(PAINT_STRONG), out);
    put_cell(out, what, width);
    fprintf(out, "%s %s\n", paint(PAINT_OFF), moves);
    if (screen->promise)
        screen_say(out, screen, talloc_asprintf(scratch, "\"%s\"", screen->promise));
    fputc('\n', out);
    talloc_free(scratch);
}

static void put_below(FILE *out, const struct screen *screen, const struct game *game,
                      const struct storyline *told)
{
    if (!game_position(game)->ended)
        put_choices(out, screen, game, told->file);
    if (screen->message) {
        fputc('\n', out);
        fputs(screen->message, out);
    }
    fputc('\n', out);
    screen_say(out, screen, screen->keys);
}

static size_t count_lines(const char *text)
{
    size_t count = 0;
    for (; (text = strchr(text, '\n')) != NULL; text++)
        count++;
    return count;
}

void screen_show(FILE *out, const struct screen *screen, const struct game *game)
{
    const struct position *position = game_position(game);
    struct storyline *told = storyline_so_far(NULL, screen->root, position->finding);
    char *above = NULL, *below = NULL;
    size_t size, rows = STORY_ROWS;
    FILE *draft = open_memstream(&above, &size);
    put_title(draft, screen, position);
    fclose(draft);
    draft = open_memstream(&below, &size);
    put_below(draft, screen, game, told);
    fclose(draft);
    if (screen->rows > 0) {
        size_t used = count_lines(above) + count_lines(below) + 3; // heads, fold, cursor
        rows = (size_t)screen->rows > used + ROWS_LEAST ? (size_t)screen->rows - used : ROWS_LEAST;
    }
    fputs(above, out);
    put_story(out, screen, told, rows);
    fputs(below, out);
    free(above);
    free(below);
    talloc_free(told);
}

void screen_scene(FILE *out, const struct screen *screen, char key, const char *name,
                  const char *promise)
{
    size_t room = width_of(screen) - MARGIN - 4, cell = room / 3;
    char *line = NULL;
    size_t size;
    FILE *draft = open_memstream(&line, &size);
    put_cell(draft, name, cell);
    fputc(' ', draft);
    put_cell(draft, promise, room - cell - 1);
    fclose(draft);
    fprintf(out, "  %s%c%s  ", paint(PAINT_STRONG), key, paint(PAINT_OFF));
    put_line(out, line);
    free(line);
}
