// A weather bulletin: one thread posts it, once; any number of threads wait for it and read it.
#pragma once

struct report {
    int celsius, hectopascal, beaufort;
    char sky[16];
};

struct bulletin;

// A bulletin without a report, or NULL without memory. The caller frees it when nobody uses it any
// more.
struct bulletin *bulletin_new(void);
void bulletin_free(struct bulletin *bulletin);

// Posts `report`. Called once; waits for nobody.
void bulletin_post(struct bulletin *bulletin, const struct report *report);

// Waits until the report has been posted, and returns it.
struct report bulletin_read(struct bulletin *bulletin);
