// Bars of text.
#include "measure.h"

#include <string.h>

enum { LONGEST = 40 }; // of the bars, in columns

void measure_draw(FILE *out, const struct measured *ways, int count)
{
    double most = 0;
    for (int i = 0; i < count; i++)
        most = ways[i].seconds > most ? ways[i].seconds : most;
    for (int i = 0; i < count; i++) {
        int length = most > 0 ? (int)(ways[i].seconds / most * LONGEST + 0.5) : 0;
        fprintf(out, "  %-22s%8.3f s  ", ways[i].way, ways[i].seconds);
        for (int column = 0; column < length || column == 0; column++)
            putc('#', out);
        putc('\n', out);
    }
}
