// A schedule as text: what a report shows, and what a person types to see it again.
//
//     x1:1.5-2.9~2.7.1
//
// Thread 1 runs until it stands before its event 5, then thread 2 until before its event 9; then
// the threads take turns. At its event 7 thread 2, which had a choice, took number 1 and not number
// 0. The digit after the x is the version. No character is special to a shell.
#pragma once

#include "engine.h"

// A schedule, written down: what a replay follows.
struct script {
    uint32_t segment_count, pick_count;
    struct segment segments[SEGMENTS_MOST];
    struct pick picks[PICKS_MOST];
};

// Copies what is used of it.
void script_copy(struct script *to, const struct script *from);

// Prints the script as snprintf would: always terminated if size > 0, cut short if it does not fit.
// Returns the length of the whole.
size_t script_print(const struct script *script, char *text, size_t size);

// Reads what script_print printed. Returns NULL, or the first character that makes no sense; then
// the script is not to be used.
const char *script_parse(struct script *script, const char *text);

// The script that repeats a run.
void script_from(struct script *script, const struct outcome *outcome);
