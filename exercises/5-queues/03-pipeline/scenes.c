// pipeline.h, sentence by sentence. Twelve workers are too many to try every interleaving of them,
// so scenes have as few photos as will do.

#include "pipeline.h"

#include <racelings/rendezvous.h>
#include <racelings/scenes.h>

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>

enum { PATIENCE = 1000 }; // milliseconds, of virtual time

// main.c calls these in place of its own steps.
extern void (*download_in_scene)(struct photo *photo);
extern void (*resize_in_scene)(struct photo *photo);
extern void (*upload_in_scene)(struct photo *photo);

// ---- Photos, and what the steps note about them ----

enum { MOST = 15 };

// Of a photo; written by whoever has the photo, without a lock.
struct record {
    int downloads, resizes, uploads;
};

static struct photo photos[MOST];
static struct record records[MOST];
static int count;

// How many calls of a step there were, and how many are in it now. Relaxed: they must not order
// what the pipeline does not order itself.
struct step {
    atomic_int begun, inside;
};

static struct step downloading, resizing, uploading;

// Gives the number of the call, from 0.
static int begin(struct step *step, int workers)
{
    int inside = atomic_fetch_add_explicit(&step->inside, 1, memory_order_relaxed);
    scene_expect(inside < workers, "a step has as many photos at a time as it has workers");
    return atomic_fetch_add_explicit(&step->begun, 1, memory_order_relaxed);
}

static void end(struct step *step)
{
    atomic_fetch_sub_explicit(&step->inside, 1, memory_order_relaxed);
}

static void expect_state(const struct photo *photo, enum state state)
{
    scene_expect(photo->state == state, "a photo comes in the state that the last step ends in");
}

// What a step is to do while it has the photo; gets the number of the call.
static void (*while_downloading)(int call), (*while_resizing)(int call),
    (*while_uploading)(int call);

static void work(struct step *step, int workers, enum state state, struct photo *photo,
                 void (*meanwhile)(int call))
{
    int call = begin(step, workers);
    expect_state(photo, state);
    if (meanwhile)
        meanwhile(call);
    expect_state(photo, state); // still: nobody else touches it
    end(step);
}

static void download_one(struct photo *photo)
{
    records[photo->number].downloads++;
    work(&downloading, DOWNLOADERS, WANTED, photo, while_downloading);
}

static void resize_one(struct photo *photo)
{
    records[photo->number].resizes++;
    work(&resizing, RESIZERS, DOWNLOADED, photo, while_resizing);
}

static void upload_one(struct photo *photo)
{
    records[photo->number].uploads++;
    work(&uploading, UPLOADERS, RESIZED, photo, while_uploading);
}

static void take_photos(int number)
{
    count = number;
    for (int i = 0; i < count; i++)
        photos[i].number = i;
    download_in_scene = download_one;
    resize_in_scene = resize_one;
    upload_in_scene = upload_one;
}

static void run(void)
{
    pipeline_run(photos, count);
}

static void all_is_done(void)
{
    for (int i = 0; i < count; i++) {
        scene_expect(photos[i].state == UPLOADED, "a photo is UPLOADED in the end");
        const struct record *record = &records[i];
        scene_expect(record->downloads == 1 && record->resizes == 1 && record->uploads == 1,
                     "each step is done once with each photo");
    }
}

// ---- Few photos and many ----

static void take_one(void)
{
    take_photos(1);
}

static void take_two(void)
{
    take_photos(2);
}

static void take_many(void)
{
    take_photos(MOST);
}

// ---- A step is full ----

static struct rendezvous all_downloaders = RENDEZVOUS(DOWNLOADERS);
static struct rendezvous all_resizers = RENDEZVOUS(RESIZERS);
static struct rendezvous all_uploaders = RENDEZVOUS(UPLOADERS);

static void meet(struct rendezvous *group)
{
    scene_expect(rendezvous_meet(group, PATIENCE), "all workers of a step work at a time");
}

static void meet_downloaders(int call)
{
    (void)call;
    meet(&all_downloaders);
}

static void meet_resizers(int call)
{
    (void)call;
    meet(&all_resizers);
}

static void meet_uploaders(int call)
{
    (void)call;
    meet(&all_uploaders);
}

static void as_many_as_download(void)
{
    take_photos(DOWNLOADERS);
    while_downloading = meet_downloaders;
}

static void as_many_as_resize(void)
{
    take_photos(RESIZERS);
    while_resizing = meet_resizers;
}

static void as_many_as_upload(void)
{
    take_photos(UPLOADERS);
    while_uploading = meet_uploaders;
}

// ---- One photo is ahead of the others ----

static struct rendezvous first_and_second = RENDEZVOUS(2);

static void first_goes_ahead(int call)
{
    if (call == 1)
        scene_expect(rendezvous_meet(&first_and_second, PATIENCE),
                     "a photo that has passed a step enters the next while others are in it");
}

static void first_meets_second(int call)
{
    if (call == 0)
        scene_expect(rendezvous_meet(&first_and_second, PATIENCE),
                     "a photo that has passed a step enters the next while others are in it");
}

static void second_is_downloaded_slowly(void)
{
    take_photos(2);
    while_downloading = first_goes_ahead;
    while_uploading = first_meets_second;
}

static void second_is_resized_slowly(void)
{
    take_photos(2);
    while_resizing = first_goes_ahead;
    while_uploading = first_meets_second;
}

// ---- The next day, other photos ----

static void run_and_begin_anew(void)
{
    run();
    all_is_done();
    for (int i = 0; i < count; i++) {
        photos[i].state = WANTED;
        records[i] = (struct record){.downloads = 0};
    }
}

static void run_on_two_days(void)
{
    run_and_begin_anew();
    run();
}

// ---- What a run leaves behind ----

static long allocated_before;

// What is allocated once for all runs is here by now.
static void run_once(void)
{
    take_two();
    run_and_begin_anew();
    allocated_before = scene_allocated();
}

static void nothing_is_left(void)
{
    scene_expect(scene_allocated() == allocated_before, "nothing stays allocated");
    all_is_done();
}

const struct scene scenes[] = {
    {"no photo", "Returns when all is done.", NULL, {run}, all_is_done},
    {"one photo",
     "Each expects the state that the step before it ends in.",
     take_one,
     {run},
     all_is_done},
    {"two photos", "nobody but its worker touches it", take_two, {run}, all_is_done},
    {"many photos",
     "Does all three steps once with each of the photos, and leaves it UPLOADED.",
     take_many,
     {run},
     all_is_done},
    {"all download",
     "As many photos are in a step at a time as the step has workers",
     as_many_as_download,
     {run},
     all_is_done},
    {"all resize",
     "As many photos are in a step at a time as the step has workers",
     as_many_as_resize,
     {run},
     all_is_done},
    {"all upload",
     "As many photos are in a step at a time as the step has workers",
     as_many_as_upload,
     {run},
     all_is_done},
    {"a slow download",
     "as soon as a photo has passed one step it may enter the next",
     second_is_downloaded_slowly,
     {run},
     all_is_done},
    {"a slow resize",
     "as soon as a photo has passed one step it may enter the next",
     second_is_resized_slowly,
     {run},
     all_is_done},
    {"two days",
     "Does all three steps once with each of the photos",
     take_two,
     {run_on_two_days},
     all_is_done},
    {"nothing left", "leaves nothing behind", run_once, {run}, nothing_is_left},
    {.name = NULL},
};
