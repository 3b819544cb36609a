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
static atomic_int came;              // the signal; 0: none
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

static void *await_signal(void *ignored)
{
    const struct timespec patience = {PATIENCE, 0};
    const uint64_t one = 1;
    int number = 0;
    (void)ignored;
    sigwait(&signals, &number);
    came = number;
    if (descriptor >= 0 && write(descriptor, &one, sizeof one) == sizeof one)
        while (sigtimedwait(&signals, NULL, &patience) < 0 && errno == EINTR)
            continue;
    clear_up_all();
    end_by(number);
}

void interrupt_handle(void (*clear_up)(void))
{
    pthread_t thread;
    clear_up_all = clear_up;
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
