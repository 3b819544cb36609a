// C11 threads, and descriptors within one process.

#define _GNU_SOURCE
#include "check.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <threads.h>
#include <unistd.h>

// ---- C11 threads ----

static mtx_t mutex;
static cnd_t changed;
static once_flag once = ONCE_FLAG_INIT;
static tss_t key;
static int calls, count;

static void call(void)
{
    calls++;
}

static int add(void *argument)
{
    call_once(&once, call);
    CHECK(tss_set(key, argument) == thrd_success && tss_get(key) == argument);
    CHECK(mtx_lock(&mutex) == thrd_success);
    count++;
    CHECK(cnd_signal(&changed) == thrd_success);
    CHECK(mtx_unlock(&mutex) == thrd_success);
    thrd_yield();
    return 3;
}

static void c11_threads(void)
{
    thrd_t thread;
    int result;
    CHECK(mtx_init(&mutex, mtx_plain) == thrd_success);
    CHECK(cnd_init(&changed) == thrd_success);
    CHECK(tss_create(&key, NULL) == thrd_success);
    CHECK(thrd_create(&thread, add, &count) == thrd_success);
    CHECK(mtx_lock(&mutex) == thrd_success);
    while (count == 0)
        CHECK(cnd_wait(&changed, &mutex) == thrd_success);
    CHECK(mtx_trylock(&mutex) == thrd_busy);
    CHECK(mtx_unlock(&mutex) == thrd_success);
    CHECK(thrd_join(thread, &result) == thrd_success && result == 3);
    CHECK(calls == 1 && tss_get(key) == NULL);
    CHECK(thrd_equal(thrd_current(), thrd_current()));
    tss_delete(key);
    cnd_destroy(&changed);
    mtx_destroy(&mutex);

    mtx_t recursive;
    CHECK(mtx_init(&recursive, mtx_plain | mtx_recursive) == thrd_success);
    CHECK(mtx_lock(&recursive) == thrd_success && mtx_trylock(&recursive) == thrd_success);
    CHECK(mtx_unlock(&recursive) == thrd_success && mtx_unlock(&recursive) == thrd_success);
    mtx_destroy(&recursive);
}

// ---- Descriptors ----

static int answer(void *argument)
{
    int descriptor = *(int *)argument;
    char text[8] = "";
    CHECK(read(descriptor, text, sizeof text) == 4);
    CHECK(strcmp(text, "ask") == 0);
    CHECK(write(descriptor, "yes", 4) == 4);
    return 0;
}

static void sockets(void)
{
    int ends[2];
    char text[8] = "";
    thrd_t thread;
    CHECK(socketpair(AF_UNIX, SOCK_STREAM, 0, ends) == 0);
    CHECK(thrd_create(&thread, answer, &ends[1]) == thrd_success);
    CHECK(send(ends[0], "ask", 4, 0) == 4);
    struct pollfd polled = {ends[0], POLLIN, 0};
    CHECK(poll(&polled, 1, -1) == 1);
    CHECK(recv(ends[0], text, sizeof text, 0) == 4 && strcmp(text, "yes") == 0);
    CHECK(thrd_join(thread, NULL) == thrd_success);
    CHECK(poll(&polled, 1, 0) == 0);
    CHECK(poll(&polled, 1, 5) == 0);
    CHECK(close(ends[0]) == 0 && close(ends[1]) == 0);
}

static int post(void *descriptor)
{
    CHECK(eventfd_write(*(int *)descriptor, 5) == 0);
    return 0;
}

static void events(void)
{
    eventfd_t value;
    thrd_t thread;
    int descriptor = eventfd(0, 0);
    CHECK(thrd_create(&thread, post, &descriptor) == thrd_success);
    CHECK(eventfd_read(descriptor, &value) == 0 && value == 5);
    CHECK(thrd_join(thread, NULL) == thrd_success);
    close(descriptor);
}

// What was asked not to wait does not: nobody will ever write.
static void without_waiting(void)
{
    eventfd_t value;
    int descriptor = eventfd(0, EFD_NONBLOCK), ends[2];
    char letter;
    CHECK(eventfd_read(descriptor, &value) == -1 && errno == EAGAIN);
    CHECK(eventfd_write(descriptor, 3) == 0);
    CHECK(eventfd_read(descriptor, &value) == 0 && value == 3);
    CHECK(pipe(ends) == 0 && fcntl(ends[0], F_SETFL, O_NONBLOCK) == 0);
    CHECK(read(ends[0], &letter, 1) == -1 && errno == EAGAIN);
    CHECK(close(ends[0]) == 0 && close(ends[1]) == 0 && close(descriptor) == 0);
}

int main(void)
{
    c11_threads();
    sockets();
    events();
    without_waiting();
    return 0;
}
