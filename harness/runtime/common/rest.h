// Whether a process is at rest: whether all its threads sleep so that only a thread of its own
// could wake them. Then nothing happens in it any more, however long one waits. For rendezvous.c.
#pragma once

// Looks at all threads but the calling one, whose number is `own` (asleep_own_number). Those in a
// meeting are known to `meeting`: it returns the ticket of a thread that waits there, a number that
// no wait had before; 0 for all others.
//
// Returns 0 where a thread is awake, may wake up by itself or by what another process does, or
// where the kernel does not tell; otherwise a number that says who sleeps since when. Two looks
// with the same number prove that the process was at rest in between, and will be until a thread
// that was in a meeting then, or the calling one, acts.
unsigned long rendezvous_at_rest(long own, unsigned long (*meeting)(long number));

// All threads but the calling one are a tool's, which run no code of the program and wake none of
// its threads. Called before the program has made any.
void rendezvous_tool_has_begun(void);
