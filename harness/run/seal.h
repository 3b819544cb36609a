// The end mark of a judged program, as the harness and the program's runtime agree on it (see
// runtime/common/seal.c). Constants only: both sides include it.
#pragma once

enum {
    SEAL_DESCRIPTOR = 100, // in the program: one end of a pair of stream sockets
    SEAL_LENGTH = 32,      // bytes of a word
};

// What is handed in: a word for each end. Who sees the one for failure go by has not learnt the one
// for success.
struct seal_words {
    char success[SEAL_LENGTH]; // main returned 0
    char failure[SEAL_LENGTH]; // something else
    int secluded;              // no file of /proc is to give the program's memory
};

// What comes back.
struct seal {
    char word[SEAL_LENGTH]; // the one that the status calls for
    int status;             // what main returned
};
