// Still wrong: nobody is asked. The list says what the guests might have said.
// Caught by: native

#include "invitations.h"

#include <unistd.h>

int invitations_send(FILE *list, const char *const *guests, int count)
{
    for (int i = 0; i < count; i++) {
        dprintf(fileno(list), "invited: %s\n", guests[i]);
        dprintf(fileno(list), "%s %s\n", guests[i], i % 2 ? "does not come" : "comes");
    }
    return (count + 1) / 2;
}
