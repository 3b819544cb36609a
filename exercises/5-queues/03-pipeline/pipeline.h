// Photos on their way through three groups of workers: download, resize, upload.
#pragma once

enum { DOWNLOADERS = 3, RESIZERS = 4, UPLOADERS = 5 };

// How far a photo is.
enum state { WANTED, DOWNLOADED, RESIZED, UPLOADED };

// While a step works on a photo, and until the next step begins, nobody but its worker touches it.
struct photo {
    int number;
    enum state state;
};

// The three steps, by the driver. Each expects the state that the step before it ends in.
void download(struct photo *photo);
void resize(struct photo *photo);
void upload(struct photo *photo);

// Does all three steps once with each of the photos, and leaves it UPLOADED. As many photos are in
// a step at a time as the step has workers; as soon as a photo has passed one step it may enter the
// next. Returns when all is done, and leaves nothing behind.
void pipeline_run(struct photo *photos, int count);
