// See environment.h.

#include "environment.h"

#include <stdbool.h>
#include <string.h>

static bool is_ours(const char *entry)
{
    static const char *const starts[] = {
        "RACELINGS_", "TSAN_OPTIONS=", "MALLOC_PERTURB_=",
        // what valgrind, and the script that starts it, put there
        "LD_PRELOAD=", "LD_LIBRARY_PATH=", "GLIBCPP_FORCE_NEW=", "GLIBCXX_FORCE_NEW=", "PWD="};
    for (size_t i = 0; i < sizeof starts / sizeof starts[0]; i++)
        if (strncmp(entry, starts[i], strlen(starts[i])) == 0)
            return true;
    return false;
}

void environment_wipe(char **environment)
{
    char **kept = environment;
    for (char **entry = environment; *entry != NULL; entry++)
        if (is_ours(*entry))
            memset(*entry, 0, strlen(*entry));
        else
            *kept++ = *entry;
    *kept = NULL;
}
