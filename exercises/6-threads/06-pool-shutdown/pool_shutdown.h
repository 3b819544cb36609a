// A pool of worker threads that do jobs, several at a time.
#pragma once

struct pool;

// A piece of work: `run` is called once, with `argument`, by one of the workers.
struct job {
    void (*run)(void *argument);
    void *argument;
};

// A pool of that many workers, with room for that many jobs in all; NULL without memory. The
// caller stops it, and then frees it.
struct pool *pool_new(int workers, int room);
void pool_free(struct pool *pool);

// Hands in a job. Returns at once. Only one thread hands in jobs.
void pool_submit(struct pool *pool, struct job job);

// Closing time: lets the workers do all jobs that were handed in, also those that nobody has begun
// yet, and returns when the last worker has gone home. Called once, by the thread that hands in the
// jobs.
void pool_stop(struct pool *pool);
