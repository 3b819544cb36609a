// See posts.h. Called by report_finding.c.

#include "posts.h"

#include "choose.h"

enum { POSTS_MOST = 64 };

struct post {
    const void *semaphore;
    uintptr_t pc;
    uint32_t event; // the thread's last there, in any run
    uint8_t thread;
};

struct posts {
    uint32_t count;
    struct post posts[POSTS_MOST];
};

static void take(struct posts *posts, const struct step *step)
{
    const struct post seen = {step->done.object, step->done.pc, step->event, step->thread};
    for (uint32_t i = 0; i < posts->count; i++) {
        struct post *known = &posts->posts[i];
        if (known->semaphore != seen.semaphore || known->pc != seen.pc ||
            known->thread != seen.thread)
            continue;
        if (known->event < seen.event)
            known->event = seen.event;
        return;
    }
    if (posts->count < POSTS_MOST)
        posts->posts[posts->count++] = seen;
}

const struct posts *posts_seen(int scene)
{
    enum { SCHEDULES = 12 };
    struct posts *posts = engine_map(sizeof *posts);
    uint64_t effort = 0;
    for (unsigned seed = 0; seed < SCHEDULES && effort < EFFORT_MOST; seed++) {
        const struct schedule schedule = {.scene = scene, .seed = seed, .chooser = &chooser_walk};
        const struct outcome *outcome = engine_run(&schedule);
        effort += outcome->effort;
        for (uint32_t i = 0; i < outcome->step_count; i++)
            if (outcome->steps[i].done.op == OP_SEM_POST)
                take(posts, &outcome->steps[i]);
    }
    return posts;
}

// Whether the thread stands before that post, for good.
static bool stands_before(const struct outcome *outcome, const struct post *post)
{
    for (uint32_t i = 0; i < outcome->state_count; i++) {
        const struct thread_state *state = &outcome->states[i];
        if (state->id == post->thread)
            return state->events <= post->event &&
                   (state->state == STATE_WAITS || state->state == STATE_SPINS);
    }
    return false;
}

bool posts_missed(const struct posts *posts, const struct outcome *outcome,
                  const struct thread_state *waiting, struct poster *poster)
{
    for (uint32_t i = 0; i < posts->count; i++) {
        const struct post *post = &posts->posts[i];
        if (post->semaphore != waiting->next.object || post->thread == waiting->id ||
            !stands_before(outcome, post))
            continue;
        *poster = (struct poster){post->thread, post->pc};
        return true;
    }
    return false;
}
