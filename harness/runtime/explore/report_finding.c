// See report_finding.h, and report.c for the whole report.
//
//   "kind", "scene", "what", "found_at", "schedule"
//   "accesses": [{"thread", "write", "atomic", "size", "address", "stack"}]
//   "object": null or {"address", "where", "block", "offset", "size", "allocated"}
//   "stack": where it was seen
//   "threads": [{"id", "event", "created", "state", "op", "object", "stack", "holds": [{"object", "stack"}],
//                "poster": {"thread", "stack"}}]; the last of who waits for a semaphore, if it is known
//   "steps": [{"thread", "event", "op", "pc", "object", "other", "before", "after", "size", "older", "order"}]
//   "good": null or the steps of the nearest schedule that goes well
//   "output": what the program printed

#include "report_finding.h"

#include "core.h"
#include "posts.h"
#include "racy.h"

#include <string.h>

static const char *const kind_names[KIND_COUNT] = {
    [KIND_NONE] = "nothing",
    [KIND_RACE] = "data race",
    [KIND_DEADLOCK] = "deadlock",
    [KIND_LOST_WAKEUP] = "lost wake-up",
    [KIND_MISUSE] = "lock misuse",
    [KIND_THREAD_MISUSE] = "thread misuse",
    [KIND_THREAD_LEAK] = "thread leak",
    [KIND_USE_AFTER_FREE] = "use after free",
    [KIND_DOUBLE_FREE] = "double free",
    [KIND_BAD_FREE] = "bad free",
    [KIND_OVERFLOW] = "overflow",
    [KIND_LEAK] = "leak",
    [KIND_WRONG] = "wrong result",
    [KIND_CRASH] = "crash",
    [KIND_ASSERTION] = "assertion",
    [KIND_ABORT] = "abort",
    [KIND_NO_PROGRESS] = "no progress",
    [KIND_WAITS] = "waits",
    [KIND_TOUCHES_DRIVER] = "touches driver",
    [KIND_READS_CODE] = "reads code",
};

static const char *const op_names[OP_COUNT] = {
    [OP_NONE] = "none",
    [OP_START] = "start",
    [OP_READ] = "read",
    [OP_WRITE] = "write",
    [OP_UPDATE] = "update",
    [OP_LOCK] = "lock",
    [OP_LOCK_TIMED] = "timed lock",
    [OP_TRYLOCK] = "try lock",
    [OP_UNLOCK] = "unlock",
    [OP_WAIT] = "wait",
    [OP_WAKE] = "wake",
    [OP_SIGNAL] = "signal",
    [OP_BROADCAST] = "broadcast",
    [OP_CREATE] = "create",
    [OP_JOIN] = "join",
    [OP_EXIT] = "exit",
    [OP_YIELD] = "yield",
    [OP_BARRIER_ARRIVE] = "barrier arrive",
    [OP_BARRIER_PASS] = "barrier pass",
    [OP_SEM_WAIT] = "semaphore wait",
    [OP_SEM_TRY] = "semaphore try",
    [OP_SEM_POST] = "semaphore post",
    [OP_READ_LOCK] = "read lock",
    [OP_WRITE_LOCK] = "write lock",
    [OP_RW_TRY] = "try read-write lock",
    [OP_RW_UNLOCK] = "read-write unlock",
    [OP_FENCE] = "fence",
    [OP_MEET] = "meet",
    [OP_MEET_PASS] = "meet pass",
    [OP_ASLEEP] = "asleep",
    [OP_ONCE] = "once",
    [OP_FILE] = "file",
    [OP_FUTEX] = "futex",
    [OP_SPIN] = "spin",
    [OP_CANCEL] = "cancel",
    [OP_PAUSE] = "pause",
};

static const char *const order_names[] = {"relaxed", "consume", "acquire",
                                          "release", "acq_rel", "seq_cst"};

static const char *const state_names[] = {
    [STATE_RUNS] = "runs",
    [STATE_WAITS] = "waits for",
    [STATE_SPINS] = "spins",
    [STATE_ENDED] = "ended",
};

void report_stack(struct json_writer *writer, const char *key, const struct stack *stack)
{
    json_open(writer, key, '[');
    for (uint32_t i = 0; i < stack->depth; i++)
        if (stack->frames[i] != 0)
            json_address(writer, NULL, stack->frames[i]);
    json_close(writer, ']');
}

static void write_accesses(struct json_writer *writer, const struct fault *fault)
{
    json_open(writer, "accesses", '[');
    for (uint32_t i = 0; fault != NULL && i < fault->access_count; i++) {
        const struct access *access = &fault->accesses[i];
        json_open(writer, NULL, '{');
        json_number(writer, "thread", access->thread);
        json_bool(writer, "write", access->write);
        json_bool(writer, "atomic", access->atomic);
        json_bool(writer, "frees", access->frees);
        json_number(writer, "size", access->size);
        json_address(writer, "address", access->address);
        report_stack(writer, "stack", &access->stack);
        json_close(writer, '}');
    }
    json_close(writer, ']');
}

static const char *place_of(uintptr_t address, const struct fault *fault)
{
    if (fault->block != 0)
        return "heap";
    if (address >= STACKS_BASE && address < STACKS_BASE + (uintptr_t)THREADS_MAX * STACK_SLOT)
        return "stack";
    return "static";
}

static void write_object(struct json_writer *writer, const struct fault *fault)
{
    uintptr_t address = 0;
    if (fault != NULL)
        address = fault->access_count > 0 ? fault->accesses[fault->access_count - 1].address
                                          : (uintptr_t)fault->object;
    if (address == 0) {
        json_null(writer, "object");
        return;
    }
    json_open(writer, "object", '{');
    json_address(writer, "address", address);
    json_string(writer, "where", place_of(address, fault));
    if (fault->block != 0) {
        json_address(writer, "block", fault->block);
        json_number(writer, "offset", (int64_t)(address - fault->block));
        json_number(writer, "size", (int64_t)fault->block_size);
        report_stack(writer, "allocated", &fault->allocated);
    }
    json_close(writer, '}');
}

static bool waits_for_post(const struct thread_state *state)
{
    return state->state == STATE_WAITS && state->next.op == OP_SEM_WAIT;
}

static bool any_waits_for_post(const struct outcome *outcome)
{
    for (uint32_t i = 0; i < outcome->state_count; i++)
        if (waits_for_post(&outcome->states[i]))
            return true;
    return false;
}

static void write_poster(struct json_writer *writer, const struct poster *poster)
{
    const struct stack stack = {.depth = 1, .frames = {poster->pc}};
    json_open(writer, "poster", '{');
    json_number(writer, "thread", poster->thread);
    report_stack(writer, "stack", &stack);
    json_close(writer, '}');
}

static void write_holds(struct json_writer *writer, const struct thread_state *state)
{
    json_open(writer, "holds", '[');
    for (uint32_t i = 0; i < state->held_count; i++) {
        json_open(writer, NULL, '{');
        json_address(writer, "object", (uintptr_t)state->held[i].object);
        report_stack(writer, "stack", &state->held[i].stack);
        json_close(writer, '}');
    }
    json_close(writer, ']');
}

// `posts` is NULL where nobody waits for one.
static void write_threads(struct json_writer *writer, const struct outcome *outcome,
                          const struct posts *posts)
{
    struct poster poster;
    json_open(writer, "threads", '[');
    for (uint32_t i = 0; i < outcome->state_count; i++) {
        const struct thread_state *state = &outcome->states[i];
        json_open(writer, NULL, '{');
        json_number(writer, "id", state->id);
        json_number(writer, "event", state->events);
        report_stack(writer, "created", &state->created);
        json_string(writer, "state", state_names[state->state]);
        json_string(writer, "op", op_names[state->next.op]);
        json_address(writer, "object", (uintptr_t)state->next.object);
        report_stack(writer, "stack", &state->stack);
        write_holds(writer, state);
        if (posts != NULL && waits_for_post(state) && posts_missed(posts, outcome, state, &poster))
            write_poster(writer, &poster);
        json_close(writer, '}');
    }
    json_close(writer, ']');
}

// Steps of a story: of most programs all, however it is told.
enum { SHORT_MOST = 2000 };

static void write_steps(struct json_writer *writer, const char *key, const struct outcome *outcome,
                        uint32_t most)
{
    json_open(writer, key, '[');
    for (uint32_t i = 0; i < outcome->step_count && i < most; i++) {
        const struct step *step = &outcome->steps[i];
        json_open(writer, NULL, '{');
        json_number(writer, "thread", step->thread);
        json_number(writer, "event", step->event);
        json_string(writer, "op", op_names[step->done.op]);
        json_address(writer, "pc", step->done.pc);
        json_address(writer, "object", (uintptr_t)step->done.object);
        if (step->done.other != NULL)
            json_address(writer, "other", (uintptr_t)step->done.other);
        if (step->size != 0) {
            json_number(writer, "before", (int64_t)step->before);
            json_number(writer, "after", (int64_t)step->after);
            json_number(writer, "size", step->size);
        }
        if (step->older)
            json_bool(writer, "older", true);
        if (step->order != 0)
            json_string(writer, "order", order_names[step->order - ORDER_TOLD]);
        json_close(writer, '}');
    }
    json_close(writer, ']');
}

// The fault in the outcome that the finding is about; NULL: the ending is.
static const struct fault *fault_of(const struct outcome *outcome, const struct finding *finding)
{
    struct signature shown;
    for (uint32_t i = 0; outcome_fault(outcome, i, &shown); i++)
        if (signatures_equal(&shown, &finding->signature))
            return i < outcome->fault_count && i < FAULTS_MOST ? &outcome->faults[i] : NULL;
    return NULL;
}

static void run_inside(void *schedule)
{
    engine_run(schedule);
}

const struct outcome *replay_script(int scene, const struct script *script, struct replaying how)
{
    struct schedule schedule = {.scene = scene,
                                .replay = true,
                                .inside = how.inside,
                                .pause = how.pause,
                                .segments = script->segments,
                                .segment_count = script->segment_count,
                                .picks = script->picks,
                                .pick_count = script->pick_count,
                                .story = true};
    racy_forget();
    if (how.inside)
        engine_apart(run_inside, &schedule);
    return how.inside ? engine->outcome : engine_run(&schedule);
}

static void write_good(struct json_writer *writer, int scene, const struct finding *finding,
                       uint32_t most, struct replaying how)
{
    how.pause = false;
    if (finding->has_good)
        write_steps(writer, "good", replay_script(scene, &finding->good, how), most);
    else
        json_null(writer, "good");
}

void report_finding(struct json_writer *writer, const char *scene, int index,
                    const struct finding *finding, bool whole, struct replaying how)
{
    const uint32_t most = whole || (how.pause && !how.cut_off) ? STEPS_MOST : SHORT_MOST;
    char *text = engine_map(SEGMENTS_MOST * 24);
    script_print(&finding->script, text, SEGMENTS_MOST * 24);
    const struct outcome *outcome = replay_script(index, &finding->script, how);
    const struct posts *posts = NULL;
    if (outcome->ending == ENDED_DEADLOCK && any_waits_for_post(outcome)) {
        posts = posts_seen(index); // which overwrites the outcome
        outcome = replay_script(index, &finding->script, how);
    }
    const struct fault *fault = fault_of(outcome, finding);
    size_t length;
    const char *output = run_output(&length);

    json_open(writer, NULL, '{');
    json_string(writer, "kind", how.cut_off ? "no end" : kind_names[finding->signature.kind]);
    json_string(writer, "scene", scene);
    json_string(writer, "what", fault != NULL ? fault->text : outcome->text);
    json_number(writer, "found_at", finding->found_at);
    json_string(writer, "schedule", text);
    write_accesses(writer, fault);
    write_object(writer, fault);
    report_stack(writer, "stack", fault != NULL ? &fault->stack : &outcome->stack);
    write_threads(writer, outcome, posts);
    write_steps(writer, "steps", outcome, most);
    json_text(writer, "output", output, length);
    write_good(writer, index, finding, most, how);
    json_close(writer, '}');
}
