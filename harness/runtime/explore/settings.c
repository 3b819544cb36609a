// See settings.h.

#define _GNU_SOURCE
#include "settings.h"
#include "choose.h"

#include <stdlib.h>
#include <string.h>

static const struct settings defaults = {
    .mode = MODE_JUDGE, .schedules = 400, .runs = 20000, .woken = 60, .steps = 50000, .seed = 1};

static bool read_number(const char *text, uint64_t most, uint64_t *number)
{
    char *end;
    *number = strtoull(text, &end, 10);
    return *text != '\0' && *end == '\0' && *number <= most;
}

static bool read_count(const char *text, uint32_t *count)
{
    uint64_t number;
    if (!read_number(text, UINT32_MAX, &number))
        return false;
    *count = (uint32_t)number;
    return true;
}

static bool read_mode(const char *text, enum mode *mode)
{
    static const char *const names[] = {[MODE_JUDGE] = "judge",
                                        [MODE_REPLAY] = "replay",
                                        [MODE_PLAY] = "play",
                                        [MODE_LIST] = "list"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strcmp(text, names[i]) == 0) {
            *mode = (enum mode)i;
            return true;
        }
    return false;
}

static bool set(struct settings *settings, const char *key, const char *value)
{
    if (strcmp(key, "mode") == 0)
        return read_mode(value, &settings->mode);
    if (strcmp(key, "schedules") == 0)
        return read_count(value, &settings->schedules);
    if (strcmp(key, "runs") == 0)
        return read_count(value, &settings->runs);
    if (strcmp(key, "woken") == 0)
        return read_count(value, &settings->woken);
    if (strcmp(key, "steps") == 0)
        return read_count(value, &settings->steps);
    if (strcmp(key, "effort") == 0)
        return read_count(value, &settings->effort);
    if (strcmp(key, "seed") == 0)
        return read_number(value, UINT64_MAX, &settings->seed);
    if (strcmp(key, "replay") == 0) {
        if (settings->mode == MODE_JUDGE)
            settings->mode = MODE_REPLAY;
        settings->replay = value;
        return true;
    }
    if (strcmp(key, "inside") == 0)
        return settings->inside = true;
    if (strcmp(key, "chooser") == 0)
        return (settings->chooser = chooser_named(value)) != NULL;
    if (strcmp(key, "scene") == 0) {
        settings->scene = value;
        return true;
    }
    return false;
}

const char *settings_read(struct settings *settings, const char *text)
{
    *settings = defaults;
    if (text == NULL)
        return NULL;
    char *words = strdup(text), *rest;
    for (char *word = strtok_r(words, " ", &rest); word != NULL;
         word = strtok_r(NULL, " ", &rest)) {
        const char *whole = strdup(word);
        char *equals = strchr(word, '=');
        if (equals == NULL)
            return whole;
        *equals = '\0';
        if (!set(settings, word, equals + 1))
            return whole;
    }
    return NULL;
}
