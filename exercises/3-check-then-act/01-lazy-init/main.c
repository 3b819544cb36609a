// Requests at an image service. Some arrive together in its first moment, when the settings have
// not been read yet; others come later. Each asks for the settings `rounds` times.

#include "lazy_init.h"

#include <pthread.h>
#include <racelings/rendezvous.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { EARLY = 4, LATE = 2, REQUESTS = EARLY + LATE, PATIENCE_MS = 10000 };
enum { LINES = 12 }; // in the file with the settings
enum { OFTEN = 70 }; // times as often

// What a request saw.
struct request {
    bool early;                 // came in the first moment
    const struct settings *got; // at its first look
    bool always;                // the same at every look, and complete
};

static long rounds;
atomic_int settings_lines_read; // so far; the scenes look at it, too
void (*settings_disk)(void);    // of the scenes: what reading waits for, if anything
static struct rendezvous opening = RENDEZVOUS(EARLY), noon = RENDEZVOUS(REQUESTS);

// Takes a while, as reading a file does: others come meanwhile.
void settings_load(struct settings *settings)
{
    for (int i = 0; i < LINES; i++)
        atomic_fetch_add_explicit(&settings_lines_read, 1, memory_order_relaxed);
    if (settings_disk)
        settings_disk();
    settings->thumbnail_width = 320;
    settings->jpeg_quality = 85;
    strcpy(settings->bucket, "holiday-photos");
}

static bool is_complete(const struct settings *settings)
{
    return settings && settings->thumbnail_width == 320 && settings->jpeg_quality == 85 &&
           strcmp(settings->bucket, "holiday-photos") == 0;
}

// Somebody asks, in a long run, more often than 16 bits count.
static bool asks_very_often(const struct settings *want)
{
    bool same = true;
    for (long i = 0; i < OFTEN * rounds; i++)
        same &= settings_get() == want;
    return same;
}

static void *handle(void *data)
{
    struct request *request = data;
    if (request->early) {
        rendezvous_meet(&opening, PATIENCE_MS);
        request->got = settings_get();
    }
    rendezvous_meet(&noon, PATIENCE_MS);
    if (!request->early)
        request->got = settings_get();
    request->always = is_complete(request->got);
    for (long i = 1; i < rounds; i++)
        request->always &= settings_get() == request->got;
    return NULL;
}

int main(int argc, char **argv)
{
    rounds = argc > 1 ? atol(argv[1]) : 1000;
    bool lazy = settings_lines_read == 0;

    pthread_t threads[REQUESTS];
    struct request requests[REQUESTS] = {0};
    for (int i = 0; i < REQUESTS; i++) {
        requests[i].early = i < EARLY;
        pthread_create(&threads[i], NULL, handle, &requests[i]);
    }
    for (int i = 0; i < REQUESTS; i++)
        pthread_join(threads[i], NULL);

    bool same = asks_very_often(requests[0].got);
    int loads = settings_lines_read / LINES;
    int content = 0; // requests that saw the one right object throughout
    for (int i = 0; i < REQUESTS; i++)
        content += same && requests[i].always && requests[i].got == requests[0].got;
    printf("want: read once, %d requests content; got: read %d times, %d requests content%s\n",
           REQUESTS, loads, content, lazy ? "" : ", and read before anybody asked");

    settings_free();
    return lazy && loads == 1 && content == REQUESTS ? 0 : 1;
}
