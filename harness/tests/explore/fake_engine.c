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
static unsigned current, created;
static bool is_set_up, is_on;

void fake_begin(void)
{
    if (!is_set_up)
        memory_set_up();
    is_set_up = is_on = true;
    memset(threads, 0xff, sizeof threads); // clock_thread_begin sets all that counts
    current = 0;
    created = 1;
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
    is_on = false;
    fake_points = fake_events = 0;
}

void fake_switch(unsigned id)
{
    current = id;
}

void fake_create(unsigned id)
{
    threads[id].id = (uint8_t)id;
    created++;
    clock_thread_begin(&threads[id], thread_self());
}

void fake_join(unsigned id)
{
    clock_join(&threads[id]);
}

// ---- What the core offers ----

struct thread *thread_self(void)
{
    return &threads[current];
}

struct thread *thread_of(unsigned id)
{
    return &threads[id];
}

bool engine_on(void)
{
    return is_on;
}

bool engine_threaded(void)
{
    return created > 1;
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
