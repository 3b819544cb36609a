// Helgrind's report as it stands in the XML (valgrind's protocol 4, docs/internals/xml-output*.txt
// in valgrind's sources): errors with their sentences and stacks, and how the program ended. Asked
// by helgrind.c, which says what it comes to.
#pragma once

#include "detector.h"

// One sentence of an error and the stack that follows it. Helgrind's errors are a sequence of
// these.
struct helgrind_item {
    const char *text;
    int thread; // 0 is the main thread; -1: not said
    struct trace trace;
};

struct helgrind_error {
    const char *kind;
    struct helgrind_item *items;
    size_t count;
    bool after_death; // the program had died by then
};

struct helgrind_xml {
    struct helgrind_error *errors;
    size_t count;
    bool started, finished; // valgrind said that it runs the program, and that it is over
    bool whole;             // the XML is complete
    const char *signal;     // what the program died of; NULL: of none
    struct trace crash;     // where
    // Stacks of threads that were in such a call when valgrind itself failed; empty: none was.
    struct trace failed_join, failed_allocation;
};

// Reads the XML in `bytes`, `size` of them, which it changes. Gives whether they are XML as far as
// they go. What is made are talloc children of `context`.
bool helgrind_xml_read(void *context, const struct program *program, char *bytes, size_t size,
                       struct helgrind_xml *xml);
