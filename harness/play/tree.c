// See tree.h.

#include "tree.h"

#include "base/words.h"
#include "choice.h"
#include "ending.h"
#include "judge/source.h"
#include "output/story_json.h"

#include <stdlib.h>
#include <string.h>
#include <talloc.h>

struct tree {
    struct game *game;
    const char *root; // of the sources
    json_t *made;     // the whole
    json_t *nodes;    // its nodes, borrowed
    json_int_t cut;   // moves that there was no room for
    struct problem *problem;
};

// ---- A position ----

// The number of a row among those of all positions.
static json_t *number_row(json_t *rows, json_t *numbers, json_t *row)
{
    char *text = json_dumps(row, JSON_COMPACT | JSON_SORT_KEYS);
    json_t *number = json_object_get(numbers, text);
    if (!number) {
        json_object_set_new(numbers, text, json_integer((json_int_t)json_array_size(rows)));
        json_array_append(rows, row);
        number = json_object_get(numbers, text);
    }
    free(text);
    return json_incref(number);
}

static json_t *number_rows(json_t *tree, const struct storyline *told)
{
    json_t *list = storyline_json(told), *numbered = json_array(), *row;
    size_t i;
    json_array_foreach(list, i, row) json_array_append_new(
        numbered, number_row(json_object_get(tree, "rows"), json_object_get(tree, "numbers"), row));
    json_decref(list);
    return numbered;
}

static bool goes(const struct choice *choice)
{
    return choice->may_go && choice->thread->stand != STAND_SPINS;
}

static json_t *choice_json(const char *root, const struct choice *choice)
{
    void *scratch = talloc_new(NULL);
    const struct place *place = choice_place(choice);
    const char *file = place ? place->file : NULL;
    char *line = file ? source_line(scratch, root, file, place->line) : NULL;
    json_t *object = json_object();
    json_object_set_new(object, "thread", json_integer(choice->thread->thread));
    json_object_set_new(object, "file", json_words(file));
    json_object_set_new(object, "line", file ? json_integer(place->line) : json_null());
    json_object_set_new(object, "source", json_words(line ? line + strspn(line, " ") : NULL));
    json_object_set_new(object, "does", json_words(choice_intention(scratch, choice)));
    json_object_set_new(object, "goes", json_boolean(goes(choice)));
    json_object_set_new(object, "to", json_null());
    talloc_free(scratch);
    return object;
}

static json_t *choices_json(const struct game *game, const char *root)
{
    const struct position *position = game_position(game);
    const struct story *story = position->finding->story;
    json_t *choices = json_array();
    struct choice choice;
    for (size_t i = 0; i < story->thread_count && !position->ended; i++)
        if (game_choice(game, story->threads[i].thread, &choice) && choice_is_shown(&choice))
            json_array_append_new(choices, choice_json(root, &choice));
    return choices;
}

// What is to be said of a position; NULL: nothing.
static const char *message_of(const void *context, const struct position *position)
{
    if (position->ended && ending_is_failure(position->finding))
        return ending_broken(context, position);
    if (!position->ended && position->race)
        return talloc_asprintf(context, "So far: %s.", player_sentence(context, position->race));
    return NULL;
}

int tree_add(json_t *tree, const struct game *game, const char *root)
{
    const struct position *position = game_position(game);
    json_t *node = json_object(), *nodes = json_object_get(tree, "nodes");
    struct storyline *told = storyline_so_far(NULL, root, position->finding);
    const char *end = ending_is_failure(position->finding) ? "broken" : "well";
    json_object_set_new(node, "schedule", json_words(position->schedule));
    json_object_set_new(node, "rows", number_rows(tree, told));
    json_object_set_new(node, "choices", choices_json(game, root));
    json_object_set_new(node, "end", json_words(position->ended ? end : NULL));
    json_object_set_new(node, "message", json_words(message_of(told, position)));
    talloc_free(told);
    json_array_append_new(nodes, node);
    return (int)json_array_size(nodes) - 1;
}

// ---- All positions ----

static int count_moves(const json_t *choices)
{
    size_t i;
    json_t *choice;
    int count = 0;
    json_array_foreach(choices, i, choice) count += json_is_true(json_object_get(choice, "goes"));
    return count;
}

static bool explore(struct tree *tree, int room);

// Explores what one thread's step leads to.
static bool explore_move(struct tree *tree, json_t *choice, int room)
{
    int thread = (int)json_integer_value(json_object_get(choice, "thread"));
    size_t next = json_array_size(tree->nodes);
    if (!game_step(tree->game, thread, tree->problem))
        return false;
    bool explored = explore(tree, room);
    game_undo(tree->game);
    json_object_set_new(choice, "to", json_integer((json_int_t)next));
    return explored;
}

// Adds the position where the game stands, and what comes after it: at most `room` positions in
// all. What room there is, is shared by the moves; what one leaves, the next may use.
static bool explore(struct tree *tree, int room)
{
    int number = tree_add(tree->made, tree->game, tree->root);
    json_t *choices = json_object_get(json_array_get(tree->nodes, (size_t)number), "choices");
    int moves = count_moves(choices), left = room - 1;
    size_t i;
    json_t *choice;
    json_array_foreach(choices, i, choice)
    {
        if (!json_is_true(json_object_get(choice, "goes")))
            continue;
        int share = left / moves--;
        size_t before = json_array_size(tree->nodes);
        if (share == 0)
            tree->cut++;
        else if (!explore_move(tree, choice, share))
            return false;
        left -= (int)(json_array_size(tree->nodes) - before);
    }
    return true;
}

json_t *tree_explore(struct game *game, const char *root, int most, struct problem *problem)
{
    json_t *made = json_pack("{s:[], s:[], s:{}}", "rows", "nodes", "numbers");
    struct tree tree = {.game = game,
                        .root = root,
                        .made = made,
                        .nodes = json_object_get(made, "nodes"),
                        .problem = problem};
    if (!explore(&tree, most)) {
        json_decref(made);
        return NULL;
    }
    json_object_set_new(made, "cut", json_integer(tree.cut));
    return made;
}
