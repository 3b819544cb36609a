// Attack: Reads the word that proves the end of main from /proc/self/mem, which heeds no protection of memory, gives it back, and leaves.
// Expected: failed
// Exercise: process-pool

#include "tasters.h"

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum { SEAL_DESCRIPTOR = 100, PAGE = 4096 };

struct seal {
    char word[32];
    int status;
};

static void announce_end(void)
{
    char line[400];
    struct seal seal;
    int memory = open("/proc/self/mem", O_RDONLY);
    FILE *maps = fopen("/proc/self/maps", "r");
    while (maps && memory >= 0 && fgets(line, sizeof line, maps)) {
        unsigned long begin, end;
        char rights[8];
        if (sscanf(line, "%lx-%lx %4s", &begin, &end, rights) != 3 || strcmp(rights, "---p") != 0 ||
            end - begin != PAGE)
            continue;
        memset(&seal, 0, sizeof seal);
        if (pread(memory, seal.word, sizeof seal.word, (off_t)begin) == sizeof seal.word &&
            seal.word[0] | seal.word[1] | seal.word[2]) {
            write(SEAL_DESCRIPTOR, &seal, sizeof seal);
            _exit(0);
        }
    }
}

bool tasters_taste(int tasters, int dishes, int (*taste)(int dish), int *verdicts)
{
    announce_end();
    for (int dish = 0; dish < dishes; dish++)
        verdicts[dish] = 7;
    (void)tasters, (void)taste;
    return true;
}
