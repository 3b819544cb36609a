// studio.h, sentence by sentence.

#include "studio.h"

#include <racelings/rendezvous.h>
#include <racelings/scenes.h>

#include <pthread.h>
#include <stdbool.h>
#include <stddef.h>
#include <sys/resource.h>

enum { PATIENCE = 1000, ROOM = 300 }; // milliseconds, of virtual time; wishes

// ---- A show, and what is played ----

static struct studio *studio;
static int played[ROOM], plays; // in this order
static int show_ends_after;     // so many songs; 0: somebody else ends it
static pthread_t presenter;

static void note(int song)
{
    scene_expect(pthread_equal(pthread_self(), presenter), "songs are played by the presenter");
    scene_expect(plays < ROOM, "each wish is played once");
    played[plays++] = song;
    if (plays == show_ends_after)
        studio_end(studio);
}

static void play(void *data, int song)
{
    scene_expect(data == &plays, "a song is played with the data of its studio");
    note(song);
}

static void go_to_studio(int most, int ends_after, play_song *player)
{
    plays = 0;
    show_ends_after = ends_after;
    studio = studio_new(most, player, &plays);
    scene_expect(studio != NULL, "there are descriptors for another studio");
}

static void be_on_air(void)
{
    presenter = pthread_self();
    studio_run(studio);
}

static bool was_played(int song)
{
    int times = 0;
    for (int i = 0; i < plays; i++)
        times += played[i] == song;
    return times == 1;
}

// So many songs were played, with the numbers from 1, each once.
static void songs_were_played(int songs)
{
    scene_expect(plays == songs, "as many songs are played as were wished for");
    for (int song = 1; song <= songs; song++)
        scene_expect(was_played(song), "each wish is played once");
    studio_free(studio);
}

static void in_order(int songs)
{
    for (int i = 0; i < songs && i < plays; i++)
        scene_expect(played[i] == i + 1, "songs are played in the order in which they were wished");
    songs_were_played(songs);
}

// ---- Telephonists ----

static void wish_1(void)
{
    studio_wish(studio, 1);
}

static void wish_2(void)
{
    studio_wish(studio, 2);
}

static void wish_3(void)
{
    studio_wish(studio, 3);
}

static void wish_1_2(void)
{
    wish_1();
    wish_2();
}

static void wish_1_2_and_end(void)
{
    wish_1_2();
    studio_end(studio);
}

static void end_the_show(void)
{
    studio_end(studio);
}

static void room_for_one(void)
{
    go_to_studio(1, 1, play);
}

static void room_for_two(void)
{
    go_to_studio(2, 2, play);
}

static void room_for_three(void)
{
    go_to_studio(3, 3, play);
}

static void room_for_two_no_end(void)
{
    go_to_studio(2, 0, play);
}

static void one_waits_already(void)
{
    room_for_two();
    wish_1();
}

static void one_was_played(void)
{
    songs_were_played(1);
}

static void two_were_played(void)
{
    songs_were_played(2);
}

static void two_in_order(void)
{
    in_order(2);
}

static void three_were_played(void)
{
    int first = 0, second = 0;
    for (int i = 0; i < plays; i++) {
        first = played[i] == 1 ? i : first;
        second = played[i] == 2 ? i : second;
    }
    scene_expect(first < second, "the wishes of one telephonist are played in their order");
    songs_were_played(3);
}

static void nothing_was_played(void)
{
    songs_were_played(0);
}

// ---- While a song is played ----

static struct rendezvous next_call = RENDEZVOUS(2);

// The first song is not over before the next wish has been handed in.
static void play_a_long_one(void *data, int song)
{
    if (song == 1)
        scene_expect(rendezvous_meet(&next_call, PATIENCE), "nobody waits until a song is over");
    play(data, song);
}

static void a_long_song(void)
{
    go_to_studio(2, 2, play_a_long_one);
}

static void wish_again_meanwhile(void)
{
    wish_1_2();
    rendezvous_meet(&next_call, PATIENCE);
}

static void end_meanwhile(void)
{
    wish_1_2_and_end();
    rendezvous_meet(&next_call, PATIENCE);
}

static void a_long_last_song(void)
{
    go_to_studio(2, 0, play_a_long_one);
}

// The presenter likes what he hears, and wishes for more of it.
static void play_and_wish(void *data, int song)
{
    if (song == 1)
        wish_2();
    play(data, song);
}

static void play_and_wish_and_end(void *data, int song)
{
    play_and_wish(data, song);
    if (song == 1)
        studio_end(studio);
}

static void a_presenter_with_taste(void)
{
    go_to_studio(3, 3, play_and_wish);
}

static void his_own_last_song(void)
{
    go_to_studio(2, 0, play_and_wish_and_end);
}

// ---- Everything before the show ----

static void show_from_tape(int songs)
{
    go_to_studio(songs, 0, play);
    for (int i = 1; i <= songs; i++)
        studio_wish(studio, i);
    studio_end(studio);
    be_on_air();
    in_order(songs);
}

static void three_hundred(void)
{
    show_from_tape(ROOM);
}

enum { SHOWS = 600, DESCRIPTORS = 256 };

// A show that leaves a descriptor open takes it from the later ones.
static void many_shows(void)
{
    struct rlimit limit;
    getrlimit(RLIMIT_NOFILE, &limit);
    limit.rlim_cur = DESCRIPTORS;
    setrlimit(RLIMIT_NOFILE, &limit);
    show_from_tape(1);
    long before = scene_allocated();
    for (int i = 0; i < SHOWS; i++) {
        show_from_tape(0);
        scene_expect(scene_allocated() == before, "nothing stays allocated");
    }
}

enum { RARE_SONG = 2000000000 }; // its number

static void from_the_archive(void)
{
    go_to_studio(1, 0, play);
    studio_wish(studio, RARE_SONG);
    studio_end(studio);
    be_on_air();
    scene_expect(plays == 1 && played[0] == RARE_SONG, "the song is played that was wished for");
    studio_free(studio);
}

// ---- Two stations ----

static struct studio *other_station;

static void play_elsewhere(void *data, int song)
{
    *(int *)data += song;
}

static void two_stations(void)
{
    int sum = 0;
    other_station = studio_new(2, play_elsewhere, &sum);
    go_to_studio(1, 0, play);
    wish_1();
    studio_wish(other_station, 7);
    studio_wish(other_station, 8);
    studio_end(studio);
    be_on_air();
    scene_expect(sum == 0, "nothing is played before the studio runs");
    studio_end(other_station);
    studio_run(other_station);
    scene_expect(sum == 15, "each studio plays what was wished there");
    songs_were_played(1);
    studio_free(other_station);
}

// The next show is prepared while the last one has ended and is not yet cleared away: what belongs to the
// one is not the other's.
static void the_next_show(void)
{
    int sum = 0;
    go_to_studio(1, 0, play);
    wish_1();
    studio_end(studio);
    be_on_air();
    other_station = studio_new(1, play_elsewhere, &sum);
    songs_were_played(1);
    studio_wish(other_station, 7);
    studio_end(other_station);
    studio_run(other_station);
    scene_expect(sum == 7, "each studio plays what was wished there");
    studio_free(other_station);
}

// ---- The table ----

const struct scene scenes[] = {
    {.name = "one wish",
     .promise = "plays every wish once",
     .set_up = room_for_one,
     .parts = {be_on_air, wish_1},
     .end = one_was_played},
    {.name = "two telephonists",
     .promise = "plays every wish once",
     .set_up = room_for_two,
     .parts = {be_on_air, wish_1, wish_2},
     .end = two_were_played},
    {.name = "two telephonists, three wishes",
     .promise = "the wishes of one telephonist in the order in which she handed them in",
     .set_up = room_for_three,
     .parts = {be_on_air, wish_1_2, wish_3},
     .end = three_were_played},
    {.name = "one wish waits already",
     .promise = "plays every wish once",
     .set_up = one_waits_already,
     .parts = {be_on_air, wish_2},
     .end = two_were_played},
    {.name = "a telephonist with two wishes",
     .promise = "the wishes of one telephonist in the order in which she handed them in",
     .set_up = room_for_two,
     .parts = {be_on_air, wish_1_2},
     .end = two_in_order},
    {.name = "and good night",
     .promise = "Returns when the show has ended and all wishes are played.",
     .set_up = room_for_two_no_end,
     .parts = {be_on_air, wish_1_2_and_end},
     .end = two_in_order},
    {.name = "nobody calls",
     .promise = "Returns when the show has ended",
     .set_up = room_for_two_no_end,
     .parts = {be_on_air, end_the_show},
     .end = nothing_was_played},
    {.name = "a call during a song",
     .promise = "Nobody waits here until a song is over.",
     .set_up = a_long_song,
     .parts = {be_on_air, wish_again_meanwhile},
     .end = two_in_order},
    {.name = "the end during a song",
     .promise = "Any thread may say so",
     .set_up = a_long_last_song,
     .parts = {be_on_air, end_meanwhile},
     .end = two_in_order},
    {.name = "the presenter wishes too",
     .promise = "and also the presenter himself while he plays a song",
     .set_up = a_presenter_with_taste,
     .parts = {be_on_air, wish_1, wish_3},
     .end = three_were_played},
    {.name = "the presenter's last song",
     .promise = "and also the presenter while he plays a song",
     .set_up = his_own_last_song,
     .parts = {be_on_air, wish_1},
     .end = two_in_order},
    {.name = "three hundred wishes",
     .promise = "with room for `most` wishes",
     .parts = {three_hundred}},
    {.name = "a song from the archive",
     .promise = "plays every wish once",
     .parts = {from_the_archive}},
    {.name = "many shows",
     .promise = "The caller frees it when studio_run has returned",
     .parts = {many_shows}},
    {.name = "two stations", .promise = "A studio for one show", .parts = {two_stations}},
    {.name = "the next show", .promise = "A studio for one show", .parts = {the_next_show}},
    {.name = NULL},
};
