#include "words.h"

#include <talloc.h>

// jansson refuses what is not UTF-8, and so bytes that are not ASCII are replaced where the whole
// is not valid.
json_t *json_words(const char *text)
{
    if (!text)
        return json_null();
    json_t *value = json_string(text);
    if (value)
        return value;
    char *ascii = talloc_strdup(NULL, text);
    for (char *at = ascii; *at; at++)
        if ((unsigned char)*at >= 128)
            *at = '?';
    value = json_string(ascii);
    talloc_free(ascii);
    return value;
}
