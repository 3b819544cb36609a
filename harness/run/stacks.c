#include "stacks.h"

#include <dwarf.h>
#include <elfutils/libdwfl.h>
#include <stdlib.h>
#include <talloc.h>

enum { FRAMES_MOST = 64 };

struct survey {
    struct call_stack *all; // also the talloc parent of the texts
    size_t count;
    int processes;
    int threads; // of the process that is looked at, so far
    const struct overseer *overseer;
};

// Debug information that is not in a file itself is not looked for: libraries are named by their
// functions only, and nothing is asked of any server.
static int find_no_more(Dwfl_Module *module, void **data, const char *name, Dwarf_Addr base,
                        const char *file, const char *link, GElf_Word sum, char **found)
{
    (void)module, (void)data, (void)name, (void)base, (void)file, (void)link, (void)sum,
        (void)found;
    return -1;
}

static const Dwfl_Callbacks callbacks = {.find_elf = dwfl_linux_proc_find_elf,
                                         .find_debuginfo = find_no_more};

// The unit of debug information that an instruction belongs to; `address` becomes one as that counts.
// (dwfl_module_addrdie knows only what .debug_aranges lists, and clang writes none.)
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

static void tell_frame(const void *context, struct frame *frame, Dwfl_Module *module,
                       Dwarf_Addr address)
{
    frame->function = talloc_strdup(context, dwfl_module_addrname(module, address));
    Dwarf_Die *unit = find_unit(module, &address);
    Dwarf_Line *line = unit ? dwarf_getsrc_die(unit, address) : NULL;
    if (!line)
        return;
    const char *written = written_function(context, unit, address);
    if (written)
        frame->function = written;
    frame->file = talloc_strdup(context, dwarf_linesrc(line, NULL, NULL));
    dwarf_lineno(line, &frame->line);
}

static int add_frame(Dwfl_Frame *state, void *data)
{
    struct survey *survey = data;
    struct call_stack *stack = &survey->all[survey->count];
    Dwarf_Addr address;
    bool exact; // or behind the call
    if (stack->count == FRAMES_MOST || !dwfl_frame_pc(state, &address, &exact))
        return DWARF_CB_ABORT;
    if (!exact)
        address--;
    Dwfl *dwfl = dwfl_thread_dwfl(dwfl_frame_thread(state));
    Dwfl_Module *module = dwfl_addrmodule(dwfl, address);
    struct frame *frame = &stack->frames[stack->count++];
    if (module)
        tell_frame(survey->all, frame, module, address);
    return DWARF_CB_OK;
}

static int add_thread(Dwfl_Thread *thread, void *data)
{
    struct survey *survey = data;
    int number = survey->threads++;
    if (number > 0 && number <= survey->overseer->threads)
        return DWARF_CB_OK;
    if (survey->count == STACKS_MOST)
        return DWARF_CB_ABORT;
    survey->all[survey->count] = (struct call_stack){
        .process = survey->processes,
        .thread = number > 0 ? number - survey->overseer->threads : 0,
        .frames = talloc_zero_array(survey->all, struct frame, FRAMES_MOST),
    };
    dwfl_thread_getframes(thread, add_frame, survey);
    survey->count++;
    return DWARF_CB_OK;
}

static void add_process(pid_t process, void *data)
{
    struct survey *survey = data;
    if (!process_can_be_stopped(process))
        return;
    Dwfl *dwfl = dwfl_begin(&callbacks);
    survey->threads = 0;
    if (dwfl && dwfl_linux_proc_report(dwfl, process) == 0 &&
        dwfl_report_end(dwfl, NULL, NULL) == 0 && dwfl_linux_proc_attach(dwfl, process, false) == 0)
        dwfl_getthreads(dwfl, add_thread, survey);
    survey->processes += survey->threads > 0;
    dwfl_end(dwfl);
}

struct call_stack *stacks_below(const void *context, pid_t root, const struct overseer *overseer,
                                size_t *count)
{
    struct survey survey = {.all = talloc_zero_array(context, struct call_stack, STACKS_MOST),
                            .overseer = overseer};
    if (survey.all)
        processes_below(root, add_process, &survey);
    *count = survey.count;
    return survey.all;
}
