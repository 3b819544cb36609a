// A visitors' book, which knows every town that somebody has come from. Any number of threads may
// use it at the same time.
#pragma once

struct book;

// A book with so many lines, all of them empty, or NULL without memory. The caller frees it when
// nobody uses it any more.
struct book *book_new(int lines);
void book_free(struct book *book);

// On which line a town stands, counted from 0. If it is not in the book yet, it is entered on the
// first empty line. Every town has one line, also when two come from there at the same time; -1 if
// it has none, and none is left. The name stays the caller's, and must last as long as the book.
int book_line(struct book *book, const char *town);

// Calls read(reader, line, town) for each town in the book, from the first line to the last. What
// is entered meanwhile may be among them or not.
typedef void book_reader(void *reader, int line, const char *town);
void book_read(struct book *book, book_reader *read, void *reader);

// Who reads, or asks for a town that is in the book, does not wait for others who do the same. Who
// has to enter one may wait until they have finished, but however many do that at once, they all do
// so in the end.
