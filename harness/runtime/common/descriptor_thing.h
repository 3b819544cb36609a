// What orders threads when they use a descriptor: the pipe, the event counter or the sockets behind
// it. Asked by what follows descriptors for Helgrind (helgrind/descriptor_order.c) and for the
// explorer (explore/files.c).
#pragma once

// What stands for the thing that `descriptor` leads to: an address at which nothing lies, the same
// for both ends of a pipe or of a pair of sockets, and for all other sockets. NULL for files and
// terminals, which nobody waits for.
const void *descriptor_thing(int descriptor);

// What socketpair() has made is a pair.
void descriptor_pair(const int ends[2]);
