// The desk of a library. One librarian serves, in the thread that has called desk_run. Readers ask, each
// from a thread of his own.
#pragma once

struct desk;

// Gives a reader his book. `data` is what desk_new was given.
typedef void give_book(void *data, int reader, int book);

// A desk, or NULL without memory or descriptors. The caller frees it when desk_run has returned;
// that closes what the desk has open, and nothing else.
struct desk *desk_new(give_book *give, void *data);
void desk_free(struct desk *desk);

// A reader asks for a book. Any thread may do so before the desk closes. Does not wait for the book.
void desk_ask(struct desk *desk, int reader, int book);

// Nobody asks after this.
void desk_close(struct desk *desk);

// Serves: whoever has asked is given his book once, by calling `give` in this thread. A book that the
// stacks have is fetched with stacks_fetch first, and not in this thread. Whoever wants a book from
// the shelf does not wait for one from the stacks. Returns when the desk has been closed and
// everybody has his book.
void desk_run(struct desk *desk);
