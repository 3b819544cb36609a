// What a player sees, as text of any width from 40 columns on: what has happened, a column for each
// thread; what each thread would do next; and at the end what it came to.
#pragma once

#include "game.h"

#include <stdio.h>

// What there is to show besides the position.
struct screen {
    const char *title;   // "counter, broken"
    const char *root;    // of the sources
    const char *scene;   // its name; NULL: the driver
    const char *promise; // what the scene checks; NULL: nothing in particular
    const char *message; // what the last key has led to; NULL: nothing to say
    const char *keys;    // the line at the bottom
    int columns;
    int rows; // 0: as many as it takes
};

void screen_show(FILE *out, const struct screen *screen, const struct game *game);

// A scene that can be chosen.
void screen_scene(FILE *out, const struct screen *screen, char key, const char *name,
                  const char *promise);

// Text as a paragraph within the screen's columns.
void screen_say(FILE *out, const struct screen *screen, const char *text);

// The key that stands for a thread or a scene: '1' to '9', then 'A' to 'Z'; '0' is the main thread.
// '-' if there are too many.
char screen_key(int number);
int screen_number(int key); // -1: no such key
