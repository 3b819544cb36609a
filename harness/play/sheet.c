// See sheet.h. The page's template, style and script are in sheet/. Its data:
//
//   { "schema": "racelings/play/v1",
//     "title": "counter, broken",
//     "scene", "promise",            null: the driver
//     "play": "racelings play ...",  the same in a terminal
//     "replay": "racelings replay counter two_at_once/",   a node's schedule comes behind it
//     "well": "...",                 what is said of an end that went well
//     "broken": 17,                  a node that the explorer knows to go wrong; null: it knows none
//     "tree": { ... } }              tree.h

#include "sheet.h"

#include "base/files.h"
#include "base/words.h"
#include "ending.h"
#include "output/page.h"
#include "scenes.h"
#include "sheet_parts.h"
#include "tree.h"

#include <string.h>
#include <talloc.h>

enum { NODES_MOST = 400 };

struct sheet {
    const struct player *player;
    const struct subject *subject;
    const char *replay_name;
    const struct search *chosen;
    json_t *data;
};

// ---- What is in it ----

// Adds what the explorer says of the scene, and the end of a run that it knows to go wrong.
static bool add_search(struct sheet *sheet, struct game *game, struct problem *problem)
{
    struct reading *judged = talloc_zero(game, struct reading);
    if (!player_judge(sheet->player, judged, sheet->chosen->scene, judged, problem))
        return false;
    const struct finding *failure = ending_failure_in(judged);
    json_object_set_new(sheet->data, "well", json_words(ending_unbroken(judged, judged)));
    json_object_set_new(sheet->data, "broken", json_null());
    if (!failure)
        return true;
    const char *slash = strrchr(failure->story->schedule, '/');
    if (!game_go(game, slash ? slash + 1 : failure->story->schedule, problem))
        return false;
    int node = tree_add(json_object_get(sheet->data, "tree"), game, sheet->subject->sources.root);
    json_object_set_new(sheet->data, "broken", json_integer(node));
    return true;
}

static void describe(struct sheet *sheet)
{
    const struct subject *subject = sheet->subject;
    void *scratch = talloc_new(NULL);
    const char *scene = sheet->chosen->scene;
    const char *title = subject->exercise
                            ? talloc_asprintf(scratch, "%s, %s", subject->name, subject->variant)
                            : subject->name;
    json_object_set_new(sheet->data, "schema", json_string("racelings/play/v1"));
    json_object_set_new(sheet->data, "title", json_words(title));
    json_object_set_new(sheet->data, "scene", json_words(scene));
    json_object_set_new(sheet->data, "promise", json_words(sheet->chosen->promise));
    json_object_set_new(sheet->data, "play",
                        json_words(talloc_asprintf(scratch, "racelings play %s%s%s%s",
                                                   sheet->replay_name, scene ? " --scene \"" : "",
                                                   scene ? scene : "", scene ? "\"" : "")));
    json_object_set_new(sheet->data, "replay",
                        json_words(ending_replay(scratch, sheet->replay_name, scene, "")));
    talloc_free(scratch);
}

static bool fill(struct sheet *sheet, struct problem *problem)
{
    struct game *game = game_new(NULL, sheet->player, sheet->chosen->scene, problem);
    json_t *tree = NULL;
    if (game)
        tree = tree_explore(game, sheet->subject->sources.root, NODES_MOST, problem);
    bool filled = tree != NULL;
    if (filled) {
        describe(sheet);
        json_object_set_new(sheet->data, "tree", tree);
        filled = add_search(sheet, game, problem);
        json_object_del(tree, "numbers");
    }
    talloc_free(game);
    return filled;
}

// ---- Writing ----

static const char *const styles[] = {sheet_css, NULL};

static void write_policy(FILE *out, void *sheet)
{
    (void)sheet;
    page_policy(out, styles, sheet_js);
}

static void write_style(FILE *out, void *sheet)
{
    (void)sheet;
    fputs(sheet_css, out);
}

static void write_data(FILE *out, void *sheet)
{
    page_json(out, json_incref(((struct sheet *)sheet)->data));
}

static void write_script(FILE *out, void *sheet)
{
    (void)sheet;
    fputs(sheet_js, out);
}

static const struct page_part parts[] = {{"{{policy}}", write_policy},
                                         {"{{style}}", write_style},
                                         {"{{data}}", write_data},
                                         {"{{script}}", write_script}};

static bool write_sheet(struct sheet *sheet, const char *path, struct problem *problem)
{
    struct draft *draft = draft_begin(NULL, NULL, path, problem);
    if (!draft)
        return false;
    page_fill(draft->out, sheet_html, parts, sizeof parts / sizeof *parts, sheet);
    return draft_finish(draft, problem);
}

static void say(const struct sheet *sheet, const char *path)
{
    const json_t *tree = json_object_get(sheet->data, "tree");
    size_t count = json_array_size(json_object_get(tree, "nodes"));
    bool whole = json_integer_value(json_object_get(tree, "cut")) == 0;
    printf("%s: %s%s%s, %zu positions%s.\n", path, sheet->chosen->scene ? "the scene \"" : "",
           sheet->chosen->scene ? sheet->chosen->scene : "the driver",
           sheet->chosen->scene ? "\"" : "", count,
           whole ? ", which are all there are" : "; the page says where there are more");
}

bool sheet_write(const struct player *player, const struct subject *subject, const char *scene,
                 const char *replay_name, const char *path, struct problem *problem)
{
    struct reading scenes;
    void *context = talloc_new(NULL);
    struct sheet sheet = {.player = player, .subject = subject, .replay_name = replay_name};
    bool written = player_list(player, context, &scenes, problem);
    if (written)
        sheet.chosen = scene ? scene_find(&scenes, scene, problem) : &scenes.searches[0];
    sheet.data = json_object();
    written =
        written && sheet.chosen && fill(&sheet, problem) && write_sheet(&sheet, path, problem);
    if (written)
        say(&sheet, path);
    json_decref(sheet.data);
    talloc_free(context);
    return written;
}
