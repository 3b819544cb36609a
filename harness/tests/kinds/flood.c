// A program that prints without end.
// explore: hung, no progress
// tsan: prints too much; 4 MiB
// native: prints too much; take out the puts in flood.c:14

#include <stdio.h>

// printf("in a comment")
static const char words[] = "puts(\"in a literal\")";

int main(void)
{
    for (;;)
        puts(words);
}
