// What the symbols and the debug information of a program, or of a library, say of addresses in it:
// while it runs (stacks.c), or in its file (judge/detectors/symbols.c).
#pragma once

struct Dwfl;        // libdw's: what it knows of the files of one process, or of one file
struct Dwfl_Module; // one of those files

// A function that is being called.
struct frame {
    const char *function; // as it is written, or else as the symbol table has it; NULL: unknown
    const char *file;     // as the debug information has it; NULL: there is none
    int line;             // 0: unknown
    int column;           // 1-based; 0: unknown
};

// Begins; dwfl_end ends it. What is not in the files themselves is not looked for, here or on any
// server: libraries are named by their functions only. NULL: no memory.
struct Dwfl *debug_info_begin(void);

// The place of the instruction at `address`; where the compiler has put a function into its caller,
// the function as it is written. Texts are talloc children of `context`.
struct frame debug_info_frame(const void *context, struct Dwfl_Module *module,
                              unsigned long address);

// A program's file, to be asked about addresses as they are in it. Not by several threads at once.
struct debug_info;

// A talloc child of `context`; NULL if it is no such file.
struct debug_info *debug_info_open(const void *context, const char *path);

// As above; all unknown where the program has no such address.
struct frame debug_info_place(const void *context, const struct debug_info *info,
                              unsigned long address);

// The variable that `address` lies in, and how many bytes behind its beginning; NULL: in none, as
// on the heap. A talloc child of `context`.
const char *debug_info_variable(const void *context, const struct debug_info *info,
                                unsigned long address, unsigned long *offset);

// What begins at `address` within an array, as the source would write it: "forks[2]",
// "accounts[1].lock". NULL: it lies in no array that is a variable of a whole file, or that is not
// known. A talloc child of `context`.
const char *debug_info_element(const void *context, const struct debug_info *info,
                               unsigned long address);
