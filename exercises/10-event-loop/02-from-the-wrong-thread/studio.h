// A request show on the radio. One presenter is on air, in the thread that has called studio_run.
// Telephonists take the listeners' calls, each in a thread of her own, and hand him their wishes.
#pragma once

struct studio;

// Plays a song. `data` is what studio_new was given.
typedef void play_song(void *data, int song);

// A studio for one show, with room for `most` wishes; NULL without memory or descriptors. The caller
// frees it when studio_run has returned and no telephonist is left.
struct studio *studio_new(int most, play_song *play, void *data);
void studio_free(struct studio *studio);

// Hands a wish to the presenter. Any thread may do so at any time before the show ends, at most
// `most` times in all, and also the presenter himself while he plays a song. Nobody waits here
// until a song is over.
void studio_wish(struct studio *studio, int song);

// No wish comes after this. Any thread may say so, and also the presenter while he plays a song.
void studio_end(struct studio *studio);

// Is on air: plays every wish once, calling `play` in this thread and no other; the wishes of one
// telephonist in the order in which she handed them in. Sleeps while there is none. Returns when
// the show has ended and all wishes are played.
void studio_run(struct studio *studio);
