// See images.h. Asked by driver_statics.c at every access: one comparison tells most of them apart.

#define _GNU_SOURCE
#include "images.h"

#include "engine.h"

#include <link.h>

enum { PARTS_MOST = 256 };

struct part {
    uintptr_t start, end;
};

static struct part *parts;
static size_t part_count;
static struct part program, libraries; // around all parts of each

static void widen(struct part *around, uintptr_t start, uintptr_t end)
{
    if (around->end == 0 || start < around->start)
        around->start = start;
    if (end > around->end)
        around->end = end;
}

static void add(struct part *around, uintptr_t start, size_t size)
{
    if (part_count == PARTS_MOST || size == 0)
        return;
    parts[part_count++] = (struct part){start, start + size};
    widen(around, start, start + size);
}

// The tables that a dynamic section names. Some loaders have made their addresses absolute, some
// not.
static void add_tables(struct part *around, uintptr_t base, const ElfW(Dyn) * entry)
{
    uintptr_t symbols = 0, names = 0;
    size_t names_size = 0;
    for (; entry->d_tag != DT_NULL; entry++) {
        uintptr_t value = entry->d_un.d_ptr;
        if (entry->d_tag == DT_STRSZ)
            names_size = value;
        if (entry->d_tag == DT_SYMTAB)
            symbols = value < base ? base + value : value;
        if (entry->d_tag == DT_STRTAB)
            names = value < base ? base + value : value;
    }
    if (names > symbols && symbols != 0) // as linkers lay them out
        add(around, symbols, names - symbols);
    if (names != 0)
        add(around, names, names_size);
}

static int add_image(struct dl_phdr_info *info, size_t size, void *first)
{
    (void)size;
    bool *is_program = first;
    struct part *around = *is_program ? &program : &libraries;
    *is_program = false; // it comes first
    add(around, (uintptr_t)info->dlpi_phdr, info->dlpi_phnum * sizeof *info->dlpi_phdr);
    for (int i = 0; i < info->dlpi_phnum; i++) {
        const ElfW(Phdr) *header = &info->dlpi_phdr[i];
        uintptr_t start = info->dlpi_addr + header->p_vaddr;
        if (header->p_type == PT_LOAD && header->p_offset == 0)
            add(around, start, sizeof(ElfW(Ehdr)));
        if (header->p_type == PT_LOAD && (header->p_flags & PF_X) != 0)
            add(around, start, header->p_memsz);
        if (header->p_type != PT_DYNAMIC)
            continue;
        add(around, start, header->p_memsz);
        add_tables(around, info->dlpi_addr, (const ElfW(Dyn) *)start);
    }
    return 0;
}

void images_set_up(void)
{
    bool first = true;
    parts = engine_map(PARTS_MOST * sizeof *parts);
    dl_iterate_phdr(add_image, &first);
}

static bool meets(const struct part *part, uintptr_t address, size_t size)
{
    return address < part->end && address + size > part->start;
}

bool images_meet(uintptr_t address, size_t size)
{
    if (!meets(&program, address, size) && !meets(&libraries, address, size))
        return false;
    for (size_t i = 0; i < part_count; i++)
        if (meets(&parts[i], address, size))
            return true;
    return false;
}
