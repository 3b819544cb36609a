#include "fake_engine.h"

#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#include "clocks.h"

struct fault fake_faults[256];
unsigned fake_fault_count, fake_points, fake_events;
const void *fake_point_object;
jmp_buf fake_end;

static struct thread threads[FAKE_THREADS];
static struct running fake_running;
static bool is_set_up;

struct running *running = &fake_running;

void fake_begin(void)
{
    if (!is_set_up)
        memory_set_up();
    is_set_up = true;
    memset(threads, 0xff, sizeof threads); // clock_thread_begin sets all that counts
    fake_running = (struct running){.on = true, .live = 1, .self = &threads[0]};
    fake_fault_count = fake_points = fake_events = 0;
    fake_point_object = NULL;
    clock_reset();
    races_reset();
    heap_reset();
    threads[0].id = 0;
    clock_thread_begin(&threads[0], NULL);
}

void fake_off(void)
{
    fake_running.on = false;
    fake_points = fake_events = 0;
}

void fake_switch(unsigned id)
{
    fake_running.self = &threads[id];
}

void fake_create(unsigned id)
{
    threads[id].id = (uint8_t)id;
    fake_running.live++;
    clock_thread_begin(&threads[id], thread_self());
}

void fake_join(unsigned id)
{
    clock_join(&threads[id]);
}

// ---- What the core offers ----

struct thread *thread_of(unsigned id)
{
    return &threads[id];
}

void thread_check_access(const void *address, size_t size, int flags, uintptr_t pc)
{
    (void)address, (void)size, (void)flags, (void)pc; // its threads have no stacks
}

void *engine_map(size_t size)
{
    void *memory = mmap(NULL, size, PROT_READ | PROT_WRITE,
                        MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    return memory != MAP_FAILED ? memory : NULL;
}

void *engine_share(size_t size)
{
    return engine_map(size);
}

uint64_t random_next(uint64_t *state)
{
    uint64_t mixed = *state += 0x9e3779b97f4a7c15u;
    mixed = (mixed ^ mixed >> 30) * 0xbf58476d1ce4e5b9u;
    mixed = (mixed ^ mixed >> 27) * 0x94d049bb133111ebu;
    return mixed ^ mixed >> 31;
}

void point(enum op op, const void *object, const void *other, uintptr_t pc)
{
    (void)op;
    (void)other;
    (void)pc;
    fake_points++;
    fake_point_object = object;
}

void event(uintptr_t pc)
{
    (void)pc;
    fake_events++;
}

void effort(uint64_t accesses)
{
    (void)accesses;
}

void weak_store_made(void)
{
}

bool may_find_older(void)
{
    return false;
}

bool pick_older(void)
{
    return false;
}

void story_older(uint64_t value)
{
    (void)value;
}

void point_order(int order)
{
    (void)order;
}

void point_memory(const void *address, size_t size)
{
    (void)address;
    (void)size;
}

void story_access(enum op op, const void *address, size_t size, uintptr_t pc)
{
    (void)op;
    (void)address;
    (void)size;
    (void)pc;
}

void effect(const void *address)
{
    (void)address;
}

void effect_range(const void *address, size_t size)
{
    (void)address;
    (void)size;
}

void effect_of_write(const void *address, size_t size, const void *before)
{
    (void)address;
    (void)size;
    (void)before;
}

void progress(void)
{
}

void write_begins(void *address, size_t size)
{
    (void)address;
    (void)size;
}

void look(uintptr_t pc, const void *address, uint64_t value, bool is_call)
{
    (void)pc;
    (void)address;
    (void)value;
    (void)is_call;
}

void found(const struct fault *fault)
{
    if (fake_fault_count < sizeof fake_faults / sizeof *fake_faults)
        fake_faults[fake_fault_count] = *fault;
    fake_fault_count++;
}

_Noreturn void found_and_end(const struct fault *fault)
{
    found(fault);
    longjmp(fake_end, 1);
}

_Noreturn void run_end(enum ending ending, const char *format, ...)
{
    (void)ending;
    (void)format;
    found(&(struct fault){.kind = KIND_NONE});
    longjmp(fake_end, 1);
}
