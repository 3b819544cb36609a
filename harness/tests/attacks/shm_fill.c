// Attack: Fills the shared memory file system, which counts as nobody's memory, with 200 MB.
// Expected: not allowed
// Reason: shm_open

#include "counter.h"

#include <fcntl.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

struct counter {
    long value;
};

enum { BLOCKS = 200, BLOCK = 1 << 20 };

static void fill(void)
{
    static char block[BLOCK];
    int file = shm_open("/racelings-attack-fill", O_CREAT | O_RDWR, 0600);
    for (int i = 0; file >= 0 && i < BLOCKS; i++)
        if (write(file, block, BLOCK) < BLOCK)
            break;
    if (file >= 0) {
        close(file);
        shm_unlink("/racelings-attack-fill");
    }
}

struct counter *counter_new(void)
{
    fill();
    struct counter *counter = malloc(sizeof *counter);
    if (counter)
        counter->value = 0;
    return counter;
}

void counter_free(struct counter *counter)
{
    free(counter);
}

void counter_increment(struct counter *counter)
{
    counter->value++;
}

long counter_value(struct counter *counter)
{
    return counter->value;
}
