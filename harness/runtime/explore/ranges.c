// See ranges.h. Called by the wrappers of library functions, here and in the engine's other files.

#include "ranges.h"

#include "driver_statics.h"
#include "heap.h"
#include "hash.h"
#include "races.h"
#include "racy.h"

#include <string.h>

enum { LOOK_MOST = 256 };    // longer reads are not compared with what they gave before
enum { COMPARED_MOST = 16 }; // a longer write counts as an effect whatever it writes

static void range_access(const void *address, size_t size, int flags, uintptr_t pc)
{
    const void *racy = engine_threaded() ? racy_within(address, size) : NULL;
    if (racy != NULL) {
        point((flags & ACCESS_WRITE) != 0 ? OP_WRITE : OP_READ, racy, NULL, pc);
        point_memory(address, size);
    } else {
        event(pc);
        story_access((flags & ACCESS_WRITE) != 0 ? OP_WRITE : OP_READ, address, size, pc);
    }
    effort(size / GRANULE);
    driver_statics_check(address, size, flags, pc);
    heap_check_access(address, size, flags, pc);
    races_access(address, size, flags, pc);
}

void range_read(const void *address, size_t size, uintptr_t pc)
{
    if (!engine_on() || size == 0)
        return;
    range_access(address, size, ACCESS_READ, pc);
    if (size <= LOOK_MOST)
        look(pc, address, hash_bytes(address, size), false);
}

// The write itself follows in the same step.
void range_write(void *address, size_t size, uintptr_t pc)
{
    if (!engine_on() || size == 0)
        return;
    range_access(address, size, ACCESS_WRITE, pc);
    if (size <= COMPARED_MOST)
        write_begins(address, size);
    else
        effect_range(address, size);
}

void range_read_string(const char *string, uintptr_t pc)
{
    range_read(string, strlen(string) + 1, pc);
}

void range_read_string_within(const char *string, size_t most, uintptr_t pc)
{
    size_t length = strnlen(string, most);
    range_read(string, length < most ? length + 1 : most, pc);
}
