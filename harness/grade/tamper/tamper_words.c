#include "tamper_words.h"

#include <stddef.h>
#include <string.h>

bool words_have(const char *const *words, const char *name)
{
    for (; *words; words++) {
        size_t length = strlen(*words);
        if ((*words)[length - 1] == '*' ? strncmp(*words, name, length - 1) == 0
                                        : strcmp(*words, name) == 0)
            return true;
    }
    return false;
}

const struct rule *words_rule(const struct rule *rules, const char *name)
{
    for (; rules->words; rules++)
        if (words_have(rules->words, name))
            return rules;
    return NULL;
}
