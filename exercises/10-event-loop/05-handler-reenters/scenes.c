// hotel.h, sentence by sentence. One thread does all of it; what differs is in which order the
// housekeeper comes back.

#include "hotel.h"

#include "housekeeper.h"

#include <racelings/scenes.h>

#include <stddef.h>

// ---- A hotel, and guests who are told ----

enum { ROOMS_MOST = 300, GUESTS_MOST = 131, NOT_TOLD = -2 };

static struct hotel *hotel;

static struct guest {
    int told; // how often
    int room;
} guests[GUESTS_MOST];

static void note(void *data, int room)
{
    struct guest *guest = data;
    guest->told++;
    guest->room = room;
}

static void open_hotel(int rooms)
{
    hotel = hotel_new(rooms);
    for (int i = 0; i < GUESTS_MOST; i++)
        guests[i] = (struct guest){0, NOT_TOLD};
}

static void arrive(int guest)
{
    hotel_arrive(hotel, note, &guests[guest]);
}

enum { LOOKS_ENOUGH = 20000 }; // for any guests to be told of any room here

static void all_looks_from(int look)
{
    for (int i = 0; housekeeper_looks() > 0; i++) {
        scene_expect(i < LOOKS_ENOUGH, "the housekeeper need not look for ever");
        housekeeper_returns(look < housekeeper_looks() ? look : housekeeper_looks() - 1);
    }
}

static int with_a_room(int count)
{
    int with = 0;
    for (int i = 0; i < count; i++)
        with += guests[i].room >= 0;
    return with;
}

// So many guests have been told once, and of these so many have a room, each another one.
static void told(int count, int rooms)
{
    for (int i = 0; i < count; i++) {
        scene_expect(guests[i].told == 1, "each guest is told once");
        for (int j = 0; j < i; j++)
            scene_expect(guests[i].room == NO_ROOM || guests[i].room != guests[j].room,
                         "nobody else is in a guest's room");
    }
    scene_expect(with_a_room(count) == rooms, "there is a room for as many guests as can have one");
    EXPECT(hotel_guests(hotel) == rooms);
}

static void close_hotel(void)
{
    hotel_free(hotel);
}

// ---- One after the other ----

static void one_by_one(void)
{
    open_hotel(2);
    for (int i = 0; i < 3; i++) {
        EXPECT(hotel_guests(hotel) == (i < 2 ? i : 2));
        arrive(i);
        all_looks_from(0);
        told(i + 1, i < 2 ? i + 1 : 2);
    }
    close_hotel();
}

// All beds but the last one are not made.
static void down_the_corridor(void)
{
    open_hotel(ROOMS_MOST);
    for (int i = 0; i + 1 < ROOMS_MOST; i++)
        housekeeper_finds(i, false);
    arrive(0);
    all_looks_from(0);
    told(1, 1);
    scene_expect(guests[0].room == ROOMS_MOST - 1, "the room whose bed is made is given");
    close_hotel();
}

static void nothing_to_let(void)
{
    open_hotel(0);
    arrive(0);
    told(1, 0);
    scene_expect(guests[0].room == NO_ROOM, "where no room is, nobody is given one");
    close_hotel();
}

// ---- While the housekeeper looks ----

static void arrive_together(int rooms, int count, int first_back)
{
    open_hotel(rooms);
    for (int i = 0; i < count; i++)
        arrive(i);
    all_looks_from(first_back);
    told(count, count < rooms ? count : rooms);
    close_hotel();
}

static void two_for_one(void)
{
    arrive_together(1, 2, 0);
}

static void two_for_two(void)
{
    arrive_together(2, 2, 0);
}

static void two_for_two_and_back(void)
{
    arrive_together(2, 2, 1);
}

static void three_for_two(void)
{
    arrive_together(2, 3, 0);
}

static void three_for_three_and_back(void)
{
    arrive_together(3, 3, 2);
}

static void six_for_four(void)
{
    arrive_together(4, 6, 1);
}

static void a_bus_for_130(void)
{
    arrive_together(130, 131, 0);
}

static void half_way_up(void)
{
    open_hotel(2);
    arrive(0);
    all_looks_from(0);
    arrive(1);
    arrive(2);
    EXPECT(hotel_guests(hotel) == 1);
    all_looks_from(1);
    told(3, 2);
    close_hotel();
}

// ---- Beds ----

static void not_made(void)
{
    open_hotel(2);
    housekeeper_finds(0, false);
    arrive(0);
    all_looks_from(0);
    arrive(1);
    all_looks_from(0);
    told(2, 1);
    scene_expect(guests[0].room == 1 && guests[1].room == NO_ROOM,
                 "a room whose bed is not made is not given");
    close_hotel();
}

static void made_later(void)
{
    open_hotel(1);
    housekeeper_finds(0, false);
    arrive(0);
    all_looks_from(0);
    told(1, 0);
    housekeeper_finds(0, true);
    arrive(1);
    all_looks_from(0);
    told(2, 1);
    close_hotel();
}

static void two_see_the_same_bed(void)
{
    open_hotel(3);
    housekeeper_finds(0, false);
    arrive(0);
    arrive(1);
    all_looks_from(0);
    told(2, 2);
    scene_expect(guests[0].room != 0 && guests[1].room != 0,
                 "a room whose bed is not made is not given");
    close_hotel();
}

static void no_bed_at_all(void)
{
    open_hotel(2);
    housekeeper_finds(0, false);
    housekeeper_finds(1, false);
    arrive(0);
    arrive(1);
    all_looks_from(1);
    told(2, 0);
    close_hotel();
}

// ---- Somebody leaves ----

static void room_of_another(void)
{
    open_hotel(1);
    arrive(0);
    all_looks_from(0);
    hotel_leave(hotel, 0);
    EXPECT(hotel_guests(hotel) == 0);
    arrive(1);
    all_looks_from(0);
    scene_expect(guests[0].room == 0 && guests[1].room == 0,
                 "a room is given to the guest who comes for it");
    EXPECT(hotel_guests(hotel) == 1);
    close_hotel();
}

static void leaves_during_a_look(void)
{
    open_hotel(2);
    arrive(0);
    all_looks_from(0);
    arrive(1);
    hotel_leave(hotel, guests[0].room);
    arrive(2);
    all_looks_from(0);
    scene_expect(guests[1].room >= 0 && guests[2].room >= 0, "both have a room");
    scene_expect(guests[1].room != guests[2].room, "no room is given to two guests");
    EXPECT(hotel_guests(hotel) == 2);
    close_hotel();
}

// She looks at one guest's room for so long that others come and go, and two stay.
enum {
    STAYS = 127
}; // with an arrival and a leave each; two more arrivals, and a byte would be full

static void arrive_meanwhile(int guest)
{
    guests[guest] = (struct guest){0, NOT_TOLD};
    arrive(guest);
    for (int i = 0; housekeeper_looks() > 1 && i < LOOKS_ENOUGH; i++)
        housekeeper_returns(1);
}

static void many_during_a_look(void)
{
    open_hotel(2);
    arrive(0);
    for (int i = 0; i < STAYS; i++) {
        arrive_meanwhile(1);
        if (guests[1].told == 0)
            all_looks_from(0); // served one at a time, which is allowed
        if (guests[1].room != NO_ROOM)
            hotel_leave(hotel, guests[1].room);
    }
    arrive_meanwhile(1);
    arrive_meanwhile(2);
    all_looks_from(0);
    told(3, 2);
    close_hotel();
}

enum { NIGHTS = 300 };

static void many_nights(void)
{
    open_hotel(2);
    for (int i = 0; i < NIGHTS; i++) {
        guests[0] = guests[1] = (struct guest){0, NOT_TOLD};
        arrive(0);
        arrive(1);
        all_looks_from(i % 2);
        told(2, 2);
        hotel_leave(hotel, guests[0].room);
        hotel_leave(hotel, guests[1].room);
    }
    close_hotel();
}

// ---- Guests who call the porter while he tells them ----

// Sleeps badly, and leaves at once.
static void leave_at_once(void *data, int room)
{
    note(data, room);
    if (room != NO_ROOM)
        hotel_leave(hotel, room);
}

static void restless(void)
{
    open_hotel(1);
    hotel_arrive(hotel, leave_at_once, &guests[0]);
    all_looks_from(0);
    EXPECT(hotel_guests(hotel) == 0);
    arrive(1);
    all_looks_from(0);
    scene_expect(guests[0].told == 1 && guests[0].room == 0, "a guest is told his room once");
    scene_expect(guests[1].told == 1 && guests[1].room == 0,
                 "a room that was left is given to the next");
    close_hotel();
}

// Has a friend in the car.
static void bring_a_friend(void *data, int room)
{
    note(data, room);
    arrive(2);
}

static void friend_in_the_car(void)
{
    open_hotel(3);
    hotel_arrive(hotel, bring_a_friend, &guests[0]);
    arrive(1);
    all_looks_from(0);
    told(3, 3);
    close_hotel();
}

static void nobody_else_in_the_queue(void)
{
    open_hotel(3);
    hotel_arrive(hotel, bring_a_friend, &guests[0]);
    all_looks_from(0);
    scene_expect(guests[0].told == 1 && guests[2].told == 1, "each guest is told once");
    scene_expect(guests[0].room >= 0 && guests[2].room >= 0 && guests[0].room != guests[2].room,
                 "each guest has a room of his own");
    EXPECT(hotel_guests(hotel) == 2);
    close_hotel();
}

static void no_room_for_friend(void)
{
    open_hotel(2);
    arrive(1);
    hotel_arrive(hotel, bring_a_friend, &guests[0]);
    all_looks_from(1);
    told(3, 2);
    close_hotel();
}

// The guest would have had the only room, if his bed had been made. His friend makes it.
static void bring_someone_who_makes_beds(void *data, int room)
{
    note(data, room);
    housekeeper_finds(0, true);
    arrive(1);
}

static void friend_makes_the_bed(void)
{
    open_hotel(1);
    housekeeper_finds(0, false);
    hotel_arrive(hotel, bring_someone_who_makes_beds, &guests[0]);
    all_looks_from(0);
    told(2, 1);
    scene_expect(guests[0].room == NO_ROOM && guests[1].room == 0,
                 "a room that is promised to nobody is looked at for the next guest");
    close_hotel();
}

// ---- Two hotels, and what they leave behind ----

static void across_the_road(void)
{
    open_hotel(1);
    struct hotel *other = hotel_new(1);
    arrive(0);
    hotel_arrive(other, note, &guests[1]);
    all_looks_from(0);
    scene_expect(guests[0].room == 0 && guests[1].room == 0,
                 "a room is given to the guest who comes for it");
    EXPECT(hotel_guests(hotel) == 1 && hotel_guests(other) == 1);
    hotel_free(other);
    close_hotel();
}

// What is allocated once for all hotels is here when the first one has closed.
static void nothing_stays(void)
{
    arrive_together(2, 3, 1);
    long before = scene_allocated();
    arrive_together(2, 3, 1);
    scene_expect(scene_allocated() == before, "nothing stays allocated");
}

// ---- The table ----

const struct scene scenes[] = {
    {.name = "one guest after the other",
     .promise = "How many guests have a room.",
     .parts = {one_by_one}},
    {.name = "a hotel without rooms",
     .promise = "Each guest is told once",
     .parts = {nothing_to_let}},
    {.name = "two guests, one room",
     .promise = "A guest gets a room in which nobody else is",
     .parts = {two_for_one}},
    {.name = "two guests, two rooms",
     .promise = "NO_ROOM is said only when there is none for him",
     .parts = {two_for_two}},
    {.name = "the second look ends first",
     .promise = "NO_ROOM is said only when there is none for him",
     .parts = {two_for_two_and_back}},
    {.name = "three guests, two rooms",
     .promise = "A guest gets a room in which nobody else is",
     .parts = {three_for_two}},
    {.name = "three looks, the last one ends first",
     .promise = "NO_ROOM is said only when there is none for him",
     .parts = {three_for_three_and_back}},
    {.name = "six guests, four rooms",
     .promise = "A guest gets a room in which nobody else is",
     .parts = {six_for_four}},
    {.name = "a bus comes",
     .promise = "A hotel with so many rooms, numbered from 0, all of them free",
     .parts = {a_bus_for_130}},
    {.name = "one sleeps already",
     .promise = "A guest gets a room in which nobody else is",
     .parts = {half_way_up}},
    {.name = "down the corridor",
     .promise = "NO_ROOM is said only when there is none for him",
     .parts = {down_the_corridor}},
    {.name = "a bed is not made",
     .promise = "whose bed was made when she looked",
     .parts = {not_made}},
    {.name = "a bed is made later",
     .promise = "NO_ROOM is said only when there is none for him",
     .parts = {made_later}},
    {.name = "two come for a bed that is not made",
     .promise = "each had a guest, or was promised to one, or its bed was not made",
     .parts = {two_see_the_same_bed}},
    {.name = "no bed is made",
     .promise = "whose bed was made when she looked",
     .parts = {no_bed_at_all}},
    {.name = "the next guest in a room",
     .promise = "The next one may have it.",
     .parts = {room_of_another}},
    {.name = "a guest leaves during a look",
     .promise = "The guest of this room leaves.",
     .parts = {leaves_during_a_look}},
    {.name = "much happens during a look",
     .promise = "A guest gets a room in which nobody else is",
     .parts = {many_during_a_look}},
    {.name = "three hundred nights",
     .promise = "A hotel with so many rooms, numbered from 0, all of them free",
     .parts = {many_nights}},
    {.name = "a guest who leaves at once",
     .promise = "May call hotel_arrive and hotel_leave.",
     .parts = {restless}},
    {.name = "a friend in the car",
     .promise = "May call hotel_arrive and hotel_leave.",
     .parts = {friend_in_the_car}},
    {.name = "a friend, and nobody else",
     .promise = "May call hotel_arrive and hotel_leave.",
     .parts = {nobody_else_in_the_queue}},
    {.name = "no room for the friend",
     .promise = "May call hotel_arrive and hotel_leave.",
     .parts = {no_room_for_friend}},
    {.name = "the friend makes the bed",
     .promise = "each had a guest, or was promised to one, or its bed was not made",
     .parts = {friend_makes_the_bed}},
    {.name = "the hotel across the road",
     .promise = "all of them free",
     .parts = {across_the_road}},
    {.name = "nothing stays allocated", .promise = "The caller frees it", .parts = {nothing_stays}},
    {.name = NULL},
};
