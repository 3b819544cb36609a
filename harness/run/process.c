// One command, from start to the end of its whole process tree. Called by everything that runs a
// compiler, a detector or an exercise.
//
// How it works. Three processes take part, and whatever the command starts:
//
//     caller    the harness thread inside process_run. Reads the output, watches the clock and the
//               amount of output.
//       keeper  a fork of the harness that executes nothing else. Starts the command, waits for
//               it, and ends whatever it left behind. It is a "child subreaper": a process below
//               it whose parent dies becomes its child, so nothing can leave the tree, not even
//               a daemon with a session of its own.
//         command  leads a session, hence a process group, of its own.
//
// Two things connect them. The *output pipe* runs from the command's standard output and standard
// error to the caller. The *channel*, a pair of sockets, joins the caller and the keeper:
//
//     keeper -> caller   STEP_FAILED   the keeper, or the command before exec, could not be set up
//     command -> caller  NOT_STARTED   exec failed, with errno
//     keeper -> caller   ALL_OVER      how the command ended; sent when no process is left
//     caller -> keeper   one byte      a limit is passed: end the command, in the way that
//                                      enum request says
//     caller -> keeper   end of file   the harness is dead, or stopped by a new save of what it
//                                      judges (process_heed): end everything at once
//
// The caller returns on ALL_OVER, never on the end of the output pipe, so it does not matter who
// holds that pipe open or who closed it early.
//
// How nothing survives, whoever dies first:
//   - The harness, even by SIGKILL: the kernel closes its end of the channel; the keeper sees that
//     and clears up. The keeper has a session of its own, so that a signal for the harness's whole
//     group (Ctrl-C, timeout(1)) does not take it along.
//   - The keeper: it takes SIGKILL (or 32 or 33, which the C library keeps to itself). The kernel
//     then kills the command (PR_SET_PDEATHSIG), and process_run fails. In this one case what the
//     command started itself, or a command that changed its user id, is beyond reach; hostile code
//     runs in the sandbox, where it cannot see the keeper.
//   - The command: the keeper kills its own children until it has none left. Each death makes the
//     grandchildren its children, so the tree goes from the top down, and nothing in it is left
//     that could start a process again. Of a crowd whole groups go, at one stroke that no fork
//     escapes: processes that fork without end would be quicker than a way down.
// Only the keeper signals the tree, and only processes it has not reaped, so a process id is never
// one that has been given to somebody else since.
//
// Other threads of the harness may hold malloc's lock, or any other, at the moment of the fork. The
// keeper, and the command before exec, therefore use bare system calls and their own stack only.
// (execvpe is not on POSIX's list of safe functions; glibc's and musl's allocate nothing.)
#define _GNU_SOURCE
#include "process.h"

#include "base/moment.h"
#include "keeper.h"
#include "seal.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/random.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <talloc.h>
#include <unistd.h>

// All in seconds.
static const double wake_interval = 0.2;  // how often a keeper that is to end things is woken
static const double size_interval = 0.02; // how often memory and processes are looked at
static const double calm_interval = 0.06; // and where they are few, at most a quarter of the limit
static const double stuck_interval = 0.5; // how often it is asked whether the tree is stuck
static const double idle_interval = 0.1;  // between the looks that find all of it waiting
static const double keeper_wait = 30.0; // more than all that a keeper waits for: it is stuck itself

// What this thread heeds: see process_heed.
static _Thread_local int heeded = -1;

struct run {
    const struct command *command;
    const void *context; // the talloc parent of the output
    pid_t keeper;
    int channel; // to the keeper
    int output;  // the output pipe, or -1 after its end
    int seal;    // our end of the sockets of seal.h, or -1
    struct seal_words words;
    double started;            // or when it was told to go on
    double before;             // seconds that it had waited then
    double seconds;            // the command's, or fewer: see hurry
    double limit;              // when pass_limit has something to do
    double size_look;          // when the tree's size is looked at next
    double stuck_look;         // when it is looked at next whether anything goes on
    unsigned long turns;       // at the last such look, if the tree was stuck then; else 0
    int idle_looks;            // that found it waiting, one after the other
    double despair;            // once asked: when to take the keeper for stuck
    bool asked;                // we asked the keeper for the end
    enum ending reason;        // why we asked
    double computed;           // at the last look: see struct outcome
    bool waited, stuck;        // likewise
    struct call_stack *stacks; // likewise
    size_t stack_count;
    bool flooded;           // there was more output than output_limit
    bool no_memory;         // there was more output than memory
    bool over;              // the keeper has nothing more to say
    bool stopped;           // what process_heed was told of came
    char *text;             // the output so far, not terminated
    size_t size, room;      // bytes used and allocated
    struct message failure; // a STEP_FAILED or NOT_STARTED that came, if .error is not 0
    struct message report;  // the ALL_OVER that came, if .kind says so
};

static void ask_for_end(struct run *run, enum ending reason)
{
    if (run->asked)
        return;
    run->asked = true;
    run->reason = reason;
    run->limit = moment_now(); // pass_limit goes on from here
    run->despair = run->limit + keeper_wait;
    unsigned char request = reason == ENDED_CROWD ? END_AT_ONCE : END;
    send(run->channel, &request, sizeof request, MSG_NOSIGNAL | MSG_DONTWAIT);
}

// Its time is up.
static void ask_for_timeout(struct run *run)
{
    if (run->command->tells_stacks && !run->asked)
        run->stacks =
            stacks_below(run->context, run->keeper, &run->command->overseer, &run->stack_count);
    ask_for_end(run, ENDED_TIMEOUT);
}

// Makes room for `more` bytes and the final NUL; in all never more than output_limit asks for.
static bool make_room(struct run *run, size_t more)
{
    size_t needed = run->size + more + 1;
    if (needed <= run->room)
        return true;
    size_t room = needed < run->room * 2 ? run->room * 2 : needed;
    if (room - 1 > run->command->output_limit)
        room = run->command->output_limit + 1;
    char *text = talloc_realloc_size(run->context, run->text, room);
    if (!text)
        return false;
    run->text = text;
    run->room = room;
    return true;
}

// Keeps what may be kept of a piece of output. The rest is dropped, so that a command that is being
// ended does not hang in a write instead.
static void keep_output(struct run *run, const char *piece, size_t size)
{
    size_t allowed = run->command->output_limit - run->size;
    if (size > allowed) {
        run->flooded = true;
        ask_for_end(run, ENDED_FLOOD);
        size = allowed;
    }
    if (run->no_memory || !make_room(run, size)) {
        run->no_memory = true;
        ask_for_end(run, ENDED_FLOOD);
        return;
    }
    memcpy(run->text + run->size, piece, size);
    run->size += size;
}

// Reads one piece. Returns false when there is none for now, or for ever.
static bool read_output(struct run *run)
{
    char piece[65536];
    ssize_t size = read(run->output, piece, sizeof piece);
    if (size > 0) {
        keep_output(run, piece, (size_t)size);
        return true;
    }
    if (size < 0 && errno == EINTR)
        return true;
    if (size == 0 || errno != EAGAIN) {
        close(run->output);
        run->output = -1;
    }
    return false;
}

// ECONNRESET comes once, ahead of what the keeper has sent, when it ended without reading our word:
// the command came to its end while we were asking for it.
static void hear_keeper(struct run *run)
{
    struct message message;
    ssize_t size = recv(run->channel, &message, sizeof message, MSG_DONTWAIT);
    if (size < 0 && (errno == EAGAIN || errno == EINTR || errno == ECONNRESET))
        return;
    if (size != (ssize_t)sizeof message) {
        run->over = true; // the keeper is dead
    } else if (message.kind == ALL_OVER) {
        run->report = message;
        run->over = true;
    } else {
        run->failure = message;
    }
}

// Whether a command that has had its seconds by the clock has not had them of processor time, on a
// machine that is busy with other things. What waits for something that does not come gets no more:
// one look may find a nap, several in a row do not.
static bool has_time_left(struct run *run)
{
    enum { IDLE_LOOKS = 3 };
    static const double idle_share = 0.05; // of the time, in which whoever waits may look around
    double elapsed = moment_now() - run->started;
    struct activity activity = activity_below(run->keeper, &run->command->overseer);
    run->computed = activity.computed;
    bool idle = !activity.runs && activity.computed < idle_share * elapsed;
    run->idle_looks = idle ? run->idle_looks + 1 : 0;
    run->waited = run->idle_looks >= IDLE_LOOKS;
    return !run->waited && run->computed < run->seconds && elapsed < PATIENCE * run->seconds;
}

// The clock ran out for the command; or it was told to end, and we see to it that the keeper is
// awake: the command may stop it (SIGSTOP), also after our word came.
static void pass_limit(struct run *run)
{
    if (!run->asked && has_time_left(run)) {
        run->limit = moment_now() + (run->idle_looks ? idle_interval : run->seconds / 4);
        return;
    }
    if (!run->asked)
        ask_for_timeout(run);
    run->over = moment_now() >= run->despair;
    kill(run->keeper, run->over ? SIGKILL : SIGCONT);
    run->limit = moment_now() + wake_interval;
}

static double earlier(double one, double other)
{
    return one < other ? one : other;
}

static bool has_size_limit(const struct command *command)
{
    return command->memory_limit > 0 || command->most_processes > 0;
}

// When there is something to look at again, output aside.
static double next_look(const struct run *run)
{
    if (run->asked)
        return run->limit;
    double look = earlier(run->limit, run->stuck_look);
    return has_size_limit(run->command) ? earlier(look, run->size_look) : look;
}

// Ends a command whose threads all wait for each other: it would do so for ever. One look may find
// a thread that was woken after it was looked at; between two there has then been a turn.
static void look_for_life(struct run *run)
{
    struct activity activity = activity_below(run->keeper, &run->command->overseer);
    run->stuck = activity.stuck && activity.turns == run->turns;
    run->turns = activity.stuck ? activity.turns : 0;
    run->stuck_look = moment_now() + stuck_interval;
    if (run->stuck) {
        run->waited = true;
        run->computed = activity.computed;
        ask_for_timeout(run);
    }
}

// The clock is set forward once somebody has learned that the command need not have all its time.
static void heed_hurry(struct run *run)
{
    const struct command *command = run->command;
    if (!command->hurry || !atomic_load(command->hurry) || run->asked ||
        run->seconds <= command->hurried_seconds)
        return;
    run->seconds = command->hurried_seconds;
    run->limit = earlier(run->limit, run->started + run->seconds);
}

// Whether `amount` is so far from its limit (0: there is none) that it is enough to look less often.
static bool is_calm(size_t amount, size_t limit)
{
    return limit == 0 || amount <= limit / 4;
}

// A look takes up to a millisecond of processor time, more on a busy machine. From a quarter of its
// limit a command does not get far beyond it before the next one.
static void look_at_size(struct run *run)
{
    const struct command *command = run->command;
    struct extent_of_tree extent = extent_below(run->keeper, command->memory_limit > 0);
    if (command->memory_limit && extent.resident > command->memory_limit)
        ask_for_end(run, ENDED_MEMORY);
    if (command->most_processes && extent.processes > command->most_processes)
        ask_for_end(run, ENDED_CROWD);
    bool calm = is_calm(extent.resident, command->memory_limit) &&
                is_calm(extent.processes, command->most_processes);
    run->size_look = moment_now() + (calm ? calm_interval : size_interval);
}

// Nobody wants to know any more how it ends. The keeper may be stopped, and is woken.
static void stop(struct run *run)
{
    close_descriptor(&run->channel);
    run->channel = -1;
    kill(run->keeper, SIGCONT);
    run->stopped = run->over = true;
}

// Reads the output and listens to the keeper until all is over; then empties the pipe.
static void follow(struct run *run)
{
    while (!run->over) {
        struct pollfd sources[] = {{.fd = run->output, .events = POLLIN},
                                   {.fd = run->channel, .events = POLLIN},
                                   {.fd = heeded, .events = POLLIN}};
        int ready = poll(sources, 3, milliseconds_until(next_look(run)));
        if (ready > 0 && sources[2].revents) {
            stop(run);
            break;
        }
        if (ready > 0 && sources[0].revents)
            read_output(run);
        if (ready > 0 && sources[1].revents)
            hear_keeper(run);
        if (!run->over && !run->asked && has_size_limit(run->command) &&
            moment_now() >= run->size_look)
            look_at_size(run);
        if (!run->over && !run->asked && moment_now() >= run->stuck_look)
            look_for_life(run);
        heed_hurry(run);
        if (!run->over && moment_now() >= run->limit)
            pass_limit(run);
    }
    while (run->output >= 0 && !run->flooded && !run->no_memory && read_output(run))
        continue;
}

// Says what failed in the harness itself, with errno and the command's name.
static bool could_not(struct problem *problem, const struct command *command, const char *step)
{
    return problem_set(problem,
                       "Could not %s to run \"%s\"%s%s: %m. Nothing was judged; if the "
                       "machine is short of memory, processes or open files, free some and try "
                       "again.",
                       step, command->argv[0], command->directory ? " in " : "",
                       command->directory ? command->directory : "");
}

// Everything that is neither the command's doing nor ours to judge. Returns false if there was any.
static bool all_went_well(const struct run *run, struct problem *problem)
{
    const char *name = run->command->argv[0];
    if (run->stopped)
        return problem_set(problem, "\"%s\" was stopped.", name);
    if (run->failure.error && run->failure.kind == STEP_FAILED) {
        errno = run->failure.error;
        return could_not(problem, run->command, run->failure.step);
    }
    if (run->report.kind != ALL_OVER)
        return problem_set(problem,
                           "The process that watches over \"%s\" was killed before it "
                           "could report. Look with ps for processes that are still running, and "
                           "try again.",
                           name);
    if (run->report.unkillable)
        return problem_set(problem,
                           "A process that \"%s\" started withstands SIGKILL and is still "
                           "running. Look for it with ps.",
                           name);
    if (run->no_memory)
        return problem_set(problem,
                           "No memory for the output of \"%s\" after %zu bytes. Lower its "
                           "output limit.",
                           name, run->size);
    return true;
}

// Fills in how the command ended. Too much output counts even when the command had ended before we
// could read it, so the same output always gives the same ending.
static void conclude(const struct run *run, struct outcome *outcome)
{
    const struct message *report = &run->report;
    outcome->seconds = report->seconds - run->before;
    outcome->left_running = report->left_running;
    outcome->computed = run->computed;
    outcome->waited = run->waited;
    outcome->stuck = run->stuck;
    outcome->stacks = run->stacks;
    outcome->stack_count = run->stack_count;
    if (run->failure.error) {
        outcome->ending = ENDED_NOT_STARTED;
        outcome->number = run->failure.error;
    } else if (report->ended_by_us || (run->asked && run->reason == ENDED_CROWD)) {
        outcome->ending = run->reason; // what has multiplied counts though the first has ended
    } else if (run->flooded) {
        outcome->ending = ENDED_FLOOD;
    } else if (WIFEXITED(report->status)) {
        outcome->ending = ENDED_EXITED;
        outcome->number = WEXITSTATUS(report->status);
    } else {
        outcome->ending = ENDED_SIGNALLED;
        outcome->number = WTERMSIG(report->status);
    }
}

// Forks the keeper with every signal blocked, so that no handler of the harness ever runs in it.
static pid_t start_keeper(const struct run *run, int channel, int output, int seal)
{
    sigset_t all, before;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    pid_t keeper = fork();
    if (keeper == 0)
        keep(run->command, run->started, channel, output, seal);
    int error = errno;
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    errno = error;
    return keeper;
}

// Makes new words and the sockets of which the command gets the one, with the words in it.
static bool hand_in_word(struct run *run, int *far)
{
    int seal[2];
    if (getrandom(&run->words, sizeof run->words, 0) != sizeof run->words ||
        socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, seal) != 0)
        return false;
    run->words.secluded = run->command->secluded;
    run->seal = seal[0];
    *far = seal[1];
    return send(run->seal, &run->words, sizeof run->words, MSG_NOSIGNAL) == sizeof run->words;
}

static const char *word_for(const struct seal_words *words, int status)
{
    return status == 0 ? words->success : words->failure;
}

// What the command has sent back: one seal with the right word, and nothing else.
static void read_seal(const struct run *run, struct outcome *outcome)
{
    struct seal seal;
    char more;
    outcome->sealed = recv(run->seal, &seal, sizeof seal, MSG_DONTWAIT) == sizeof seal &&
                      memcmp(seal.word, word_for(&run->words, seal.status), SEAL_LENGTH) == 0 &&
                      recv(run->seal, &more, 1, MSG_DONTWAIT) <= 0;
    outcome->main_status = outcome->sealed ? seal.status : 0;
}

// The command's time begins.
static void set_clock(struct run *run)
{
    run->started = moment_now();
    run->seconds = run->command->seconds;
    run->limit = run->started + run->seconds;
    run->size_look = run->started + size_interval;
    run->stuck_look = run->started + stuck_interval;
}

// Makes the channel and the output pipe and starts the keeper at their far ends.
static bool start(struct run *run, struct problem *problem)
{
    int channel[2], output[2];
    if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, channel) != 0)
        return could_not(problem, run->command, "make a pair of sockets");
    run->channel = channel[0];
    __attribute__((cleanup(close_descriptor))) int far_channel = channel[1];
    if (pipe2(output, O_CLOEXEC) != 0)
        return could_not(problem, run->command, "make a pipe");
    run->output = output[0];
    __attribute__((cleanup(close_descriptor))) int far_output = output[1];
    fcntl(run->output, F_SETFL, O_NONBLOCK); // our end only
    __attribute__((cleanup(close_descriptor))) int far_seal = -1;
    if (run->command->sealed && !hand_in_word(run, &far_seal))
        return could_not(problem, run->command, "make a seal");
    set_clock(run);
    run->keeper = start_keeper(run, far_channel, far_output, far_seal);
    return run->keeper > 0 || could_not(problem, run->command, "fork");
}

static void close_run(const struct run *run)
{
    close_descriptor(&run->channel);
    close_descriptor(&run->output);
    close_descriptor(&run->seal);
}

bool process_ended_by_us(const struct outcome *outcome)
{
    static const bool by_us[] = {[ENDED_TIMEOUT] = true,
                                 [ENDED_FLOOD] = true,
                                 [ENDED_MEMORY] = true,
                                 [ENDED_CROWD] = true,
                                 [ENDED_NOT_STARTED] = false};
    return by_us[outcome->ending];
}

void process_heed(int descriptor)
{
    heeded = descriptor;
}

static bool is_stopped(void)
{
    struct pollfd source = {.fd = heeded, .events = POLLIN};
    return heeded >= 0 && poll(&source, 1, 0) > 0;
}

static void await_keeper(struct run *run)
{
    while (waitpid(run->keeper, NULL, 0) < 0 && errno == EINTR)
        continue;
    run->keeper = 0;
}

// Follows what was started to its end.
static bool finish(struct run *run, struct outcome *outcome, struct problem *problem)
{
    follow(run);
    await_keeper(run);
    if (!all_went_well(run, problem))
        return false;
    conclude(run, outcome);
    if (run->seal >= 0)
        read_seal(run, outcome);
    run->text[run->size] = '\0';
    outcome->output = run->text;
    outcome->output_size = run->size;
    return true;
}

static struct run run_of(const void *context, const struct command *command)
{
    return (struct run){
        .command = command,
        .context = context,
        .channel = -1,
        .output = -1,
        .seal = -1,
        .report = {.kind = STEP_FAILED},
    };
}

bool process_run(const void *context, const struct command *command, struct outcome *outcome,
                 struct problem *problem)
{
    *outcome = (struct outcome){0};
    if (is_stopped())
        return problem_set(problem, "\"%s\" was not started any more.", command->argv[0]);
    __attribute__((cleanup(close_run))) struct run run = run_of(context, command);
    if (!make_room(&run, 0))
        return problem_set(problem, "No memory to run \"%s\".", command->argv[0]);
    if (start(&run, problem) && finish(&run, outcome, problem))
        return true;
    talloc_free(run.text);
    return false;
}

// ---- Started before its time ----

struct started {
    struct run run;
    int words[2]; // the pipe that is its standard input; -1: there is none
};

static int drop(struct started *started)
{
    close_run(&started->run); // the keeper ends it, which may have been stopped
    close_descriptor(&started->words[0]);
    close_descriptor(&started->words[1]);
    if (started->run.keeper > 0) {
        kill(started->run.keeper, SIGCONT);
        await_keeper(&started->run);
    }
    return 0;
}

// Its end of the pipe is opened by a name, for a command inherits none of our descriptors. Ours is
// kept, or words for a command that has ended would be met by SIGPIPE.
struct started *process_start(const void *context, const struct command *command)
{
    struct problem ignored;
    struct command waiting = *command;
    struct started *started = talloc_zero(context, struct started);
    started->run = run_of(started, &waiting);
    started->words[0] = started->words[1] = -1;
    talloc_set_destructor(started, drop);
    if (pipe2(started->words, O_CLOEXEC | O_NONBLOCK) == 0) {
        waiting.input =
            talloc_asprintf(started, "/proc/%d/fd/%d", (int)getpid(), started->words[0]);
        if (start(&started->run, &ignored)) {
            started->run.command = NULL; // until it is finished
            return started;
        }
    }
    talloc_free(started);
    return NULL;
}

// The keeper speaks only of an end.
bool process_hand_in(struct started *started, const void *words, size_t size)
{
    struct pollfd source = {.fd = started->run.channel, .events = POLLIN};
    return poll(&source, 1, 0) == 0 && write(started->words[1], words, size) == (ssize_t)size;
}

bool process_finish(const void *context, struct started *started, const struct command *command,
                    struct outcome *outcome, struct problem *problem)
{
    struct run *run = &started->run;
    *outcome = (struct outcome){0};
    if (is_stopped())
        return problem_set(problem, "\"%s\" was not let go on any more.", command->argv[0]);
    run->command = command;
    run->context = context;
    run->before = moment_now() - run->started;
    set_clock(run);
    if (!make_room(run, 0))
        return problem_set(problem, "No memory to run \"%s\".", command->argv[0]);
    if (finish(run, outcome, problem))
        return true;
    talloc_free(run->text);
    return false;
}
