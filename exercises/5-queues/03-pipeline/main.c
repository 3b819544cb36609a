// The three steps of the pipeline, and what must hold: `rounds` photos, each downloaded, resized
// and uploaded once and in this order, by groups that really work side by side.

#include "pipeline.h"

#include <racelings/rendezvous.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>

enum { MEETING_MS = 5000 }; // only where the groups do not work side by side does anybody wait

// Per photo, and only touched by the step that works on it.
struct record {
    int downloads, resizes, uploads;
};

static struct record *records;
static int rounds;
static atomic_int out_of_order; // photos that came to a step in the wrong state
static atomic_bool one_by_one;  // a meeting failed

// Tickets: how many calls of each step there were so far.
static atomic_int downloads_begun, resizes_begun, uploads_begun;

static struct rendezvous all_downloaders, all_resizers, all_uploaders; // a whole group is at work
// The second round of downloads and the first resizes; the last download and the first upload.
static struct rendezvous second_round, first_and_last;

static int smaller(int a, int b)
{
    return a < b ? a : b;
}

// Relaxed: a ticket must not order what the pipeline does not order itself.
static int take_ticket(atomic_int *begun)
{
    return atomic_fetch_add_explicit(begun, 1, memory_order_relaxed);
}

static void meet(struct rendezvous *meeting)
{
    if (!atomic_load_explicit(&one_by_one, memory_order_relaxed) &&
        !rendezvous_meet(meeting, MEETING_MS))
        atomic_store_explicit(&one_by_one, true, memory_order_relaxed);
}

static void expect(const struct photo *photo, enum state state)
{
    if (photo->state != state)
        atomic_fetch_add_explicit(&out_of_order, 1, memory_order_relaxed);
}

// With few photos nobody can be sure to meet anybody of another group.
static bool enough_photos(void)
{
    return rounds >= DOWNLOADERS + RESIZERS + UPLOADERS;
}

// What a scene does in place of a step (scenes.c); NULL in this program.
void (*download_in_scene)(struct photo *photo);
void (*resize_in_scene)(struct photo *photo);
void (*upload_in_scene)(struct photo *photo);

void download(struct photo *photo)
{
    if (download_in_scene) {
        download_in_scene(photo);
        return;
    }
    int ticket = take_ticket(&downloads_begun);
    expect(photo, WANTED);
    records[photo->number].downloads++;
    if (ticket < DOWNLOADERS)
        meet(&all_downloaders);
    else if (ticket < 2 * DOWNLOADERS && enough_photos())
        meet(&second_round);
    else if (ticket == rounds - 1 && enough_photos())
        meet(&first_and_last);
}

void resize(struct photo *photo)
{
    if (resize_in_scene) {
        resize_in_scene(photo);
        return;
    }
    int ticket = take_ticket(&resizes_begun);
    expect(photo, DOWNLOADED);
    records[photo->number].resizes++;
    if (ticket < DOWNLOADERS && enough_photos()) {
        meet(&second_round);
        expect(photo, DOWNLOADED); // by now the downloader has done what it does after handing on
    }
    if (ticket < RESIZERS)
        meet(&all_resizers);
}

void upload(struct photo *photo)
{
    if (upload_in_scene) {
        upload_in_scene(photo);
        return;
    }
    int ticket = take_ticket(&uploads_begun);
    expect(photo, RESIZED);
    records[photo->number].uploads++;
    if (ticket < UPLOADERS)
        meet(&all_uploaders);
    if (ticket == 0 && enough_photos())
        meet(&first_and_last);
}

static void prepare_meetings(void)
{
    all_downloaders = (struct rendezvous)RENDEZVOUS(smaller(DOWNLOADERS, rounds));
    all_resizers = (struct rendezvous)RENDEZVOUS(smaller(RESIZERS, rounds));
    all_uploaders = (struct rendezvous)RENDEZVOUS(smaller(UPLOADERS, rounds));
    second_round = (struct rendezvous)RENDEZVOUS(2 * DOWNLOADERS);
    first_and_last = (struct rendezvous)RENDEZVOUS(2);
}

// How many photos went through each step once and are ticked off as uploaded.
static int count_finished(const struct photo *photos)
{
    int finished = 0;
    for (int i = 0; i < rounds; i++)
        finished += photos[i].state == UPLOADED && records[i].downloads == 1 &&
                    records[i].resizes == 1 && records[i].uploads == 1;
    return finished;
}

int main(int argc, char **argv)
{
    rounds = argc > 1 ? atoi(argv[1]) : 1000;
    struct photo *photos = calloc((size_t)rounds, sizeof *photos);
    records = calloc((size_t)rounds, sizeof *records);
    for (int i = 0; i < rounds; i++)
        photos[i].number = i;
    prepare_meetings();
    pipeline_run(photos, rounds);

    int finished = count_finished(photos), disorder = atomic_load(&out_of_order);
    printf("want: %d, got: %d\n", rounds, finished);
    if (disorder > 0)
        printf("and %d times a photo came to a step before the last one was ticked off\n",
               disorder);
    if (atomic_load(&one_by_one))
        printf("and the workers do not work side by side\n");
    free(records);
    free(photos);
    return finished == rounds && disorder == 0 && !atomic_load(&one_by_one) ? 0 : 1;
}
