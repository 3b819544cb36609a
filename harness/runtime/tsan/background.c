// ThreadSanitizer's own thread naps all the time. That it is there before the program's first
// constructor runs, and so cannot be taken for the program's, report_hook.c asks of it
// (__tsan_default_options).

#include "runtime/common/rest.h"

__attribute__((constructor(101))) static void note_background_thread(void)
{
    rendezvous_tool_has_begun();
}
