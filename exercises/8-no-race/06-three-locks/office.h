// The offices of a town hall. Each stamps papers, and takes notes of what goes on in others. Any
// number of threads may go to any office at the same time.
#pragma once

struct office;

// Whoever wants to hear of an office is called for each paper that is stamped there, by the thread
// that has stamped it.
typedef void office_call(void *whom, long paper);

// An office that has stamped nothing yet, or NULL without memory. The caller frees it when nobody
// goes there any more.
struct office *office_new(void);
void office_free(struct office *office);

// Who wants to hear of an office; nobody, unless this says so before the first paper is stamped.
void office_tell(struct office *office, office_call *call, void *whom);

// Stamps a paper. The papers of an office are numbered from 1, and no two have the same number.
// Returns when whoever wants to hear of it has been called, once for each paper, with its number.
// Who is called may go to any other office meanwhile, and do there what he likes.
void office_stamp(struct office *office);

// Takes a note.
void office_note(struct office *office);

// How many papers an office has stamped, and how many notes it has taken.
long office_stamped(struct office *office);
long office_notes(struct office *office);
