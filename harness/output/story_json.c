#include "story_json.h"

#include "base/words.h"

#include <talloc.h>

static json_t *row_json(const struct row *row)
{
    json_t *object = json_object();
    json_object_set_new(object, "thread", json_integer(row->thread));
    json_object_set_new(object, "folded", json_integer((json_int_t)row->folded));
    json_object_set_new(object, "whole", json_boolean(row->whole));
    json_object_set_new(object, "stuck", json_boolean(row->stuck));
    json_object_set_new(object, "decisive", json_boolean(row->decisive));
    json_object_set_new(object, "file", json_words(row->place ? row->place->file : NULL));
    json_object_set_new(object, "line", row->place ? json_integer(row->place->line) : json_null());
    json_object_set_new(object, "source", json_words(row->source));
    json_object_set_new(object, "effect", json_words(row->effect));
    return object;
}

json_t *storyline_json(const struct storyline *told)
{
    if (!told)
        return json_null();
    json_t *rows = json_array();
    for (size_t i = 0; i < told->count; i++)
        json_array_append_new(rows, row_json(&told->rows[i]));
    return rows;
}

json_t *story_json(const char *root, const struct finding *finding)
{
    const struct story *story = finding->story;
    void *scratch = talloc_new(NULL);
    json_t *object = json_object();
    json_object_set_new(object, "scene", json_words(story->scene));
    json_object_set_new(object, "promise", json_words(story->promise));
    json_object_set_new(object, "schedule", json_words(story->schedule));
    json_object_set_new(object, "found_at", json_integer(story->found_at));
    json_object_set_new(object, "rows",
                        storyline_json(storyline_of_failure(scratch, root, finding)));
    json_object_set_new(object, "good",
                        storyline_json(storyline_of_success(scratch, root, finding)));
    json_object_set_new(object, "output", json_words(story->output));
    talloc_free(scratch);
    return object;
}

json_t *tried_json(const struct reading *reading)
{
    if (reading->search_count == 0)
        return json_null();
    json_t *tried = json_array();
    for (size_t i = 0; i < reading->search_count; i++) {
        const struct search *search = &reading->searches[i];
        json_t *object = json_object();
        json_object_set_new(object, "scene", json_words(search->scene));
        json_object_set_new(object, "schedules", json_integer(search->schedules));
        json_object_set_new(object, "exhausted", json_boolean(search->exhausted));
        json_object_set_new(object, "reason", json_words(search->reason));
        json_object_set_new(object, "late", json_integer(search->late));
        json_object_set_new(object, "woken", json_integer(search->woken));
        json_object_set_new(object, "unended", json_integer(search->unended));
        json_array_append_new(tried, object);
    }
    return tried;
}
