// Sections and symbols through libelf, copied out. tamper.c calls it.
#include "objects.h"

#include "base/text.h"

#include <gelf.h>
#include <libelf.h>
#include <pthread.h>
#include <talloc.h>

static bool broken(struct problem *problem)
{
    const char *why = elf_errmsg(-1);
    return problem_set(problem, "the compiler's object file cannot be read: %s",
                       why ? why : "it is not as it should be");
}

static bool add_symbol(struct object *object, const GElf_Sym *symbol, const char *name)
{
    unsigned char type = GELF_ST_TYPE(symbol->st_info), bind = GELF_ST_BIND(symbol->st_info);
    object->symbols = array_grow(object, object->symbols, sizeof *object->symbols, object->count);
    struct symbol *added = &object->symbols[object->count++];
    *added = (struct symbol){
        .name = talloc_strdup(object, name),
        .defined = symbol->st_shndx != SHN_UNDEF,
        .exported = bind != STB_LOCAL,
        .code = type == STT_FUNC || type == STT_OBJECT || type == STT_TLS,
        .weak = bind == STB_WEAK || bind == STB_GNU_UNIQUE,
        .indirect = type == STT_GNU_IFUNC,
        .section = symbol->st_shndx,
        .value = symbol->st_value,
        .size = symbol->st_size,
    };
    return added->name != NULL;
}

static bool read_symbols(struct object *object, Elf *elf, Elf_Scn *section, const GElf_Shdr *header)
{
    Elf_Data *data = elf_getdata(section, NULL);
    if (!data || !header->sh_entsize || elf_getdata(section, data))
        return false;
    size_t count = header->sh_size / header->sh_entsize;
    for (size_t i = 1; i < count; i++) { // the first is empty in every table
        GElf_Sym symbol;
        if (i > INT32_MAX || !gelf_getsym(data, (int)i, &symbol))
            return false;
        const char *name = elf_strptr(elf, header->sh_link, symbol.st_name);
        if (!name || !add_symbol(object, &symbol, name))
            return false;
    }
    return true;
}

static bool read_sections(struct object *object, Elf *elf)
{
    GElf_Ehdr head;
    size_t names;
    if (elf_kind(elf) != ELF_K_ELF || !gelf_getehdr(elf, &head) || head.e_type != ET_REL ||
        elf_getshdrstrndx(elf, &names))
        return false;
    bool found = false;
    for (Elf_Scn *section = NULL; (section = elf_nextscn(elf, section));) {
        GElf_Shdr header;
        if (!gelf_getshdr(section, &header))
            return false;
        const char *name = elf_strptr(elf, names, header.sh_name);
        if (!name)
            return false;
        object->sections =
            array_grow(object, object->sections, sizeof *object->sections, object->section_count);
        object->sections[object->section_count++] =
            (struct section){talloc_strdup(object, name), header.sh_size};
        if (header.sh_type != SHT_SYMTAB)
            continue;
        if (found || !read_symbols(object, elf, section, &header))
            return false;
        found = true;
    }
    return found;
}

static bool versions_agree;

static void agree_on_version(void)
{
    versions_agree = elf_version(EV_CURRENT) != EV_NONE;
}

struct object *object_read(const void *context, const char *bytes, size_t size,
                           struct problem *problem)
{
    struct object *object = talloc_zero(context, struct object);
    char *image = talloc_memdup(object, bytes, size); // libelf may write to it
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, agree_on_version);
    Elf *elf = image && versions_agree ? elf_memory(image, size) : NULL;
    bool read = elf && read_sections(object, elf);
    if (!read)
        broken(problem);
    elf_end(elf);
    if (read)
        return object;
    talloc_free(object);
    return NULL;
}
