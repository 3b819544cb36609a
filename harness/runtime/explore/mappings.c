// Memory that the program maps itself. The kernel gives the addresses of what is unmapped to whatever
// is mapped next, which has nothing to do with what was there. What has two addresses cannot be
// followed.

#include "core.h"
#include "races.h"

#include <sys/mman.h>
#include <sys/shm.h>
#include <sys/stat.h>

// Shared mappings that the run has made: of a file, or of System V memory (device and place are 0).
struct mapping {
    const char *start, *end;
    dev_t device;
    uint64_t number;
    off_t place;
};

enum { MAPPINGS_MOST = 16 };

static struct mapping mappings[MAPPINGS_MOST];
static unsigned mapping_count;

static bool is_same(const struct mapping *one, const struct mapping *other)
{
    return one->device == other->device && one->number == other->number &&
           one->place < other->place + (other->end - other->start) &&
           other->place < one->place + (one->end - one->start);
}

// Who accesses the same bytes by two addresses does not look to the explorer as if he did.
static void note_mapping(struct mapping mapping, uintptr_t pc)
{
    for (unsigned i = 0; i < mapping_count; i++) {
        if (!is_same(&mappings[i], &mapping))
            continue;
        thread_self()->next.pc = pc;
        run_end(ENDED_UNSUPPORTED, "memory that is mapped twice");
    }
    if (mapping_count < MAPPINGS_MOST)
        mappings[mapping_count++] = mapping;
}

static void forget_mappings(const char *start, const char *end)
{
    unsigned kept = 0;
    for (unsigned i = 0; i < mapping_count; i++)
        if (mappings[i].start < start || mappings[i].end > end)
            mappings[kept++] = mappings[i];
    mapping_count = kept;
}

// Whole pages are unmapped.
static void unmapped(const char *start, size_t size)
{
    enum { PAGE = 4096 };
    size_t whole = (size + PAGE - 1) / PAGE * PAGE;
    races_unmap(start, whole);
    forget_mappings(start, start + whole);
}

static void *map(void *address, size_t size, int protection, int flags, int file, off_t place,
                 uintptr_t pc)
{
    struct stat status;
    char *start = mmap(address, size, protection, flags, file, place);
    if (!running->on || start == MAP_FAILED)
        return start;
    if ((flags & MAP_FIXED) != 0)
        unmapped(start, size);
    bool shared =
        (flags & MAP_SHARED) != 0 && (flags & MAP_ANONYMOUS) == 0; // or MAP_SHARED_VALIDATE
    if (shared && fstat(file, &status) == 0 && S_ISREG(status.st_mode))
        note_mapping((struct mapping){.start = start,
                                      .end = start + size,
                                      .device = status.st_dev,
                                      .number = status.st_ino,
                                      .place = place},
                     pc);
    return start;
}

#define MAPS(function)                                                                             \
    void *__wrap_##function(void *address, size_t size, int protection, int flags, int file,       \
                            off_t place);                                                          \
    void *__wrap_##function(void *address, size_t size, int protection, int flags, int file,       \
                            off_t place)                                                           \
    {                                                                                              \
        return map(address, size, protection, flags, file, place, HERE());                         \
    }

MAPS(mmap)
MAPS(mmap64)

int __wrap_munmap(void *address, size_t size);
int __wrap_munmap(void *address, size_t size)
{
    int error = munmap(address, size);
    if (running->on && error == 0)
        unmapped(address, size);
    return error;
}

void *__wrap_shmat(int number, const void *address, int flags);
void *__wrap_shmat(int number, const void *address, int flags)
{
    char *start = shmat(number, address, flags);
    if (running->on && start != (void *)-1)
        note_mapping((struct mapping){.start = start, .end = start + 1, .number = (uint64_t)number},
                     HERE());
    return start;
}

int __wrap_shmdt(const void *address);
int __wrap_shmdt(const void *address)
{
    if (running->on)
        forget_mappings(address, (const char *)address + 1);
    return shmdt(address);
}
