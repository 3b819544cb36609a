// A small hotel at night, and its porter. He is one person, and so is this: all of it is called by one
// thread. He does not stand and wait while the housekeeper looks at a room. He serves whoever is
// next, and goes on when she calls.
#pragma once

enum { NO_ROOM = -1 };

struct hotel;

// What a guest is told: the number of a room, or NO_ROOM. `guest` is what hotel_arrive was given. May
// call hotel_arrive and hotel_leave.
typedef void tell_guest(void *guest, int room);

// A hotel with so many rooms, numbered from 0, all of them free; NULL without memory. The caller
// frees it, when no guest waits for an answer any more.
struct hotel *hotel_new(int rooms);
void hotel_free(struct hotel *hotel);

// A guest asks for a room. Each guest is told once, at once or when the housekeeper has looked.
// A guest gets a room in which nobody else is, and whose bed was made when she looked. NO_ROOM is
// said only when there is none for him: when the porter came to it, each had a guest, or was promised
// to one, or its bed was not made.
void hotel_arrive(struct hotel *hotel, tell_guest *tell, void *guest);

// The guest of this room leaves. The next one may have it.
void hotel_leave(struct hotel *hotel, int room);

// How many guests have a room.
int hotel_guests(const struct hotel *hotel);
