// A terminal for tests of what is written on one. No colours, where NO_COLOR is set.
#pragma once

struct tty {
    int master, output;
};

// Standard output is a terminal of so many columns until tty_end. What is written there is lost.
struct tty tty_begin(unsigned short columns);
void tty_end(struct tty tty);

// That no line of `text` is wider, but for a command to be copied, which stands alone in its line.
void assert_fits(const char *text, unsigned short columns);
