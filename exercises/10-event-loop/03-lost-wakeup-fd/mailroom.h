// The mail room of a department store: capsules with letters come out of tubes, and one clerk opens
// them. All of it is called by one thread. A tube is a descriptor from which capsules are read, a pipe
// for instance; a capsule is an int.
#pragma once

#include <stdbool.h>

enum { TUBES_MOST = 16 };

struct mailroom;

// Opens a capsule from a tube. `data` is what mailroom_new was given. May send capsules, watch tubes,
// and stop the mail room.
typedef void open_capsule(void *data, int tube, int capsule);

// A mail room without tubes; NULL without memory or descriptors. The caller frees it, when it does not
// run; that closes all tubes that are still watched.
struct mailroom *mailroom_new(open_capsule *open, void *data);
void mailroom_free(struct mailroom *room);

// From now on the clerk watches this tube too, up to TUBES_MOST in all, and opens what is in it
// already. False if that cannot be.
bool mailroom_watch(struct mailroom *room, int tube);

// Opens every capsule once, those of one tube in their order; sleeps while there is none. No capsule
// lies in its tube while others come and are opened, one after the other. A tube whose sender has
// closed it is closed when its last capsule has been opened. Returns when there is no tube left, or
// when mailroom_stop was called.
void mailroom_run(struct mailroom *room);

// mailroom_run returns when the capsule that is being opened is done with. What is in the tubes stays
// there.
void mailroom_stop(struct mailroom *room);
