// Racy places: granules of 8 bytes that had a data race in some earlier run. Accesses to them are
// points of choice, so that the search goes through both orders; all other plain accesses are not.
// Within a run the set does not change: what is found in it counts from the next one on.
//
// Kept in memory that processes share, since a run may be a process of its own.
#pragma once

#include "engine.h"

enum { GRANULE = 8 };

void racy_set_up(void);

void racy_add(uintptr_t granule); // its address, divided by GRANULE

// A run begins: what was added so far counts.
void racy_settle(void);

// What has been added since is forgotten: the same run is made once more.
void racy_take_back(void);

// How many have been added since.
uint32_t racy_new(void);

// Forgets all: another program, or another scene, comes.
void racy_forget(void);

// Gives the first racy granule among the bytes, by its address, or NULL.
const void *racy_within(const void *address, size_t size);
