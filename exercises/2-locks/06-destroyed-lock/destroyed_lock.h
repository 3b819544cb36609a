// A chat room. It ends when the last one has left, and then its minutes are kept.
#pragma once

struct room;

// Called once for each room, by whoever leaves last: how many messages there were.
typedef void room_minutes(long messages, void *context);

// A room with its host in it, or NULL without memory. It takes itself down at its end.
struct room *room_new(room_minutes *minutes, void *context);

// One more person is in the room: somebody who is in it lets a guest in.
void room_enter(struct room *room);

// Somebody in the room says something. Returns which message of the room this is, counted from 1.
long room_say(struct room *room);

// A guest leaves, or the host does. Both leave at once and wait for nobody; whoever is still in the
// room may go on talking. The one who left does not use the room any more.
void room_leave(struct room *room);
void room_close(struct room *room);
