#include "server.h"

#include "request_total.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <pthread.h>
#include <racelings/rendezvous.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

enum { MESSAGE_SIZE = 4096, SILENCE_S = 30, IDLE_MS = 60000, PATIENCE_MS = 5000 };

struct server {
    int listener; // where clients knock
    struct sockaddr_in address;
    struct site *site;
    atomic_long pages; // that were made
    atomic_bool one_by_one;
};

// A request, and the thread that handles it.
struct visit {
    struct request request; // the first member: where a request is, there its visit begins
    pthread_t thread;
    int connection;
    struct server *server;
    struct rendezvous *making; // all visits taken in together meet here
};

static void need(bool success, const char *what)
{
    if (success)
        return;
    perror(what);
    exit(2);
}

// No wait on this socket is without an end.
static void set_limits(int socket)
{
    struct timeval silence = {.tv_sec = SILENCE_S};
    setsockopt(socket, SOL_SOCKET, SO_RCVTIMEO, &silence, sizeof silence);
    setsockopt(socket, SOL_SOCKET, SO_SNDTIMEO, &silence, sizeof silence);
}

static void send_all(int socket, const char *text)
{
    for (size_t sent = 0, length = strlen(text); sent < length;) {
        ssize_t size = send(socket, text + sent, length - sent, MSG_NOSIGNAL);
        need(size > 0, "send");
        sent += size;
    }
}

// Reads until `end` has come; what is left of `text` stays empty.
static void receive_until(int socket, char text[MESSAGE_SIZE], const char *end)
{
    size_t length = 0;
    memset(text, 0, MESSAGE_SIZE);
    while (!strstr(text, end) && length < MESSAGE_SIZE - 1) {
        ssize_t size = recv(socket, text + length, MESSAGE_SIZE - 1 - length, 0);
        need(size > 0, "recv");
        length += size;
    }
}

// ---- The server ----

void page_make(const struct request *request)
{
    request->make(request);
}

// Relaxed on purpose: what the driver counts must not order what the threads do in site_handle.
static void make_with_the_others(const struct request *request)
{
    const struct visit *visit = (const struct visit *)request;
    struct server *server = visit->server;
    atomic_fetch_add_explicit(&server->pages, 1, memory_order_relaxed);
    if (!atomic_load_explicit(&server->one_by_one, memory_order_relaxed) &&
        !rendezvous_meet(visit->making, PATIENCE_MS))
        atomic_store_explicit(&server->one_by_one, true, memory_order_relaxed);
}

static void *answer(void *argument)
{
    struct visit *visit = argument;
    char text[MESSAGE_SIZE], page[64];
    receive_until(visit->connection, text, "\r\n\r\n");
    need(strncmp(text, "GET /", 5) == 0, "not a request for a page");

    long number = site_handle(visit->server->site, &visit->request);

    int length = snprintf(page, sizeof page, "Hello! You are request number %ld.\n", number);
    snprintf(text, sizeof text,
             "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: %d\r\n"
             "Connection: close\r\n\r\n%s",
             length, page);
    send_all(visit->connection, text);
    close(visit->connection);
    return NULL;
}

static int take_in(struct server *server)
{
    struct pollfd door = {.fd = server->listener, .events = POLLIN};
    int ready = poll(&door, 1, IDLE_MS);
    if (ready == 0) {
        fprintf(stderr, "no request came for a minute\n");
        exit(2);
    }
    need(ready > 0, "poll");
    int connection = accept(server->listener, NULL, NULL);
    need(connection >= 0, "accept");
    set_limits(connection);
    return connection;
}

void server_serve(struct server *server, int count)
{
    struct rendezvous making = RENDEZVOUS(count);
    struct visit *visits = calloc(count, sizeof *visits);
    need(visits != NULL, "visits");
    for (int i = 0; i < count; i++) {
        visits[i].request.make = make_with_the_others;
        visits[i].connection = take_in(server);
        visits[i].server = server;
        visits[i].making = &making;
    }
    for (int i = 0; i < count; i++)
        need(pthread_create(&visits[i].thread, NULL, answer, &visits[i]) == 0, "pthread_create");
    for (int i = 0; i < count; i++)
        pthread_join(visits[i].thread, NULL);
    free(visits);
}

struct server *server_open(struct site *site)
{
    struct server *server = calloc(1, sizeof *server);
    need(server != NULL, "server");
    server->site = site;
    server->address.sin_family = AF_INET;
    server->address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    struct sockaddr *address = (struct sockaddr *)&server->address;
    socklen_t size = sizeof server->address;
    server->listener = socket(AF_INET, SOCK_STREAM, 0);
    need(server->listener >= 0, "socket");
    need(bind(server->listener, address, size) == 0, "bind"); // to port 0: any that is free
    need(getsockname(server->listener, address, &size) == 0, "getsockname");
    need(listen(server->listener, SOMAXCONN) == 0, "listen");
    return server;
}

void server_close(struct server *server)
{
    close(server->listener);
    free(server);
}

int server_port(const struct server *server)
{
    return ntohs(server->address.sin_port);
}

long server_pages(const struct server *server)
{
    return atomic_load(&server->pages);
}

bool server_was_one_by_one(const struct server *server)
{
    return atomic_load(&server->one_by_one);
}

// ---- The client ----

long client_get(int port)
{
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(port)};
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    int connection = socket(AF_INET, SOCK_STREAM, 0);
    need(connection >= 0, "socket");
    set_limits(connection);
    need(connect(connection, (struct sockaddr *)&address, sizeof address) == 0, "connect");
    char text[MESSAGE_SIZE];
    send_all(connection, "GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
    receive_until(connection, text, ".\n");
    close(connection);
    const char *page = strstr(text, "\r\n\r\n");
    long number = 0;
    need(page && sscanf(page, " Hello! You are request number %ld.", &number) == 1, "answer");
    return number;
}
