// backpressure.h, sentence by sentence.

#include "backpressure.h"

#include <racelings/scenes.h>

#include <limits.h>
#include <stddef.h>

static struct queue *service;

// Photos 1, 2 ... are inside when the parts begin; the cameras bring 11, 12 ..., 21, ... and 31 ...
enum { CAMERAS = 3, MOST = 4 };
static size_t limit;
static long inside_before;

struct camera {
    long first;   // its first photo
    int offered;  // how many were
    int accepted; // of these
    bool yes[MOST];
};

struct worker {
    int asked, got; // how often, and how many photos
    long photos[MOST];
};

static struct camera cameras[CAMERAS];
static struct worker workers[2];

static void open_service(size_t most, long inside)
{
    limit = most;
    inside_before = inside;
    service = queue_new(limit);
    long photo;
    scene_expect(!queue_take(service, &photo), "a new queue is empty");
    for (photo = 1; photo <= inside; photo++)
        EXPECT(queue_offer(service, photo));
    for (int i = 0; i < CAMERAS; i++)
        cameras[i] = (struct camera){.first = 10 * (i + 1) + 1};
}

static void offer(struct camera *own)
{
    own->yes[own->offered] = queue_offer(service, own->first + own->offered);
    own->accepted += own->yes[own->offered];
    own->offered++;
}

static void take(struct worker *own)
{
    own->asked++;
    if (queue_take(service, &own->photos[own->got]))
        own->got++;
}

// ---- The parts ----

static void first_camera(void)
{
    offer(&cameras[0]);
}

static void second_camera(void)
{
    offer(&cameras[1]);
}

static void third_camera(void)
{
    offer(&cameras[2]);
}

static void first_camera_twice(void)
{
    first_camera();
    first_camera();
}

static void second_camera_twice(void)
{
    second_camera();
    second_camera();
}

static void first_worker(void)
{
    take(&workers[0]);
}

static void second_worker(void)
{
    take(&workers[1]);
}

static void first_worker_twice(void)
{
    first_worker();
    first_worker();
}

// A place that was made free by oneself.
static void make_room_and_offer(void)
{
    first_worker();
    first_camera();
}

// Nobody else is there to be waited for.
static void first_camera_at_once(void)
{
    scene_must_not_wait(true);
    first_camera();
    scene_must_not_wait(false);
}

static void first_worker_at_once(void)
{
    scene_must_not_wait(true);
    first_worker();
    scene_must_not_wait(false);
}

// ---- The end of a scene ----

// Whether the photo is one that was inside, or accepted.
static bool belongs_inside(long photo)
{
    for (int i = 0; i < CAMERAS; i++)
        for (int j = 0; j < cameras[i].offered; j++)
            if (photo == cameras[i].first + j)
                return cameras[i].yes[j];
    return photo >= 1 && photo <= inside_before;
}

static int number_of_accepted(void)
{
    int sum = 0;
    for (int i = 0; i < CAMERAS; i++)
        sum += cameras[i].accepted;
    return sum;
}

enum { PHOTOS = 16 };

// All that came out: by the workers first, each in its order, then what was left. Gives how many.
static int empty_the_service(long *out)
{
    int count = 0;
    for (int i = 0; i < 2; i++)
        for (int j = 0; j < workers[i].got; j++)
            out[count++] = workers[i].photos[j];
    size_t left = 0;
    while (count < PHOTOS && queue_take(service, &out[count])) {
        count++;
        left++;
    }
    scene_expect(left <= limit, "at most `limit` photos are inside");
    return count;
}

// Each photo that was accepted comes out once, no other does.
static void close_service(void)
{
    long out[PHOTOS];
    int count = empty_the_service(out);
    scene_expect(count == inside_before + number_of_accepted(),
                 "as many photos come out as were accepted");
    for (int i = 0; i < count; i++) {
        scene_expect(belongs_inside(out[i]), "what comes out was accepted");
        for (int j = 0; j < i; j++)
            scene_expect(out[i] != out[j], "no photo comes out twice");
    }
    for (size_t i = 0; i < limit; i++)
        scene_expect(queue_offer(service, 1), "an empty queue has room for `limit` photos");
    EXPECT(!queue_offer(service, 2));
    queue_free(service);
}

static void all_were_accepted(void)
{
    for (int i = 0; i < CAMERAS; i++)
        scene_expect(cameras[i].accepted == cameras[i].offered, "there was room for every photo");
    close_service();
}

static void one_was_accepted(void)
{
    scene_expect(number_of_accepted() == 1, "one photo is accepted: there was one place");
    close_service();
}

static void two_were_accepted(void)
{
    scene_expect(number_of_accepted() == 2, "two photos are accepted: there were two places");
    close_service();
}

static void none_was_accepted(void)
{
    scene_expect(number_of_accepted() == 0, "no photo is accepted: there was no place");
    close_service();
}

static void every_worker_has_got_one(void)
{
    for (int i = 0; i < 2; i++)
        scene_expect(workers[i].got == workers[i].asked, "a photo was inside for every worker");
    close_service();
}

static void all_were_accepted_and_got(void)
{
    scene_expect(workers[0].got == workers[0].asked && workers[1].got == workers[1].asked,
                 "a photo was inside for every worker");
    all_were_accepted();
}

static void one_worker_has_got_it(void)
{
    scene_expect(workers[0].got + workers[1].got == 1, "one worker gets the only photo");
    close_service();
}

// ---- The oldest first ----

static void the_oldest_came_first(void)
{
    scene_expect(workers[0].got == 2, "both photos are got");
    scene_expect(workers[0].photos[0] == 1 && workers[0].photos[1] == 2,
                 "the oldest photo comes first");
    all_were_accepted();
}

static void they_came_in_order(void)
{
    const struct worker *worker = &workers[0];
    scene_expect(worker->got < 1 || worker->photos[0] == 11, "the oldest photo comes first");
    scene_expect(worker->got < 2 || worker->photos[1] == 12, "the oldest photo comes first");
    all_were_accepted();
}

// ---- What is inside, and what there is room for ----

static void room_for_one(void)
{
    open_service(1, 0);
}

static void no_room_for_another(void)
{
    open_service(1, 1);
}

static void room_for_two(void)
{
    open_service(2, 0);
}

static void room_for_another(void)
{
    open_service(2, 1);
}

static void two_are_inside(void)
{
    open_service(2, 2);
}

static void four_are_inside_and_one_was_refused(void)
{
    open_service(4, 4);
    EXPECT(!queue_offer(service, 5));
}

static void two_are_inside_and_room_for_two(void)
{
    open_service(4, 2);
}

static void room_for_five(void)
{
    open_service(5, 0);
}

// ---- Many photos ----

enum { MANY = 300 };

static void fill_and_empty(void)
{
    service = queue_new(MANY);
    long photo = 0;
    for (int turn = 0; turn < 2; turn++) {
        for (long i = 0; i < MANY; i++)
            EXPECT(queue_offer(service, i));
        EXPECT(!queue_offer(service, -1));
        EXPECT(!queue_offer(service, -1));
        for (long i = 0; i < MANY; i++)
            EXPECT(queue_take(service, &photo) && photo == i);
        EXPECT(!queue_take(service, &photo));
        EXPECT(!queue_take(service, &photo));
    }
    queue_free(service);
}

static void after_many_photos(void)
{
    open_service(3, 0);
    for (long i = 0; i < MANY; i++) {
        long photo = -1;
        EXPECT(queue_offer(service, i));
        EXPECT(queue_take(service, &photo) && photo == i);
    }
}

// ---- Photos of every kind: none of them means "none" ----

static const long kinds[] = {0, -1, LONG_MIN, LONG_MAX};
enum { KINDS = sizeof kinds / sizeof kinds[0] };

static void room_for_every_kind(void)
{
    service = queue_new(KINDS);
    for (int i = 0; i < KINDS; i++)
        EXPECT(queue_offer(service, kinds[i]));
}

static void take_every_kind(void)
{
    for (int i = 0; i < KINDS; i++) {
        long photo = 1;
        EXPECT(queue_take(service, &photo) && photo == kinds[i]);
    }
}

static void free_service(void)
{
    queue_free(service);
}

// ---- Two services that have nothing to do with each other ----

static struct queue *north, *south;

static void fill_north(void)
{
    north = queue_new(3);
    for (long photo = 1; photo <= 3; photo++)
        EXPECT(queue_offer(north, photo));
    EXPECT(!queue_offer(north, 4));
}

static void fill_south(void)
{
    south = queue_new(2);
    long photo;
    EXPECT(!queue_take(south, &photo));
    EXPECT(queue_offer(south, 11));
    EXPECT(queue_offer(south, 12));
    EXPECT(!queue_offer(south, 13));
}

static void each_has_its_own(void)
{
    long photo = 0;
    for (long i = 0; i < 2; i++) {
        EXPECT(queue_take(north, &photo) && photo == 1 + i);
        EXPECT(queue_take(south, &photo) && photo == 11 + i);
        EXPECT(queue_offer(south, 13 + i));
    }
    EXPECT(queue_take(north, &photo) && photo == 3);
    queue_free(north);
    queue_free(south); // two photos are still inside
}

// ---- What a queue leaves behind ----

static long allocated_before;

// What is allocated once for all queues is here by now.
static void use_one_queue(void)
{
    two_are_inside();
    queue_free(service);
    allocated_before = scene_allocated();
    two_are_inside_and_room_for_two();
}

static void nothing_is_left(void)
{
    all_were_accepted_and_got();
    scene_expect(scene_allocated() == allocated_before, "nothing stays allocated");
}

const struct scene scenes[] = {
    {"none is inside",
     "or returns false: none is inside",
     room_for_one,
     {first_worker, second_worker},
     close_service},
    {"no room",
     "or returns false: `limit` photos are inside",
     no_room_for_another,
     {first_camera_at_once},
     none_was_accepted},
    {"nobody is there",
     "returns false: none is inside. Does not wait.",
     room_for_one,
     {first_worker_at_once},
     close_service},
    {"no room for two",
     "Does not wait.",
     two_are_inside,
     {first_camera_twice, second_camera},
     none_was_accepted},
    {"room for all",
     "Accepts a photo",
     room_for_two,
     {first_camera, second_camera},
     all_were_accepted},
    {"room for more",
     "Accepts a photo",
     room_for_five,
     {first_camera, second_camera, third_camera},
     all_were_accepted},
    {"room for one",
     "An empty queue for at most `limit` photos",
     room_for_one,
     {first_camera, second_camera, third_camera},
     one_was_accepted},
    {"the last place",
     "at most `limit` photos",
     room_for_another,
     {first_camera, second_camera},
     one_was_accepted},
    {"the last place of two",
     "at most `limit` photos",
     room_for_two,
     {first_camera, second_camera, third_camera},
     two_were_accepted},
    {"two each",
     "at most `limit` photos",
     room_for_two,
     {first_camera_twice, second_camera_twice},
     two_were_accepted},
    {"one comes, one goes",
     "`limit` photos are inside",
     no_room_for_another,
     {first_camera, first_worker},
     every_worker_has_got_one},
    {"two come, one goes",
     "or another photo is being refused",
     two_are_inside,
     {first_camera, second_camera, first_worker},
     every_worker_has_got_one},
    {"one comes to an empty queue",
     "Takes the oldest photo out",
     room_for_two,
     {first_camera, first_worker_twice},
     all_were_accepted},
    {"the last photo",
     "Takes the oldest photo out, or returns false: none is inside.",
     room_for_another,
     {first_worker, second_worker},
     one_worker_has_got_it},
    {"two photos, two workers",
     "Any number of threads may use it.",
     two_are_inside,
     {first_worker, second_worker},
     every_worker_has_got_one},
    {"neither full nor empty",
     "Accepts a photo",
     two_are_inside_and_room_for_two,
     {first_camera_twice, first_worker, second_worker},
     all_were_accepted_and_got},
    {"one's own place",
     "Accepts a photo",
     two_are_inside,
     {make_room_and_offer, second_worker},
     all_were_accepted_and_got},
    {"one place of four",
     "`limit` photos are inside",
     four_are_inside_and_one_was_refused,
     {make_room_and_offer},
     all_were_accepted_and_got},
    {"the oldest first",
     "Takes the oldest photo out",
     two_are_inside_and_room_for_two,
     {first_camera_twice, first_worker_twice},
     the_oldest_came_first},
    {"in order",
     "Takes the oldest photo out",
     room_for_two,
     {first_camera_twice, first_worker_twice},
     they_came_in_order},
    {"many photos", "An empty queue for at most `limit` photos", NULL, {fill_and_empty}, NULL},
    {"after many photos",
     "Accepts a photo",
     after_many_photos,
     {first_camera_twice, second_camera, first_worker},
     all_were_accepted},
    {"every kind of photo",
     "Takes the oldest photo out",
     room_for_every_kind,
     {take_every_kind},
     free_service},
    {"two services", "An empty queue", NULL, {fill_north, fill_south}, each_has_its_own},
    {"nothing left",
     "The caller frees it.",
     use_one_queue,
     {first_camera, first_worker},
     nothing_is_left},
    {.name = NULL},
};
