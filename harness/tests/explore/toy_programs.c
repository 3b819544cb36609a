// Programs for the tiny machine (toy_programs.h).

#include "toy_programs.h"

#include <stdio.h>
#include <string.h>

const char *const toy_family_names[TOY_FAMILIES] = {
    "memory",   "mutexes",      "semaphores", "conditions", "read-write locks",
    "meetings", "threads made", "once",       "spins",      "all"};

// A program that is being written.
struct maker {
    struct toy_program *program;
    uint64_t random;
    unsigned thread, line;
};

static unsigned below(struct maker *maker, unsigned bound)
{
    return (unsigned)(random_next(&maker->random) >> 33) % bound;
}

static void add(struct maker *maker, enum op op, unsigned object, unsigned other, int skip)
{
    maker->program->lines[maker->thread][maker->line++] =
        (struct toy_line){op, (uint8_t)object, (uint8_t)other, (int8_t)skip};
}

static void add_access(struct maker *maker)
{
    static const enum op accesses[] = {OP_READ, OP_WRITE, OP_UPDATE};
    add(maker, accesses[below(maker, 3)], below(maker, 2), 1 + maker->thread, 0);
}

static void add_memory(struct maker *maker)
{
    if (below(maker, 4) == 0) { // if (x == 0) access
        add(maker, OP_READ, below(maker, 2), 0, 1);
        add_access(maker);
    } else {
        add_access(maker);
    }
}

static void add_mutex(struct maker *maker)
{
    unsigned mutex = below(maker, 2);
    switch (below(maker, 4)) {
    case 0: // two locks, in either order
        add(maker, OP_LOCK, mutex, 0, 0);
        add(maker, OP_LOCK, 1 - mutex, 0, 0);
        add(maker, OP_UNLOCK, 1 - mutex, 0, 0);
        add(maker, OP_UNLOCK, mutex, 0, 0);
        break;
    case 1:
        add(maker, OP_TRYLOCK, mutex, 0, 2);
        add_access(maker);
        add(maker, OP_UNLOCK, mutex, 0, 0);
        break;
    default:
        add(maker, OP_LOCK, mutex, 0, 0);
        add_access(maker);
        add(maker, OP_UNLOCK, mutex, 0, 0);
        break;
    }
}

static void add_semaphore(struct maker *maker)
{
    unsigned semaphore = below(maker, 2);
    switch (below(maker, 5)) {
    case 0:
        add(maker, OP_SEM_TRY, semaphore, 0, 1);
        add_access(maker);
        break;
    case 1:
    case 2: add(maker, OP_SEM_WAIT, semaphore, 0, 0); break;
    case 3: add_access(maker); break;
    default: add(maker, OP_SEM_POST, semaphore, 0, 0); break;
    }
}

static void add_condition(struct maker *maker)
{
    unsigned condition = below(maker, 2) == 0;
    if (below(maker, 5) == 0) { // without the mutex
        add(maker, below(maker, 3) == 0 ? OP_BROADCAST : OP_SIGNAL, condition, 0, 0);
        return;
    }
    add(maker, OP_LOCK, 0, 0, 0);
    switch (below(maker, 4)) {
    case 0: // while (x == 0) wait
        add(maker, OP_READ, 0, 0, 2);
        add(maker, OP_WAIT, condition, 0, 0);
        add(maker, OP_NONE, 0, 0, -2);
        break;
    case 1: add(maker, OP_WAIT, condition, 0, 0); break;
    case 2:
        add(maker, OP_WRITE, 0, 1, 0);
        add(maker, OP_SIGNAL, condition, 0, 0);
        break;
    default:
        add(maker, OP_UPDATE, 0, 0, 0);
        add(maker, OP_BROADCAST, condition, 0, 0);
        break;
    }
    add(maker, OP_UNLOCK, 0, 0, 0);
}

static void add_rwlock(struct maker *maker)
{
    unsigned lock = below(maker, 2) == 0;
    switch (below(maker, 4)) {
    case 0:
        add(maker, OP_RW_TRY, lock, below(maker, 2), 2);
        add_access(maker);
        break;
    case 1:
        add(maker, OP_WRITE_LOCK, lock, 0, 0);
        add_access(maker);
        break;
    default:
        add(maker, OP_READ_LOCK, lock, 0, 0);
        add_access(maker);
        break;
    }
    add(maker, OP_RW_UNLOCK, lock, 0, 0);
}

static void add_meeting(struct maker *maker)
{
    if (below(maker, 2) == 0)
        add_access(maker);
    else
        add(maker, below(maker, 3) == 0 ? OP_MEET : OP_BARRIER_ARRIVE, 0, 0, 0);
}

static void add_once(struct maker *maker)
{
    add(maker, OP_ONCE, 0, 0, 2);
    add_access(maker);
    add(maker, OP_ONCE, 0, 1, 0);
    add_access(maker);
}

static void add_spin(struct maker *maker)
{
    if (below(maker, 3) == 0)
        add(maker, OP_SPIN, below(maker, 2), 0, 0);
    else
        add_access(maker);
}

static void add_piece(struct maker *maker, enum toy_family family)
{
    static void (*const pieces[TOY_FAMILIES])(struct maker *) = {[TOY_MEMORY] = add_memory,
                                                                 [TOY_MUTEXES] = add_mutex,
                                                                 [TOY_SEMAPHORES] = add_semaphore,
                                                                 [TOY_CONDITIONS] = add_condition,
                                                                 [TOY_RWLOCKS] = add_rwlock,
                                                                 [TOY_MEETINGS] = add_meeting,
                                                                 [TOY_THREADS_MADE] = add_memory,
                                                                 [TOY_ONCE] = add_once,
                                                                 [TOY_SPINS] = add_spin};
    if (family == TOY_ALL)
        family = (enum toy_family)below(maker, TOY_ALL);
    pieces[family](maker);
}

// Thread 0 creates the others and joins them; some of what it does lies in between.
static void make_creator(struct maker *maker, unsigned threads)
{
    for (unsigned id = 1; id < threads; id++) {
        add(maker, OP_CREATE, id, 0, 0);
        add_memory(maker);
    }
    for (unsigned id = 1; id < threads; id++)
        add(maker, OP_JOIN, id, 0, 0);
    add_memory(maker);
}

void toy_make(struct toy_program *program, enum toy_family family, unsigned threads,
              unsigned pieces, uint64_t seed)
{
    struct maker maker = {program, seed, 0, 0};
    memset(program, 0, sizeof *program);
    program->threads = threads;
    program->counts[0] = (uint8_t)below(&maker, 3);
    program->counts[1] = (uint8_t)below(&maker, 2);
    program->parties = (uint8_t)(2 + below(&maker, threads - 1));
    for (; maker.thread < threads; maker.thread++) {
        maker.line = 0;
        if (family == TOY_THREADS_MADE && maker.thread == 0) {
            make_creator(&maker, threads);
        } else {
            if (family == TOY_THREADS_MADE) {
                program->created |= 1u << maker.thread;
                add(&maker, OP_START, maker.thread, 0, 0);
            }
            for (unsigned i = 0; i < pieces; i++)
                add_piece(&maker, family);
        }
        add(&maker, OP_EXIT, 0, 0, 0);
    }
}

void toy_print(const struct toy_program *program)
{
    static const char *const names[OP_COUNT] = {[OP_NONE] = "jump",
                                                [OP_START] = "start",
                                                [OP_READ] = "read",
                                                [OP_WRITE] = "write",
                                                [OP_UPDATE] = "update",
                                                [OP_LOCK] = "lock",
                                                [OP_TRYLOCK] = "trylock",
                                                [OP_UNLOCK] = "unlock",
                                                [OP_WAIT] = "wait",
                                                [OP_SIGNAL] = "signal",
                                                [OP_BROADCAST] = "broadcast",
                                                [OP_CREATE] = "create",
                                                [OP_JOIN] = "join",
                                                [OP_EXIT] = "exit",
                                                [OP_BARRIER_ARRIVE] = "barrier",
                                                [OP_SEM_WAIT] = "sem_wait",
                                                [OP_SEM_TRY] = "sem_try",
                                                [OP_SEM_POST] = "sem_post",
                                                [OP_READ_LOCK] = "read_lock",
                                                [OP_WRITE_LOCK] = "write_lock",
                                                [OP_RW_TRY] = "rw_try",
                                                [OP_RW_UNLOCK] = "rw_unlock",
                                                [OP_MEET] = "meet",
                                                [OP_ONCE] = "once",
                                                [OP_SPIN] = "spin"};
    printf("semaphores %u %u, parties %u\n", program->counts[0], program->counts[1],
           program->parties);
    for (unsigned id = 0; id < program->threads; id++) {
        printf("  thread %u:", id);
        const struct toy_line *line = program->lines[id];
        for (; line->op != OP_EXIT; line++)
            printf(" %s %u/%u%+d;", names[line->op], line->object, line->other, line->skip);
        printf("\n");
    }
}
