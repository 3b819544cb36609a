// The end mark of a judged program, as the harness and the program's runtime agree on it (see
// runtime/common/seal.c). Constants only: both sides include it.
#pragma once

enum {
    SEAL_DESCRIPTOR = 100, // in the program: one end of a pair of stream sockets
    SEAL_LENGTH = 32,      // bytes of the word
};

// What comes back.
struct seal {
    char word[SEAL_LENGTH];
    int status; // what main returned
};
