// life.h, sentence by sentence.

#include "life.h"

#include <racelings/rendezvous.h>
#include <racelings/scenes.h>

#include <pthread.h>
#include <stdatomic.h>
#include <stddef.h>
#include <string.h>

enum { MOST_WORKERS = 4, PATIENCE = 1000 }; // milliseconds, of virtual time

// Of main.c: what life_progress calls.
extern void (*life_watcher)(int worker, long generation);

typedef bool board[LIFE_SIZE][LIFE_SIZE];

// ---- One generation, worked out by one thread ----

static void count_for_neighbours(int alive[LIFE_SIZE][LIFE_SIZE], int row, int column)
{
    for (int down = LIFE_SIZE - 1; down <= LIFE_SIZE + 1; down++)
        for (int right = LIFE_SIZE - 1; right <= LIFE_SIZE + 1; right++)
            alive[(row + down) % LIFE_SIZE][(column + right) % LIFE_SIZE]++;
    alive[row][column]--;
}

// Another way round than life.c: few cells are alive, and only these are counted, each for its
// neighbours. All schedules of a scene do it once more.
static void step_alone(board cells)
{
    int alive[LIFE_SIZE][LIFE_SIZE] = {0};
    for (int row = 0; row < LIFE_SIZE; row++)
        for (int column = 0; column < LIFE_SIZE; column++)
            if (cells[row][column])
                count_for_neighbours(alive, row, column);
    for (int row = 0; row < LIFE_SIZE; row++)
        for (int column = 0; column < LIFE_SIZE; column++)
            cells[row][column] =
                alive[row][column] == 3 || (alive[row][column] == 2 && cells[row][column]);
}

// ---- A board, and its workers ----

static board cells;
static struct life *life;
static long generations;

static void look_away(int worker, long generation)
{
    (void)worker, (void)generation;
}

// A glider, whose upper left corner is here.
static void release_glider(int top, int left)
{
    static const int glider[5][2] = {{0, 1}, {1, 2}, {2, 0}, {2, 1}, {2, 2}};
    for (int i = 0; i < 5; i++)
        cells[(top + glider[i][0]) % LIFE_SIZE][(left + glider[i][1]) % LIFE_SIZE] = true;
}

// A board with a glider at each border between two workers, and one in the corner.
static void begin(int workers, long count)
{
    life_watcher = look_away;
    generations = count;
    for (int worker = 0; worker < workers; worker++)
        release_glider(LIFE_SIZE * worker / workers + LIFE_SIZE - 2, 7 * worker + 3);
    release_glider(LIFE_SIZE - 1, LIFE_SIZE - 1);
    life = life_new(cells, workers);
}

static void compare(void)
{
    for (long i = 0; i < generations; i++)
        step_alone(cells);
    for (int row = 0; row < LIFE_SIZE; row++)
        for (int column = 0; column < LIFE_SIZE; column++)
            scene_expect(life_alive(life, row, column) == cells[row][column],
                         "each cell is as it should be after so many generations");
}

// Ends a scene: all cells are as they should be.
static void compare_and_clean(void)
{
    compare();
    scene_expect(!scene_timed_out(), "nobody waits until a time is up");
    life_free(life);
}

static void first_works(void)
{
    life_work(life, 0, generations);
}

static void second_works(void)
{
    life_work(life, 1, generations);
}

static void third_works(void)
{
    life_work(life, 2, generations);
}

static void *fourth_works(void *unused)
{
    life_work(life, 3, generations);
    return unused;
}

static void third_and_fourth_work(void)
{
    pthread_t thread;
    pthread_create(&thread, NULL, fourth_works, NULL);
    third_works();
    pthread_join(thread, NULL);
}

// ---- So many workers for so many generations ----

static void one_for_three(void)
{
    begin(1, 3);
}

static void two_for_none(void)
{
    begin(2, 0);
}

static void two_for_one(void)
{
    begin(2, 1);
}

static void two_for_two(void)
{
    begin(2, 2);
}

static void two_for_three(void)
{
    begin(2, 3);
}

static void three_for_one(void)
{
    begin(3, 1);
}

static void three_for_two(void)
{
    begin(3, 2);
}

static void three_for_three(void)
{
    begin(3, 3);
}

static void four_for_two(void)
{
    begin(4, 2);
}

// ---- The caller's cells are the caller's ----

static void begin_and_clear_the_cells(void)
{
    begin(2, 1);
    board own;
    memcpy(own, cells, sizeof own);
    memset(cells, 0, sizeof cells);
    EXPECT(life_alive(life, 0, 0) == own[0][0]);
    memcpy(cells, own, sizeof own);
}

static board before; // as they were given to life_new

static void begin_and_use_the_cells_again(void)
{
    begin(2, 2);
    memcpy(before, cells, sizeof before);
    memset(cells, true, sizeof cells);
}

static void compare_with_those_before(void)
{
    memcpy(cells, before, sizeof cells);
    compare_and_clean();
}

// ---- What is told of the progress ----

static atomic_long told[MOST_WORKERS]; // the last generation, by worker

static long last_told(int worker)
{
    return atomic_load_explicit(&told[worker], memory_order_relaxed);
}

static void count_up(int worker, long generation)
{
    scene_expect(generation == last_told(worker) + 1, "generation 1, 2, and so on, each once");
    atomic_store_explicit(&told[worker], generation, memory_order_relaxed);
}

static void count_for_two(void)
{
    begin(2, 3);
    life_watcher = count_up;
}

static void count_for_three(void)
{
    begin(3, 2);
    life_watcher = count_up;
}

static void two_have_counted(void)
{
    EXPECT(last_told(0) == 3 && last_told(1) == 3);
    compare_and_clean();
}

static void three_have_counted(void)
{
    EXPECT(last_told(0) == 2 && last_told(1) == 2 && last_told(2) == 2);
    compare_and_clean();
}

// Who has worked out generation 3 needed its neighbour's generation 2, and so the neighbour is
// through with telling of 1 at least.
static void nobody_is_far_ahead(int worker, long generation)
{
    count_up(worker, generation);
    scene_expect(last_told(1 - worker) >= generation - 2,
                 "a band needs the generation before of the bands beside it");
}

static void keep_two_together(void)
{
    begin(2, 3);
    life_watcher = nobody_is_far_ahead;
}

// ---- Side by side ----

static struct rendezvous workers_meet;

static void meet_the_others(int worker, long generation)
{
    (void)worker, (void)generation;
    scene_expect(rendezvous_meet(&workers_meet, PATIENCE),
                 "the workers are at work at the same time");
}

static void together(int workers, long count)
{
    begin(workers, count);
    workers_meet = (struct rendezvous)RENDEZVOUS(workers);
    life_watcher = meet_the_others;
}

static void two_together(void)
{
    together(2, 3);
}

static void three_together(void)
{
    together(3, 2);
}

static void four_together(void)
{
    together(4, 1);
}

// ---- One takes very long with showing how far it has come ----

enum { ONE_HOUR = 3600000 }; // milliseconds, of virtual time

static struct rendezvous nobody_comes = RENDEZVOUS(2);

static void first_takes_an_hour(int worker, long generation)
{
    count_up(worker, generation);
    if (worker == 0 && generation == 1)
        rendezvous_meet(&nobody_comes, ONE_HOUR);
}

static void one_is_slow(void)
{
    begin(2, 3);
    life_watcher = first_takes_an_hour;
}

static void compare_after_an_hour(void)
{
    EXPECT(last_told(0) == 3 && last_told(1) == 3);
    compare();
    life_free(life);
}

// ---- Two boards that have nothing to do with each other ----

static struct life *islands[2];
static struct rendezvous islands_meet = RENDEZVOUS(2);

static void meet_the_other_island(int worker, long generation)
{
    (void)generation;
    if (worker == 0)
        scene_expect(rendezvous_meet(&islands_meet, PATIENCE),
                     "boards have nothing to do with each other");
}

static void begin_on_two_islands(void)
{
    begin(2, 2);
    islands[0] = life;
    islands[1] = life_new(cells, 1);
    life_watcher = meet_the_other_island;
}

static void work_on_one_island(void)
{
    life_work(islands[0], 0, generations);
}

static void help_on_one_island(void)
{
    life_work(islands[0], 1, generations);
}

static void work_on_other_island(void)
{
    life_work(islands[1], 0, generations);
}

static void both_are_as_they_should_be(void)
{
    for (int row = 0; row < LIFE_SIZE; row++)
        for (int column = 0; column < LIFE_SIZE; column++)
            EXPECT(life_alive(islands[0], row, column) == life_alive(islands[1], row, column));
    life_free(islands[1]);
    compare_and_clean();
}

// ---- What a board leaves behind ----

static long allocated_before;

// What is allocated once for all boards is here by now.
static void use_one_board(void)
{
    begin(1, 1);
    first_works();
    life_free(life);
    allocated_before = scene_allocated();
    begin(2, 2);
}

static void nothing_is_left(void)
{
    compare_and_clean();
    scene_expect(scene_allocated() == allocated_before, "nothing stays allocated");
}

const struct scene scenes[] = {
    {"one worker",
     "The work of worker number `worker`, from 0 on, for `generations` generations.",
     one_for_three,
     {first_works},
     compare_and_clean},
    {"no generation",
     "for `generations` generations",
     two_for_none,
     {first_works, second_works},
     compare_and_clean},
    {"one generation",
     "when all have returned, the board is that much older",
     two_for_one,
     {first_works, second_works},
     compare_and_clean},
    {"two generations",
     "when all have returned, the board is that much older",
     two_for_two,
     {first_works, second_works},
     compare_and_clean},
    {"three generations",
     "when all have returned, the board is that much older",
     two_for_three,
     {first_works, second_works},
     compare_and_clean},
    {"three workers, one generation",
     "A board with these cells, for `workers` workers",
     three_for_one,
     {first_works, second_works, third_works},
     compare_and_clean},
    {"three workers",
     "A board with these cells, for `workers` workers",
     three_for_two,
     {first_works, second_works, third_works},
     compare_and_clean},
    {"three workers, three generations",
     "Several workers share each generation, a band of rows each.",
     three_for_three,
     {first_works, second_works, third_works},
     compare_and_clean},
    {"four workers",
     "Called once for each worker, by a thread of its own, all at the same time",
     four_for_two,
     {first_works, second_works, third_and_fourth_work},
     compare_and_clean},
    {"the first cell",
     "Whether a cell is alive, when no worker is at work.",
     begin_and_clear_the_cells,
     {first_works, second_works},
     compare_and_clean},
    {"cells that are used again",
     "A board with these cells",
     begin_and_use_the_cells_again,
     {first_works, second_works},
     compare_with_those_before},
    {"progress of two",
     "Called by life_work, when its worker has worked out its band for `generation`",
     count_for_two,
     {first_works, second_works},
     two_have_counted},
    {"progress of three",
     "Called by life_work, when its worker has worked out its band for `generation`",
     count_for_three,
     {first_works, second_works, third_works},
     three_have_counted},
    {"nobody far ahead",
     "when its worker has worked out its band",
     keep_two_together,
     {first_works, second_works},
     two_have_counted},
    {"two side by side",
     "the other workers come as far as that meanwhile",
     two_together,
     {first_works, second_works},
     compare_and_clean},
    {"three side by side",
     "the other workers come as far as that meanwhile",
     three_together,
     {first_works, second_works, third_works},
     compare_and_clean},
    {"four side by side",
     "the other workers come as far as that meanwhile",
     four_together,
     {first_works, second_works, third_and_fourth_work},
     compare_and_clean},
    {"one takes an hour",
     "However long it takes",
     one_is_slow,
     {first_works, second_works},
     compare_after_an_hour},
    {"two boards",
     "A board with these cells, for `workers` workers",
     begin_on_two_islands,
     {work_on_one_island, help_on_one_island, work_on_other_island},
     both_are_as_they_should_be},
    {"nothing left",
     "The caller frees it.",
     use_one_board,
     {first_works, second_works},
     nothing_is_left},
    {.name = NULL},
};
