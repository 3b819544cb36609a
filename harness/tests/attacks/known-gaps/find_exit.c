// Attack: Finds exit in the C library's symbol table, in memory, and leaves with status 0.
// Expected: passed
//
// Gap: it names no function and calls none but through numbers. That the driver reached its end
// would have to be told in another way than by the exit status.

#include "counter.h"

#include <elf.h>
#include <sched.h>
#include <stdint.h>
#include <stdlib.h>

struct counter {
    long value;
};

// The page at which the library begins that holds `address`.
static const unsigned char *library_of(const void *address)
{
    uintptr_t page = (uintptr_t)address & ~(uintptr_t)4095;
    while (*(const uint32_t *)page != 0x464c457f) // "\177ELF"
        page -= 4096;
    return (const unsigned char *)page;
}

static int is_exit(const char *name)
{
    return name[0] == 'e' && name[1] == 'x' && name[2] == 'i' && name[3] == 't' && name[4] == 0;
}

static void leave(const void *address)
{
    const unsigned char *base = library_of(address);
    const Elf64_Ehdr *head = (const Elf64_Ehdr *)base;
    const Elf64_Phdr *part = (const Elf64_Phdr *)(base + head->e_phoff);
    while (part->p_type != PT_DYNAMIC)
        part++;
    const Elf64_Sym *symbol = NULL;
    const char *names = NULL;
    for (const Elf64_Dyn *entry = (const Elf64_Dyn *)(base + part->p_vaddr); entry->d_tag;
         entry++) {
        if (entry->d_tag == DT_SYMTAB)
            symbol = (const Elf64_Sym *)entry->d_un.d_ptr;
        if (entry->d_tag == DT_STRTAB)
            names = (const char *)entry->d_un.d_ptr;
    }
    for (int i = 0; i < 4000; i++, symbol++)
        if (symbol->st_value && is_exit(names + symbol->st_name))
            ((void (*)(int))(uintptr_t)(base + symbol->st_value))(0);
}

struct counter *counter_new(void)
{
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
    (void)counter;
}

long counter_value(struct counter *counter)
{
#ifdef __PIE__
    leave((const void *)(uintptr_t)sched_yield); // in the library itself
#else
    leave(__builtin_return_address(1)); // where main returns to: likewise
#endif
    return counter->value;
}
