// See interrupt.h.
#define _GNU_SOURCE
#include "interrupt.h"

#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <time.h>
#include <unistd.h>

enum { PATIENCE = 3 }; // seconds

static sigset_t signals;
static void (*clear_up_all)(void);
static pid_t self;
static atomic_int came;              // the signal; 0: none
static atomic_int unread;            // SIGPIPE, once it has come; 0: it has not
static _Atomic int descriptor = -1;  // somebody leaves in good order when it is readable
static const char *_Atomic farewell; // NULL: none
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER; // guards the making of `descriptor`

static _Noreturn void end_by(int number)
{
    const char *text = farewell;
    if (text && write(STDERR_FILENO, text, strlen(text)) < 0)
        text = NULL; // whoever closed the terminal does not hear it
    signal(number, SIG_DFL);
    pthread_sigmask(SIG_UNBLOCK, &signals, NULL);
    raise(number);
    _exit(128 + number);
}

// What is written nobody reads any more. That comes to the thread that writes, not to the one that
// awaits signals: it is handed on as one of those, and the thread stays where it is.
static void hand_on(int number)
{
    if (getpid() != self) { // a child that has not become a command yet
        signal(number, SIG_DFL);
        raise(number);
        return;
    }
    unread = number;
    kill(self, SIGHUP);
    for (;;)
        pause();
}

static void *await_signal(void *ignored)
{
    const struct timespec patience = {PATIENCE, 0};
    const uint64_t one = 1;
    int number = 0;
    (void)ignored;
    sigwait(&signals, &number);
    if (unread)
        number = unread;
    came = number;
    if (!unread && descriptor >= 0 && write(descriptor, &one, sizeof one) == sizeof one)
        while (sigtimedwait(&signals, NULL, &patience) < 0 && errno == EINTR)
            continue;
    clear_up_all();
    end_by(number);
}

// Unless who has started this program wants it to be ignored.
static void handle_unread(void)
{
    const struct sigaction action = {.sa_handler = hand_on};
    struct sigaction inherited;
    if (sigaction(SIGPIPE, NULL, &inherited) == 0 && inherited.sa_handler != SIG_IGN)
        sigaction(SIGPIPE, &action, NULL);
}

void interrupt_handle(void (*clear_up)(void))
{
    pthread_t thread;
    clear_up_all = clear_up;
    self = getpid();
    handle_unread();
    sigemptyset(&signals);
    sigaddset(&signals, SIGINT);
    sigaddset(&signals, SIGTERM);
    sigaddset(&signals, SIGHUP);
    pthread_sigmask(SIG_BLOCK, &signals, NULL);
    if (pthread_create(&thread, NULL, await_signal, NULL) == 0)
        pthread_detach(thread);
    else
        pthread_sigmask(SIG_UNBLOCK, &signals, NULL);
}

int interrupt_descriptor(void)
{
    pthread_mutex_lock(&lock);
    if (descriptor < 0)
        descriptor = eventfd(0, EFD_CLOEXEC);
    pthread_mutex_unlock(&lock);
    return descriptor;
}

void interrupt_say(const char *text)
{
    farewell = text;
}

void interrupt_obey(void)
{
    if (came)
        end_by(came);
}
