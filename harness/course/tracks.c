// exercises/tracks.json: chapters under one name, of which a course of its own can be made:
//     { "threads": ["1-lost-updates", "2-locks"], "processes": ["9-processes"] }
// The file may be missing. A chapter that is named may be missing, too: a handout has only some.
#include "base/files.h"
#include "base/text.h"
#include "loader.h"

#include <jansson.h>
#include <string.h>
#include <talloc.h>

static const char file[] = "exercises/tracks.json";

static bool read_chapters(const struct loader *loader, struct track *track, const json_t *chapters)
{
    size_t index;
    json_t *chapter;
    track->chapters = list_new(loader->course);
    json_array_foreach(chapters, index, chapter)
    {
        if (!json_is_string(chapter))
            return problem_set(loader->problem,
                               "%s: \"%s\" must list chapters, like "
                               "\"1-lost-updates\"",
                               file, track->name);
        list_add(&track->chapters, talloc_strdup(loader->course, json_string_value(chapter)));
    }
    return true;
}

static bool read_tracks(const struct loader *loader, json_t *json)
{
    struct course *course = loader->course;
    const char *name;
    json_t *chapters;
    course->tracks = talloc_zero_array(course, struct track, (unsigned)json_object_size(json));
    json_object_foreach(json, name, chapters)
    {
        struct track *track = &course->tracks[course->track_count++];
        track->name = talloc_strdup(course, name);
        if (name[0] == '\0' || !json_is_array(chapters) || json_array_size(chapters) == 0)
            return problem_set(loader->problem,
                               "%s: \"%s\" must be a name and a list of its "
                               "chapters, [\"1-lost-updates\", ...]",
                               file, name);
        if (!read_chapters(loader, track, chapters))
            return false;
    }
    return true;
}

bool load_tracks(const struct loader *loader)
{
    enum entry entry;
    if (!entry_look(loader->course->root, file, &entry, loader->problem))
        return false;
    if (entry == ENTRY_MISSING)
        return true;
    json_t *json = read_json_object(loader, file, "name the tracks and their chapters in it");
    bool fine = json && read_tracks(loader, json);
    json_decref(json);
    return fine;
}

bool track_has(const struct course *course, const char *name, const char *chapter)
{
    for (size_t i = 0; i < course->track_count; i++)
        if (strcmp(course->tracks[i].name, name) == 0)
            return list_has(course->tracks[i].chapters, chapter);
    return false;
}

bool is_on_a_track(const struct course *course, const char *chapter)
{
    for (size_t i = 0; i < course->track_count; i++)
        if (list_has(course->tracks[i].chapters, chapter))
            return true;
    return false;
}
