// The settings of an image service, read from disk when somebody first asks for them.
#pragma once

struct settings {
    int thumbnail_width; // pixels
    int jpeg_quality;    // percent
    char bucket[16];     // where the images are kept
};

// The settings, or NULL without memory. The first call reads them, no call reads them again, and
// all calls, from any thread, return the same object.
const struct settings *settings_get(void);

// Frees what settings_get made, if anything. Called once, at the very end.
void settings_free(void);

// Fills in `settings` from the file: slow, to be done once. It belongs to the service (main.c).
void settings_load(struct settings *settings);
