#include "stacks.h"

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
        *frame = debug_info_frame(survey->all, module, address);
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
    Dwfl *dwfl = debug_info_begin();
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
