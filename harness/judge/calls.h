// Where a program's source says something of note, for a sentence about a verdict: where it prints,
// where it has assembly of its own, or reads and writes pipes by streams.
#pragma once

#include "build.h"

#include <stdbool.h>

// The first call of printf, puts or the like in the program's own files, as "printf in
// counter.c:30"; a talloc child of `context`. NULL: none is seen.
const char *calls_printing(const void *context, const struct sources *sources);

// The same of OpenMP: "pragma omp in sum.c:3".
const char *calls_openmp(const void *context, const struct sources *sources);

// The same of assembly: "asm in lock.c:5". Of none that idles.
const char *calls_assembly(const void *context, const struct sources *sources);

// The same of streams over pipes or sockets: "fdopen in hand_over.c:9".
const char *calls_streams(const void *context, const struct sources *sources);

// The same of what the kernel does or tells by itself: "inotify_init in watch.c:12".
const char *calls_news(const void *context, const struct sources *sources);

// The same of signals by which one thread has another run a handler: "pthread_kill in wake.c:20".
const char *calls_handlers(const void *context, const struct sources *sources);

// The same of pipes and sockets that may have taken the place of a standard stream: "dup2 in
// capture.c:12".
const char *calls_standard(const void *context, const struct sources *sources);

// The same of what ends the process past whatever waits for its end: "quick_exit in leave.c:7".
const char *calls_exit(const void *context, const struct sources *sources);

// The same of threads or processes that the library does not make: "clone in start.c:9".
const char *calls_clone(const void *context, const struct sources *sources);

// Whether assembly touches nothing and orders nothing, as a pause in a spin loop and the empty text
// that only the compiler heeds; it has no operands. `behind` is the source behind the keyword:
// volatile("pause"), say.
bool calls_idle_assembly(const char *behind);

// The same of the assembly's text alone, which begins with its quotation mark.
bool calls_idle_text(const char *quoted);
