// What a tree of processes takes at this moment, as /proc tells it: memory and processor time.
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

// Bytes of resident memory of all descendants of `root`, itself left out, and likewise forks of
// this program that have not executed anything yet; pages they share count for each. A process that
// ends meanwhile counts as nothing. 0 if the kernel does not list children (CONFIG_PROC_CHILDREN,
// in every distribution's kernel).
size_t resident_below(pid_t root);

// How many descendants `root` has, likewise.
size_t count_below(pid_t root);

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
