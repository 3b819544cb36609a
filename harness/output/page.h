// What pages with a script are made of: a template with marks in double braces, data as JSON, and a
// policy that lets nothing run but what was built in.
#pragma once

#include <jansson.h>
#include <stdio.h>

// What stands in a mark's place.
struct page_part {
    const char *mark; // "{{style}}"
    void (*write)(FILE *out, void *argument);
};

// Writes the template. Its marks come in the order of `parts`, of which there are `count`, each
// once.
void page_fill(FILE *out, const char *template, const struct page_part *parts, size_t count,
               void *argument);

// Writes `owned` so that it can stand in a script element, whatever texts it holds, and frees it.
void page_json(FILE *out, json_t *owned);

// Writes a policy that allows the style sheet made of `styles` (NULL-terminated), one after the
// other, and the script, and no connection at all.
void page_policy(FILE *out, const char *const *styles, const char *script);
