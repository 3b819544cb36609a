#include "web.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

enum { MESSAGE_SIZE = 128, SILENCE_S = 15 };

struct web {
    int listener;    // where clients knock
    int closing[2];  // a pipe; once its writing end is closed, the server ends
    int together;    // requests that are answered together
    int patience_ms; // how long the first of them waits for the last
    struct sockaddr_in address;
    pthread_t server;
    atomic_bool lonely;
};

// A request that has been read and waits for its answer.
struct request {
    int connection;
    int page;
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
    for (size_t sent = 0; sent < strlen(text);) {
        ssize_t size = send(socket, text + sent, strlen(text) - sent, MSG_NOSIGNAL);
        need(size > 0, "send");
        sent += size;
    }
}

// Reads up to the empty line that ends the head of an HTTP message.
static void receive_head(int socket, char text[MESSAGE_SIZE])
{
    size_t length = 0;
    text[0] = '\0';
    while (!strstr(text, "\r\n\r\n") && length < MESSAGE_SIZE - 1) {
        ssize_t size = recv(socket, text + length, MESSAGE_SIZE - 1 - length, 0);
        need(size > 0, "recv");
        length += size;
        text[length] = '\0';
    }
}

int web_status(int page)
{
    return page % 4 == 3 ? 404 : 200;
}

// ---- The server ----

// Accepts a connection and reads its request. Returns false if none comes in time, or all is over.
static bool next_request(struct web *web, int timeout_ms, struct request *request)
{
    struct pollfd doors[] = {{.fd = web->listener, .events = POLLIN},
                             {.fd = web->closing[0], .events = POLLIN}};
    if (poll(doors, 2, timeout_ms) <= 0 || doors[1].revents != 0)
        return false;
    char text[MESSAGE_SIZE];
    request->connection = accept(web->listener, NULL, NULL);
    need(request->connection >= 0, "accept");
    set_limits(request->connection);
    receive_head(request->connection, text);
    need(sscanf(text, "GET /page/%d HTTP/1.0", &request->page) == 1, "request");
    return true;
}

static void answer(const struct request *request)
{
    char text[MESSAGE_SIZE];
    int status = web_status(request->page);
    const char *meaning = status == 200 ? "OK" : "Not Found";
    snprintf(text, sizeof text, "HTTP/1.0 %d %s\r\n\r\n", status, meaning);
    send_all(request->connection, text);
    close(request->connection);
}

static void *serve(void *argument)
{
    struct web *web = argument;
    struct request *requests = calloc(web->together, sizeof *requests);
    need(requests != NULL, "server");
    while (next_request(web, -1, &requests[0])) {
        int count = 1;
        while (!web->lonely && count < web->together)
            if (next_request(web, web->patience_ms, &requests[count]))
                count++;
            else
                web->lonely = true;
        for (int i = 0; i < count; i++)
            answer(&requests[i]);
    }
    free(requests);
    return NULL;
}

struct web *web_open(int together, int patience_ms)
{
    struct web *web = calloc(1, sizeof *web);
    need(web != NULL, "web_open");
    web->together = together;
    web->patience_ms = patience_ms;
    web->address.sin_family = AF_INET;
    web->address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    struct sockaddr *address = (struct sockaddr *)&web->address;
    socklen_t size = sizeof web->address;
    need(pipe(web->closing) == 0, "pipe");
    web->listener = socket(AF_INET, SOCK_STREAM, 0);
    need(web->listener >= 0, "socket");
    need(bind(web->listener, address, size) == 0, "bind"); // to port 0: any that is free
    need(getsockname(web->listener, address, &size) == 0, "getsockname");
    need(listen(web->listener, SOMAXCONN) == 0, "listen");
    need(pthread_create(&web->server, NULL, serve, web) == 0, "pthread_create");
    return web;
}

void web_close(struct web *web)
{
    close(web->closing[1]);
    pthread_join(web->server, NULL);
    close(web->closing[0]);
    close(web->listener);
    free(web);
}

bool web_was_lonely(struct web *web)
{
    return web->lonely;
}

// ---- The client ----

int web_get(struct web *web, int page)
{
    char text[MESSAGE_SIZE];
    const struct sockaddr *address = (const struct sockaddr *)&web->address;
    int status, connection = socket(AF_INET, SOCK_STREAM, 0);
    need(connection >= 0, "socket");
    set_limits(connection);
    need(connect(connection, address, sizeof web->address) == 0, "connect");
    snprintf(text, sizeof text, "GET /page/%d HTTP/1.0\r\n\r\n", page);
    send_all(connection, text);
    receive_head(connection, text);
    need(sscanf(text, "HTTP/1.0 %d", &status) == 1, "answer");
    close(connection);
    return status;
}
