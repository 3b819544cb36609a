// What a tree of processes takes at this moment, as /proc tells it: memory and processor time.
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

// How large the tree is below a process, itself left out, and likewise forks of this program that
// have not executed anything yet.
struct extent_of_tree {
    size_t processes; // a process that ends meanwhile counts as nothing
    size_t resident;  // bytes of memory; pages they share count for each
};

// What is below `root`, without its memory unless that is asked for: 0, then. All 0 if the kernel
// does not list children (CONFIG_PROC_CHILDREN, in every distribution's kernel).
struct extent_of_tree extent_below(pid_t root, bool with_memory);

// What the same processes do with the processor.
struct activity {
    double computed; // seconds of processor time that those still there have had
    bool runs;       // a thread of theirs could go on at this moment, if it had a processor
    bool stuck; // each thread waits for another, of its own process or of another one of these,
                // and has no other way to go on
    unsigned long turns; // how often their threads had a processor; 0: unknown
};

// What of the processes is a tool's, and says nothing of the program.
struct overseer {
    int threads;          // so many next to the first of each process
    bool catches_signals; // all handlers of signals
};

struct activity activity_below(pid_t root, const struct overseer *overseer);

// Whether none of its threads is in a wait that nothing interrupts, in which a debugger would wait
// too.
bool process_can_be_stopped(pid_t process);

// Sees to one process of the tree.
typedef void process_visitor(pid_t process, void *data);

// Calls `visit` with each of the same processes, those nearer to `root` first.
void processes_below(pid_t root, process_visitor *visit, void *data);
