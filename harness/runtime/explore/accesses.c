// What clang's -fsanitize=thread makes of a program's plain accesses: a call before each. The
// program is linked with these functions in place of ThreadSanitizer's. Clang 14 to 21 call, from
// C:
//
//   __tsan_init, __tsan_func_entry, __tsan_func_exit
//   __tsan_[unaligned_][volatile_]{read,write}{1,2,4,8,16}; unaligned ones from 2 on
//   __tsan_[unaligned_]read_write{1,2,4,8,16}: a read and a write in one
//   memcpy, memmove, memset; from 15 on __tsan_memcpy ... (ranges_memory.c)
//   __tsan_atomic* (atomics.c)
//
// gcc, besides, __tsan_{read,write}_range. Not announced, and so not seen: accesses of other sizes
// (80-bit long double, vectors of 32 bytes and more).

#include "calls.h"
#include "driver_statics.h"
#include "engine.h"
#include "heap.h"
#include "races.h"
#include "racy.h"
#include "values.h"

// An access is about to be made by the instruction at `pc`.
static void plain_access(void *address, size_t size, int flags, uintptr_t pc)
{
    bool writes = (flags & ACCESS_WRITE) != 0;
    const void *racy = engine_threaded() ? racy_within(address, size) : NULL;
    if (racy != NULL) {
        point(writes ? OP_WRITE : OP_READ, racy, NULL, pc);
        point_memory(address, size);
    } else {
        event(pc);
        story_access(writes ? OP_WRITE : OP_READ, address, size, pc);
    }
    driver_statics_check(address, size, flags, pc);
    heap_check_access(address, size, flags, pc);
    races_access(address, size, flags, pc);
    if (writes)
        write_begins(address, size);
    else
        look(pc, address, value_folded(value_read(address, size)), false);
}

// Defines one of the functions above, whose name ends in `name`.
#define ACCESS(name, size, flags)                                                                  \
    void __tsan_##name(void *address);                                                             \
    void __tsan_##name(void *address)                                                              \
    {                                                                                              \
        if (!engine_on())                                                                          \
            return;                                                                                \
        note_frame();                                                                              \
        plain_access(address, size, flags, caller_pc());                                           \
    }

#define ACCESS_TWICE(name, size)                                                                   \
    void __tsan_##name(void *address);                                                             \
    void __tsan_##name(void *address)                                                              \
    {                                                                                              \
        if (!engine_on())                                                                          \
            return;                                                                                \
        note_frame();                                                                              \
        plain_access(address, size, ACCESS_READ, caller_pc());                                     \
        plain_access(address, size, ACCESS_WRITE, caller_pc());                                    \
    }

#define ACCESSES(size)                                                                             \
    ACCESS(read##size, size, ACCESS_READ)                                                          \
    ACCESS(write##size, size, ACCESS_WRITE)                                                        \
    ACCESS(unaligned_read##size, size, ACCESS_READ)                                                \
    ACCESS(unaligned_write##size, size, ACCESS_WRITE)                                              \
    ACCESS(volatile_read##size, size, ACCESS_READ)                                                 \
    ACCESS(volatile_write##size, size, ACCESS_WRITE)                                               \
    ACCESS(unaligned_volatile_read##size, size, ACCESS_READ)                                       \
    ACCESS(unaligned_volatile_write##size, size, ACCESS_WRITE)                                     \
    ACCESS_TWICE(read_write##size, size)                                                           \
    ACCESS_TWICE(unaligned_read_write##size, size)

ACCESSES(1)
ACCESSES(2)
ACCESSES(4)
ACCESSES(8)
ACCESSES(16)

// Pointers to tables of virtual functions: C++ only, but they cost nothing.
void __tsan_vptr_update(void **address, void *value);
void __tsan_vptr_update(void **address, void *value)
{
    (void)value;
    if (!engine_on())
        return;
    note_frame();
    plain_access(address, sizeof *address, ACCESS_WRITE, caller_pc());
}

ACCESS(vptr_read, sizeof(void *), ACCESS_READ)

void __tsan_read_range(void *address, size_t size);
void __tsan_read_range(void *address, size_t size)
{
    if (!engine_on())
        return;
    note_frame();
    range_read(address, size, caller_pc());
}

void __tsan_write_range(void *address, size_t size);
void __tsan_write_range(void *address, size_t size)
{
    if (!engine_on())
        return;
    note_frame();
    range_write(address, size, caller_pc());
}

// ---- Functions ----

void __tsan_func_entry(void *caller);
void __tsan_func_entry(void *caller)
{
    if (engine_on())
        calls_enter((uintptr_t)caller, (uintptr_t)__builtin_dwarf_cfa());
}

void __tsan_func_exit(void);
void __tsan_func_exit(void)
{
    if (engine_on())
        calls_leave();
}

// Called by constructors that clang adds to each file, before there is a run.
void __tsan_init(void);
void __tsan_init(void)
{
}

void __tsan_ignore_thread_begin(void);
void __tsan_ignore_thread_begin(void)
{
}

void __tsan_ignore_thread_end(void);
void __tsan_ignore_thread_end(void)
{
}
