// unlocked_reader.h, sentence by sentence.

#include "unlocked_reader.h"

#include <racelings/rendezvous.h>
#include <racelings/scenes.h>

#include <pthread.h>
#include <stdbool.h>
#include <stddef.h>

enum { PATIENCE = 1000 }; // milliseconds, of virtual time

static struct progress *progress;

static void start_download(void)
{
    progress = progress_new();
}

static void fetch_one(void)
{
    progress_add(progress, 1);
}

static void fetch_two(void)
{
    progress_add(progress, 2);
}

static void fetch_four(void)
{
    progress_add(progress, 4);
}

// Ends a scene: so many bytes have arrived.
static void finish_download(long bytes)
{
    scene_expect(progress_bytes(progress) == bytes, "all bytes that were added have arrived");
    progress_free(progress);
}

static void three_have_arrived(void)
{
    finish_download(3);
}

static void seven_have_arrived(void)
{
    finish_download(7);
}

// ---- Two downloads that have nothing to do with each other ----

static struct progress *film, *song;

static void start_film(void)
{
    film = progress_new();
    EXPECT(progress_bytes(film) == 0);
    progress_add(film, 10);
}

static void start_song(void)
{
    song = progress_new();
    EXPECT(progress_bytes(song) == 0);
}

static void each_has_its_own(void)
{
    EXPECT(progress_bytes(film) == 10);
    EXPECT(progress_bytes(song) == 0);
    progress_free(film);
    progress_free(song);
}

// ---- A screen that looks while pieces arrive ----

static long shown_first, shown_again;

static void look_twice(void)
{
    shown_first = progress_bytes(progress);
    shown_again = progress_bytes(progress);
}

static void never_back_and_never_too_far(void)
{
    scene_expect(0 <= shown_first && shown_first <= shown_again && shown_again <= 3,
                 "what is shown is what had arrived, and does not go back");
    three_have_arrived();
}

static void fetch_eight_times(void)
{
    for (int i = 0; i < 8; i++)
        progress_add(progress, 1);
}

static void eight_have_arrived(void)
{
    scene_expect(0 <= shown_first && shown_first <= shown_again && shown_again <= 8,
                 "what is shown is what had arrived, and does not go back");
    finish_download(8);
}

static void fetch_four_with_two_more(void)
{
    fetch_four();
    fetch_two();
}

static void pieces_are_whole(void)
{
    scene_expect(shown_first == 0 || shown_first == 4 || shown_first == 6,
                 "what is shown is what had arrived at a moment");
    scene_expect(shown_again == 0 || shown_again == 4 || shown_again == 6,
                 "what is shown is what had arrived at a moment");
    scene_expect(shown_first <= shown_again, "what is shown does not go back");
    finish_download(6);
}

// ---- Two screens: neither is in the other's way ----

static void start_with_four(void)
{
    start_download();
    fetch_four();
}

static void one_screen_looks(void)
{
    shown_first = progress_bytes(progress);
}

static void other_screen_looks(void)
{
    shown_again = progress_bytes(progress);
}

static void both_show_four(void)
{
    scene_expect(shown_first == 4, "all that had arrived is shown");
    scene_expect(shown_again == 4, "all that had arrived is shown");
    finish_download(4);
}

// ---- What was added before somebody asks ----

static struct rendezvous piece_is_here = RENDEZVOUS(2);

static void fetch_one_and_tell(void)
{
    fetch_one();
    rendezvous_meet(&piece_is_here, PATIENCE);
}

static void look_when_told(void)
{
    scene_expect(rendezvous_meet(&piece_is_here, PATIENCE),
                 "a worker need not wait for the screen");
    shown_first = progress_bytes(progress);
}

static void one_was_shown(void)
{
    scene_expect(shown_first == 1, "all that had arrived is shown");
    finish_download(1);
}

// Another worker is at work meanwhile.
static void one_was_shown_at_least(void)
{
    scene_expect(shown_first == 1 || shown_first == 3,
                 "what is shown is what had arrived at a moment");
    three_have_arrived();
}

static void fetch_two_when_told_and_look(void)
{
    rendezvous_meet(&piece_is_here, PATIENCE);
    fetch_two();
    shown_first = progress_bytes(progress);
}

static void both_pieces_were_shown(void)
{
    scene_expect(shown_first == 3, "all that had arrived is shown");
    three_have_arrived();
}

static long shown_to_worker;

static void fetch_one_and_look(void)
{
    fetch_one();
    shown_to_worker = progress_bytes(progress);
}

static void own_piece_was_shown(void)
{
    scene_expect(shown_to_worker == 1 || shown_to_worker == 3,
                 "what is shown is what had arrived at a moment");
    three_have_arrived();
}

// A worker who has come to the end of its work for a while, and is still there.
static void fetch_three_times_and_tell(void)
{
    fetch_one();
    fetch_one();
    fetch_one();
    rendezvous_meet(&piece_is_here, PATIENCE);
}

static void three_were_shown(void)
{
    scene_expect(shown_first == 3, "all that had arrived is shown");
    three_have_arrived();
}

// ---- Pieces of every size ----

static const long large = 9007199254740993; // more than a double holds

static void fetch_a_large_one(void)
{
    progress_add(progress, large);
}

static void fetch_nothing(void)
{
    progress_add(progress, 0);
}

static void two_large_ones_have_arrived(void)
{
    finish_download(2 * large);
}

// ---- A sum that needs another word while somebody looks ----

static const long almost = 4294967295; // 2 to the power of 32, less 1

static void start_with_almost_a_word(void)
{
    start_download();
    progress_add(progress, almost);
}

static void the_sum_was_whole(void)
{
    scene_expect(shown_first == almost || shown_first == almost + 1, "what is shown is one number");
    scene_expect(shown_again == almost + 1 || shown_again == shown_first,
                 "what is shown is one number");
    finish_download(almost + 1);
}

// ---- More pieces than a byte counts, and more workers than anybody has thought of ----

enum { PIECES = 300, WORKERS = 20 };

static void start_with_many_pieces(void)
{
    start_download();
    for (int i = 0; i < PIECES; i++) {
        progress_add(progress, 1);
        EXPECT(progress_bytes(progress) == i + 1);
    }
}

static void all_pieces_have_arrived(void)
{
    finish_download(PIECES + 3);
}

static void *fetch_one_and_go(void *unused)
{
    fetch_one();
    return unused;
}

static void fetch_by_many(void)
{
    for (int i = 1; i <= WORKERS; i++) {
        pthread_t thread;
        pthread_create(&thread, NULL, fetch_one_and_go, NULL);
        pthread_join(thread, NULL);
        EXPECT(progress_bytes(progress) >= i);
    }
}

static void all_workers_have_fetched(void)
{
    finish_download(WORKERS + 2);
}

// ---- What a download leaves behind ----

static long allocated_before;

// What is allocated once for all downloads is here by now.
static void use_one_download(void)
{
    start_download();
    fetch_one_and_look();
    progress_free(progress);
    allocated_before = scene_allocated();
    start_download();
}

static void nothing_is_left(void)
{
    three_have_arrived();
    scene_expect(scene_allocated() == allocated_before, "nothing stays allocated");
}

const struct scene scenes[] = {
    {"two downloads", "Nothing fetched yet", NULL, {start_film, start_song}, each_has_its_own},
    {"two workers",
     "Adds bytes that have just arrived.",
     start_download,
     {fetch_one, fetch_two},
     three_have_arrived},
    {"three workers",
     "Any number of workers may call it.",
     start_download,
     {fetch_one, fetch_two, fetch_four},
     seven_have_arrived},
    {"two large ones",
     "Adds bytes that have just arrived.",
     start_download,
     {fetch_a_large_one, fetch_a_large_one, fetch_nothing},
     two_large_ones_have_arrived},
    {"a screen and two workers",
     "Any thread may ask at any time.",
     start_download,
     {fetch_one, fetch_two, look_twice},
     never_back_and_never_too_far},
    {"two screens",
     "Any thread may ask at any time.",
     start_with_four,
     {one_screen_looks, other_screen_looks},
     both_show_four},
    {"a screen and a busy worker",
     "Any thread may ask at any time.",
     start_download,
     {fetch_eight_times, look_twice},
     eight_have_arrived},
    {"whole pieces",
     "What has arrived so far",
     start_download,
     {fetch_four_with_two_more, look_twice},
     pieces_are_whole},
    {"another word",
     "What has arrived so far",
     start_with_almost_a_word,
     {fetch_one, look_twice},
     the_sum_was_whole},
    {"a piece is here",
     "everything that was added before the call",
     start_download,
     {fetch_one_and_tell, look_when_told},
     one_was_shown},
    {"three pieces are here",
     "everything that was added before the call",
     start_download,
     {fetch_three_times_and_tell, look_when_told},
     three_were_shown},
    {"a piece is here, another comes",
     "everything that was added before the call, by whichever worker",
     start_download,
     {fetch_one_and_tell, look_when_told, fetch_two},
     one_was_shown_at_least},
    {"another worker's piece",
     "everything that was added before the call, by whichever worker",
     start_download,
     {fetch_one_and_tell, fetch_two_when_told_and_look},
     both_pieces_were_shown},
    {"one's own",
     "everything that was added before the call, by whichever worker",
     start_download,
     {fetch_one_and_look, fetch_two},
     own_piece_was_shown},
    {"many pieces",
     "What has arrived so far",
     start_with_many_pieces,
     {fetch_one, fetch_two},
     all_pieces_have_arrived},
    {"many workers",
     "Any number of workers may call it.",
     start_download,
     {fetch_by_many, fetch_two},
     all_workers_have_fetched},
    {"nothing left",
     "The caller frees it.",
     use_one_download,
     {fetch_one, fetch_two},
     nothing_is_left},
    {.name = NULL},
};
