// The nightly backup of a mail store, which is cut into shards: one thread for each shard.
#pragma once

// The storage server; main.c plays its part. A thread first opens a session, which takes until all
// the other threads of this backup have opened theirs, and then copies its shard.
void session_open(void);
void shard_copy(int shard);

// Copies each of the shards 0 ... shards-1 once, all of them side by side, and returns when that is
// done. What it allocates meanwhile it frees.
void backup(int shards);
