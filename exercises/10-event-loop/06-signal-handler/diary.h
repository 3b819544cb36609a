// The diary of a lighthouse keeper. He writes it letter by letter. A ship's horn (SIGUSR1) may be heard
// at any moment, in the middle of a word too, for a signal interrupts the thread wherever it is.
#pragma once

// Writes a letter on the page; part of the driver. A horn may be heard meanwhile.
void ink(char letter);

// From now on horns are listened for, until diary_close. One diary at a time.
void diary_open(void);

// Writes the text and a '\n', as one line into which nothing else is written. Whenever a horn was
// heard the line "A horn.\n" follows, before any line that is begun after it was heard; so also if it
// was heard during such a line. Several horns that were heard during one line may be one.
void diary_write(const char *text);

// Writes down what was heard and is not written yet. After it, horns are as they were before
// diary_open, and so are other signals; and nothing of the diary's is open.
void diary_close(void);
