#include "debug_info.h"

#include <dwarf.h>
#include <elfutils/libdwfl.h>
#include <stdbool.h>
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

// ---- Elements of arrays ----

// Where a variable is, as its unit counts addresses; 0: not in one place.
static Dwarf_Addr place_of_variable(Dwarf_Die *variable)
{
    Dwarf_Attribute attribute;
    Dwarf_Op *operations;
    size_t count;
    bool known = dwarf_attr(variable, DW_AT_location, &attribute) &&
                 dwarf_getlocation(&attribute, &operations, &count) == 0 && count == 1 &&
                 operations[0].atom == DW_OP_addr;
    return known ? operations[0].number : 0;
}

// Finds the variable of a whole file that begins at `address`.
static bool find_variable(Dwfl_Module *module, Dwarf_Addr address, Dwarf_Die *variable)
{
    Dwarf_Addr bias;
    for (Dwarf_Die *unit = NULL; (unit = dwfl_module_nextcu(module, unit, &bias)) != NULL;) {
        int left = dwarf_child(unit, variable);
        for (; left == 0; left = dwarf_siblingof(variable, variable))
            if (dwarf_tag(variable) == DW_TAG_variable &&
                place_of_variable(variable) == address - bias)
                return true;
    }
    return false;
}

// The type of a variable, of a member or of an array's elements, whatever it is called.
static bool type_of(Dwarf_Die *die, Dwarf_Die *type)
{
    Dwarf_Attribute attribute;
    Dwarf_Die named;
    return dwarf_attr_integrate(die, DW_AT_type, &attribute) &&
           dwarf_formref_die(&attribute, &named) && dwarf_peel_type(&named, type) == 0;
}

// The member of a structure that *offset lies in, which is then counted from its beginning.
static bool find_member(Dwarf_Die *structure, Dwarf_Word *offset, Dwarf_Die *member)
{
    int left = dwarf_child(structure, member);
    for (; left == 0; left = dwarf_siblingof(member, member)) {
        Dwarf_Attribute attribute;
        Dwarf_Die type;
        Dwarf_Word begin, size;
        if (dwarf_tag(member) == DW_TAG_member &&
            dwarf_attr(member, DW_AT_data_member_location, &attribute) &&
            dwarf_formudata(&attribute, &begin) == 0 && type_of(member, &type) &&
            dwarf_aggregate_size(&type, &size) == 0 && *offset >= begin && *offset - begin < size) {
            *offset -= begin;
            return true;
        }
    }
    return false;
}

// How many elements a dimension of an array has; 0: unknown.
static Dwarf_Word dimension(Dwarf_Die *range)
{
    Dwarf_Attribute attribute;
    Dwarf_Word count = 0;
    if (dwarf_attr(range, DW_AT_count, &attribute))
        return dwarf_formudata(&attribute, &count) == 0 ? count : 0;
    bool bounded = dwarf_attr(range, DW_AT_upper_bound, &attribute) &&
                   dwarf_formudata(&attribute, &count) == 0;
    return bounded ? count + 1 : 0;
}

// Adds the indices of the element that *offset lies in, "[1][0]", from whose beginning it is then
// counted, and makes *type its type.
static char *add_indices(char *name, Dwarf_Die *type, Dwarf_Word *offset)
{
    Dwarf_Die array = *type, range;
    Dwarf_Word size;
    if (dwarf_aggregate_size(&array, &size) != 0 || dwarf_child(&array, &range) != 0)
        return NULL;
    do {
        Dwarf_Word count = dwarf_tag(&range) == DW_TAG_subrange_type ? dimension(&range) : 0;
        if (count == 0 || *offset >= size)
            return NULL;
        size /= count;
        name = talloc_asprintf_append(name, "[%lu]", (unsigned long)(*offset / size));
        *offset %= size;
    } while (dwarf_siblingof(&range, &range) == 0);
    return type_of(&array, type) ? name : NULL;
}

// The path from the beginning of a variable to what begins `offset` bytes behind it. Into a union
// no way leads: the locks of the C library are unions.
static char *path_to(char *name, Dwarf_Die *variable, Dwarf_Word offset)
{
    Dwarf_Die type, member;
    bool array = false, known = type_of(variable, &type);
    while (name && known) {
        int tag = dwarf_tag(&type);
        if (tag == DW_TAG_array_type) {
            array = true;
            name = add_indices(name, &type, &offset);
        } else if (tag == DW_TAG_structure_type && find_member(&type, &offset, &member)) {
            const char *own = dwarf_diename(&member);
            name = own ? talloc_asprintf_append(name, ".%s", own) : name;
            known = type_of(&member, &type);
        } else {
            break;
        }
    }
    return array && known && offset == 0 ? name : NULL;
}

const char *debug_info_element(const void *context, const struct debug_info *info,
                               unsigned long address)
{
    unsigned long offset;
    Dwarf_Die variable;
    Dwfl_Module *module = dwfl_addrmodule(info->dwfl, address);
    const char *name = debug_info_variable(context, info, address, &offset);
    bool found = name && find_variable(module, address - offset, &variable);
    return found ? path_to(talloc_strdup(context, name), &variable, offset) : NULL;
}
