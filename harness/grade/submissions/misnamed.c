#include "misnamed.h"

#include "base/text.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

enum { STEM_MOST = 128 };

// A name without its ending, in small letters; whatever is neither letter nor digit is one "_".
struct stem {
    char text[STEM_MOST];
};

static bool ends_with(const char *name, size_t length, const char *ending)
{
    size_t tail = strlen(ending);
    return length > tail && strncasecmp(name + length - tail, ending, tail) == 0;
}

// The length of the name without the endings that are given to C source, and blanks at its end.
static size_t source_length(const char *name)
{
    static const char *const endings[] = {".txt", ".c", ".cpp", ".cc", ".cxx"};
    size_t length = strlen(name), before;
    do {
        before = length;
        while (length > 0 && name[length - 1] == ' ')
            length--;
        for (size_t i = 0; i < sizeof endings / sizeof endings[0]; i++)
            if (ends_with(name, length, endings[i]))
                length -= strlen(endings[i]);
    } while (length < before);
    return length;
}

bool misnamed_is_source(const char *name)
{
    return source_length(name) < strlen(name) || !strchr(name, '.');
}

static struct stem stem_of(const char *name, size_t length)
{
    struct stem stem = {""};
    size_t end = 0;
    for (size_t i = 0; i < length && end + 1 < STEM_MOST; i++) {
        unsigned char c = (unsigned char)name[i];
        if (c < 128 && isalnum(c))
            stem.text[end++] = (char)tolower(c);
        else if (end > 0 && stem.text[end - 1] != '_')
            stem.text[end++] = '_';
    }
    if (end > 0 && stem.text[end - 1] == '_')
        end--;
    stem.text[end] = '\0';
    return stem;
}

// Whether the two are the same but for what stands between words.
static bool same_letters(const char *one, const char *other)
{
    while (*one || *other) {
        one += *one == '_';
        other += *other == '_';
        if (*one != *other)
            return false;
        one += *one != '\0';
        other += *other != '\0';
    }
    return true;
}

// Whether `part` stands in `whole` as words of their own; a number may follow ("counter2").
static bool has_words(const char *whole, const char *part)
{
    for (const char *at = whole; (at = strstr(at, part)); at++) {
        char after = at[strlen(part)];
        if ((at == whole || !isalpha((unsigned char)at[-1])) && !isalpha((unsigned char)after))
            return true;
    }
    return false;
}

// Tests and notes bear the names of what they are for.
static bool is_about(const char *stem)
{
    return has_words(stem, "test") || has_words(stem, "tests") || has_words(stem, "readme");
}

const char *misnamed_meaning(const struct course *course, const char *name)
{
    static const char *const others[] = {".h", ".o", ".md", ".json", ".exe", ".s", ".i", "~"};
    const char *meant = NULL, *dot = strrchr(name, '.');
    size_t most = 0, length = source_length(name);
    for (size_t i = 0; i < sizeof others / sizeof others[0]; i++)
        if (ends_with(name, strlen(name), others[i]))
            return NULL;
    if (!misnamed_is_source(name))
        length = (size_t)(dot - name);
    const struct stem stem = stem_of(name, length);
    for (size_t i = 0; i < course->count && !is_about(stem.text); i++)
        for (const char *const *edit = course->exercises[i]->edit; *edit; edit++) {
            const struct stem wanted = stem_of(*edit, source_length(*edit));
            bool fits = has_words(stem.text, wanted.text) || same_letters(stem.text, wanted.text);
            if (strcmp(name, *edit) == 0)
                return NULL;
            if (!fits || source_length(*edit) == strlen(*edit) || strlen(wanted.text) < most)
                continue;
            most = strlen(wanted.text);
            meant = *edit;
        }
    return meant;
}
