#include "debug_info.h"

#include <dwarf.h>
#include <elfutils/libdwfl.h>
#include <stdlib.h>
#include <talloc.h>

struct debug_info {
    Dwfl *dwfl;
};

static int find_no_more(Dwfl_Module *module, void **data, const char *name, Dwarf_Addr base,
                        const char *file, const char *link, GElf_Word sum, char **found)
{
    (void)module, (void)data, (void)name, (void)base, (void)file, (void)link, (void)sum,
        (void)found;
    return -1;
}

struct Dwfl *debug_info_begin(void)
{
    static const Dwfl_Callbacks callbacks = {.find_elf = dwfl_linux_proc_find_elf,
                                             .find_debuginfo = find_no_more};
    return dwfl_begin(&callbacks);
}

// ---- Of a module ----

// The unit of debug information that an instruction belongs to; `address` becomes one as that
// counts. (dwfl_module_addrdie knows only what .debug_aranges lists, and clang writes none.)
static Dwarf_Die *find_unit(Dwfl_Module *module, Dwarf_Addr *address)
{
    Dwarf_Addr bias;
    for (Dwarf_Die *unit = NULL; (unit = dwfl_module_nextcu(module, unit, &bias)) != NULL;)
        if (dwarf_haspc(unit, *address - bias) > 0) {
            *address -= bias;
            return unit;
        }
    return NULL;
}

// The function as it is written, also where the compiler has put it into its caller; NULL: none.
static char *written_function(const void *context, Dwarf_Die *unit, Dwarf_Addr address)
{
    Dwarf_Die *scopes = NULL;
    char *name = NULL;
    int count = dwarf_getscopes(unit, address, &scopes);
    for (int i = 0; i < count && !name; i++) {
        int tag = dwarf_tag(&scopes[i]);
        if (tag == DW_TAG_subprogram || tag == DW_TAG_inlined_subroutine)
            name = talloc_strdup(context, dwarf_diename(&scopes[i]));
    }
    free(scopes);
    return name;
}

struct frame debug_info_frame(const void *context, Dwfl_Module *module, unsigned long address)
{
    Dwarf_Addr inner = address;
    struct frame frame = {
        .function = talloc_strdup(context, dwfl_module_addrname(module, address)),
    };
    Dwarf_Die *unit = find_unit(module, &inner);
    Dwarf_Line *line = unit ? dwarf_getsrc_die(unit, inner) : NULL;
    if (!line)
        return frame;
    const char *written = written_function(context, unit, inner);
    if (written)
        frame.function = written;
    frame.file = talloc_strdup(context, dwarf_linesrc(line, NULL, NULL));
    dwarf_lineno(line, &frame.line);
    dwarf_linecol(line, &frame.column);
    return frame;
}

// ---- Of a file ----

static int end(struct debug_info *info)
{
    dwfl_end(info->dwfl);
    return 0;
}

struct debug_info *debug_info_open(const void *context, const char *path)
{
    struct debug_info *info = talloc_zero(context, struct debug_info);
    info->dwfl = debug_info_begin();
    talloc_set_destructor(info, end);
    if (info->dwfl && dwfl_report_elf(info->dwfl, path, path, -1, 0, true) &&
        dwfl_report_end(info->dwfl, NULL, NULL) == 0)
        return info;
    talloc_free(info);
    return NULL;
}

struct frame debug_info_place(const void *context, const struct debug_info *info,
                              unsigned long address)
{
    Dwfl_Module *module = dwfl_addrmodule(info->dwfl, address);
    return module ? debug_info_frame(context, module, address) : (struct frame){0};
}

const char *debug_info_variable(const void *context, const struct debug_info *info,
                                unsigned long address, unsigned long *offset)
{
    GElf_Off behind;
    GElf_Sym symbol;
    Dwfl_Module *module = dwfl_addrmodule(info->dwfl, address);
    const char *name =
        module ? dwfl_module_addrinfo(module, address, &behind, &symbol, NULL, NULL, NULL) : NULL;
    if (!name || GELF_ST_TYPE(symbol.st_info) != STT_OBJECT || behind >= symbol.st_size)
        return NULL;
    *offset = behind;
    return talloc_strdup(context, name);
}
