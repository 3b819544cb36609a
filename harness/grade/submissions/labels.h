// What the names tell that Moodle, Canvas, Blackboard and Brightspace give what students hand in.
// Knows names alone.
#pragma once

#include <stdbool.h>
#include <stddef.h>

// What an entry's name says; all that it holds points into the entry's name.
struct label {
    const char *name;
    size_t name_length;
    const char *number; // the id; NULL: the name is all there is
    size_t number_length;
    const char *apart; // what else tells the student from others of that id; NULL: nothing
    size_t apart_length;
    const char *file; // the name of the single file; "" or NULL: none
    bool counted;     // Canvas may have put "-1" into it
    int version;      // of several attempts the highest counts
};

// How a class's entries are named: a service puts its part first and the student's own last, and
// names all entries alike, so that a student's part must never be read as if it were another
// service's. False: the entry is not named so.
typedef bool (*label_reader)(const char *entry, struct label *label);

// The one that the most of the entries follow; of two the one that finds its part further ahead.
// NULL: none is followed.
label_reader labels_scheme(const char *const *entries);

// Whether any service names entries so.
bool labels_any(const char *entry);

// Whether the file is not the student's, but the service's own note about it.
bool labels_is_note(label_reader scheme, const struct label *label);
