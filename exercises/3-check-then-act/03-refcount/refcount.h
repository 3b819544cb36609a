// A video frame that many viewers share. Nobody knows who will need it longest, so it is counted
// who still does; after the last one its pixels go back to the camera.
#pragma once

struct frame;

// A frame with one reference, the caller's; NULL without memory. When the last reference is given
// up, `recycle` is called with `pixels`: once, and after all that was done to them by whoever had
// one.
struct frame *frame_new(void *pixels, void (*recycle)(void *pixels));

// One reference more. Only who has a reference may call it.
void frame_retain(struct frame *frame);

// Gives up a reference.
void frame_release(struct frame *frame);

// Frees the frame, when nobody uses it. The pixels are not its own.
void frame_free(struct frame *frame);
