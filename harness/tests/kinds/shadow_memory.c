// Maps memory where ThreadSanitizer keeps its own, which is fatal for the tool and fine without it.
// tsan: ungradable

#include <sys/mman.h>

int main(void)
{
    void *there = (void *)0x180000000000; // in ThreadSanitizer's shadow on x86-64, of clang 14 to 21
    char *memory = mmap(there, 1 << 20, PROT_READ | PROT_WRITE,
                        MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0);
    memory[0] = 1;
    return memory[0] != 1;
}
