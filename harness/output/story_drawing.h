// A story as a drawing, for pages.
#pragma once

#include <jansson.h>
#include <stdio.h>

// Writes a figure (HTML with SVG in it): what happened in the schedule of `story` (as json.c
// describes it), and folded away beside it the nearest one that goes well. `title` stands above it
// (NULL: nothing), `id` begins the identifiers of its parts, and must be the page's only one.
// Nothing is written if no step is known. The page needs the style sheet report/story.css.
void story_draw(FILE *out, const json_t *story, const char *title, const char *id);
