// Sets up what the files about memory need: engine.h says when.

#include "calls.h"
#include "clocks.h"
#include "engine.h"
#include "heap.h"
#include "late.h"
#include "races.h"
#include "racy.h"

void memory_set_up(void)
{
    calls_set_up();
    clock_set_up();
    racy_set_up();
    races_set_up();
    heap_set_up();
    late_set_up();
}
