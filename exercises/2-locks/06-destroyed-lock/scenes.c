// destroyed_lock.h, sentence by sentence.

#include "destroyed_lock.h"

#include <racelings/rendezvous.h>
#include <racelings/scenes.h>

#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>

enum { PATIENCE = 1000 }; // milliseconds, of virtual time

// ---- A room, and its minutes ----

struct evening {
    struct room *room;
    atomic_int minutes; // how often they were written
    long messages;      // that were noted
};

static struct evening evening;
static _Thread_local bool leaving; // this thread is in room_leave or room_close

static void write_minutes(long messages, void *context)
{
    struct evening *own = context;
    scene_expect(leaving, "the minutes are written by whoever leaves");
    atomic_fetch_add_explicit(&own->minutes, 1, memory_order_relaxed);
    own->messages = messages;
}

static void leave(struct room *room)
{
    leaving = true;
    room_leave(room);
    leaving = false;
}

static void close_room(struct room *room)
{
    leaving = true;
    room_close(room);
    leaving = false;
}

// What is allocated once for all rooms is here by then.
static long allocated_before;

static void use_one_room(void)
{
    static struct evening yesterday;
    yesterday.room = room_new(write_minutes, &yesterday);
    close_room(yesterday.room);
    allocated_before = scene_allocated();
}

static void open_room(int guests)
{
    use_one_room();
    evening.room = room_new(write_minutes, &evening);
    for (int i = 0; i < guests; i++)
        room_enter(evening.room);
}

// The parts and, where it does not say otherwise, only the parts are in the room.
static void open_for_host_and_guest(void)
{
    open_room(1);
}

static void open_for_host_and_two_guests(void)
{
    open_room(2);
}

// Ends a scene: everybody has gone.
static void minutes_say(long messages)
{
    scene_expect(evening.minutes == 1, "the minutes are written once");
    scene_expect(evening.messages == messages, "the minutes say how many messages there were");
    scene_expect(scene_allocated() == allocated_before, "the room takes itself down at its end");
}

static void nothing_was_said(void)
{
    minutes_say(0);
}

static void one_thing_was_said(void)
{
    minutes_say(1);
}

static void two_things_were_said(void)
{
    minutes_say(2);
}

static void host_leaves(void)
{
    close_room(evening.room);
}

static void guest_leaves(void)
{
    leave(evening.room);
}

static void guest_talks_and_leaves(void)
{
    EXPECT(room_say(evening.room) >= 1);
    guest_leaves();
}

static void host_talks_and_leaves(void)
{
    EXPECT(room_say(evening.room) >= 1);
    host_leaves();
}

// ---- Two rooms that have nothing to do with each other ----

static struct evening kitchen, balcony;

static void meet_in_kitchen(void)
{
    kitchen.room = room_new(write_minutes, &kitchen);
    EXPECT(room_say(kitchen.room) == 1);
    EXPECT(room_say(kitchen.room) == 2);
    close_room(kitchen.room);
}

static void meet_on_balcony(void)
{
    balcony.room = room_new(write_minutes, &balcony);
    room_enter(balcony.room);
    EXPECT(room_say(balcony.room) == 1);
    close_room(balcony.room);
    leave(balcony.room);
}

static void each_has_its_own(void)
{
    scene_expect(kitchen.minutes == 1 && kitchen.messages == 2,
                 "each room writes its own minutes once");
    scene_expect(balcony.minutes == 1 && balcony.messages == 1,
                 "each room writes its own minutes once");
}

// ---- What is said ----

static long numbers[3]; // by speaker: which message it was

static void first_says(void)
{
    numbers[0] = room_say(evening.room);
}

static void second_says(void)
{
    numbers[1] = room_say(evening.room);
}

static void third_says(void)
{
    numbers[2] = room_say(evening.room);
}

// Nobody has left yet, so main does it for all three.
static void all_leave(long messages)
{
    guest_leaves();
    host_leaves();
    scene_expect(evening.minutes == 0, "no minutes are written while somebody is in the room");
    guest_leaves();
    minutes_say(messages);
}

static void both_were_heard(void)
{
    scene_expect(numbers[0] != numbers[1], "no number is given twice");
    scene_expect(numbers[0] + numbers[1] == 1 + 2, "the numbers are 1 and 2");
    all_leave(2);
}

static void all_were_heard(void)
{
    scene_expect(numbers[0] != numbers[1] && numbers[1] != numbers[2] && numbers[2] != numbers[0],
                 "no number is given twice");
    scene_expect(numbers[0] + numbers[1] + numbers[2] == 1 + 2 + 3, "the numbers are 1, 2 and 3");
    all_leave(3);
}

// ---- Who lets in whom ----

static void guest_talks_and_leaves_for_another(void)
{
    room_enter(evening.room);
    guest_talks_and_leaves();
}

// The other one has come in, and main leaves for her.
static void other_guest_was_last(void)
{
    scene_expect(evening.minutes == 0, "no minutes are written while somebody is in the room");
    guest_leaves();
    one_thing_was_said();
}

static void let_one_in(void)
{
    room_enter(evening.room);
}

static void three_leave_after_host(void)
{
    host_leaves();
    guest_leaves();
    guest_leaves();
    scene_expect(evening.minutes == 0, "no minutes are written while somebody is in the room");
    guest_leaves();
    nothing_was_said();
}

static void *talk_and_leave(void *unused)
{
    guest_talks_and_leaves();
    return unused;
}

// Lets a friend in, and does not wait for him.
static void host_lets_in_a_friend_and_leaves(void)
{
    pthread_t friend;
    room_enter(evening.room);
    pthread_create(&friend, NULL, talk_and_leave, NULL);
    host_leaves();
    pthread_join(friend, NULL);
}

// ---- Somebody who stays when the other one goes ----

static struct rendezvous at_the_door = RENDEZVOUS(2);

static void host_leaves_at_once(void)
{
    host_leaves();
    scene_expect(rendezvous_meet(&at_the_door, PATIENCE), "whoever leaves waits for nobody");
}

static void guest_leaves_at_once(void)
{
    guest_leaves();
    scene_expect(rendezvous_meet(&at_the_door, PATIENCE), "whoever leaves waits for nobody");
}

static void other_stays_and_talks_on(void)
{
    EXPECT(room_say(evening.room) == 1);
    rendezvous_meet(&at_the_door, PATIENCE);
    scene_expect(evening.minutes == 0, "no minutes are written while somebody is in the room");
    EXPECT(room_say(evening.room) == 2);
}

static void guest_stays_longer(void)
{
    other_stays_and_talks_on();
    guest_leaves();
}

static void host_stays_longer(void)
{
    other_stays_and_talks_on();
    host_leaves();
}

static void host_leaves_before_all(void)
{
    open_room(2);
    host_leaves();
}

static void host_is_still_there(void)
{
    scene_expect(evening.minutes == 0, "no minutes are written while somebody is in the room");
    EXPECT(room_say(evening.room) == 3);
    host_leaves();
    minutes_say(3);
}

// ---- Minutes that take long ----

static void write_long_minutes(long messages, void *context)
{
    write_minutes(messages, context);
    scene_expect(rendezvous_meet(&at_the_door, PATIENCE), "somebody leaves another room");
    scene_expect(rendezvous_meet(&at_the_door, PATIENCE), "and waits for nobody");
}

static void open_kitchen_for_a_pedant(void)
{
    kitchen.room = room_new(write_long_minutes, &kitchen);
}

static void pedant_leaves_kitchen(void)
{
    close_room(kitchen.room);
}

static void meet_on_balcony_meanwhile(void)
{
    rendezvous_meet(&at_the_door, PATIENCE);
    meet_on_balcony();
    rendezvous_meet(&at_the_door, PATIENCE);
}

static void minutes_of_both(void)
{
    scene_expect(kitchen.minutes == 1 && kitchen.messages == 0,
                 "each room writes its own minutes once");
    scene_expect(balcony.minutes == 1 && balcony.messages == 1,
                 "each room writes its own minutes once");
}

// ---- More guests and more messages than a byte counts, and many rooms ----

enum { CROWD = 300, ROOMS = 20 };

static void open_for_a_crowd(void)
{
    open_room(CROWD + 1);
    for (int i = 1; i <= CROWD; i++)
        EXPECT(room_say(evening.room) == i);
    for (int i = 0; i < CROWD; i++)
        guest_leaves();
    scene_expect(evening.minutes == 0, "no minutes are written while somebody is in the room");
}

static void crowd_was_heard(void)
{
    minutes_say(CROWD + 2);
}

static void *one_short_evening(void *unused)
{
    struct evening own = {.messages = -1};
    own.room = room_new(write_minutes, &own);
    EXPECT(room_say(own.room) == 1);
    close_room(own.room);
    scene_expect(own.minutes == 1 && own.messages == 1, "the minutes are written once");
    return unused;
}

static void many_short_evenings(void)
{
    for (int i = 0; i < ROOMS; i++) {
        pthread_t thread;
        pthread_create(&thread, NULL, one_short_evening, NULL);
        pthread_join(thread, NULL);
    }
    host_talks_and_leaves();
}

const struct scene scenes[] = {
    {"two rooms",
     "A room with its host in it",
     NULL,
     {meet_in_kitchen, meet_on_balcony},
     each_has_its_own},
    {"both leave",
     "Called once for each room, by whoever leaves last",
     open_for_host_and_guest,
     {host_leaves, guest_leaves},
     nothing_was_said},
    {"all three leave",
     "A guest leaves, or the host does.",
     open_for_host_and_two_guests,
     {host_leaves, guest_leaves, guest_leaves},
     nothing_was_said},
    {"two guests leave",
     "It takes itself down at its end.",
     host_leaves_before_all,
     {guest_leaves, guest_leaves},
     nothing_was_said},
    {"said and left",
     "how many messages there were",
     open_for_host_and_guest,
     {host_talks_and_leaves, guest_talks_and_leaves},
     two_things_were_said},
    {"the last word",
     "how many messages there were",
     open_for_host_and_two_guests,
     {host_leaves, guest_talks_and_leaves, guest_talks_and_leaves},
     two_things_were_said},
    {"two speak",
     "Somebody in the room says something. Returns which message of the room this is, counted from 1.",
     open_for_host_and_two_guests,
     {first_says, second_says},
     both_were_heard},
    {"three speak",
     "Returns which message of the room this is, counted from 1.",
     open_for_host_and_two_guests,
     {first_says, second_says, third_says},
     all_were_heard},
    {"one for another",
     "One more person is in the room",
     open_for_host_and_guest,
     {host_leaves, guest_talks_and_leaves_for_another},
     other_guest_was_last},
    {"two come in",
     "One more person is in the room",
     open_for_host_and_guest,
     {let_one_in, let_one_in},
     three_leave_after_host},
    {"a friend of the host",
     "somebody who is in it lets a guest in",
     open_for_host_and_guest,
     {host_lets_in_a_friend_and_leaves, guest_leaves},
     one_thing_was_said},
    {"the host goes to bed",
     "Both leave at once and wait for nobody",
     open_for_host_and_guest,
     {host_leaves_at_once, guest_stays_longer},
     two_things_were_said},
    {"the guest goes home",
     "Both leave at once and wait for nobody",
     open_for_host_and_guest,
     {guest_leaves_at_once, host_stays_longer},
     two_things_were_said},
    {"talking on",
     "whoever is still in the room may go on talking",
     open_for_host_and_two_guests,
     {guest_leaves_at_once, guest_stays_longer},
     host_is_still_there},
    {"long minutes",
     "Both leave at once and wait for nobody",
     open_kitchen_for_a_pedant,
     {pedant_leaves_kitchen, meet_on_balcony_meanwhile},
     minutes_of_both},
    {"a crowd",
     "how many messages there were",
     open_for_a_crowd,
     {host_talks_and_leaves, guest_talks_and_leaves},
     crowd_was_heard},
    {"many rooms",
     "Called once for each room",
     open_for_host_and_guest,
     {many_short_evenings, guest_talks_and_leaves},
     two_things_were_said},
    {.name = NULL},
};
