// A sum of two that is done in two steps, with something added between them: the plain run finds
// the instruction, the tools do not look for it.
// tsan: clean
// helgrind: clean
// native: wrong result
// explore: clean
#include <racelings/midway.h>

static volatile int sum;

static void add_one(void)
{
    int before = sum;
    asm volatile("" : "+r"(before)); // not one instruction
    sum = before + 1;
}

static void add_ten(void)
{
    sum = sum + 10;
}

int main(void)
{
    int lost = 0;
    for (long i = 0; i < 1000; i++) {
        sum = 0;
        if (!midway(i, add_one, add_ten)) {
            if (sum != 1)
                return 2;
            break;
        }
        if (sum != 11)
            lost++;
    }
    return lost > 0 ? 1 : 0;
}
