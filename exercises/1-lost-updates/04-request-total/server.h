// A small web server on the loopback interface, and a client for it. A part of the driver.
//
// All of it exits with status 2 and a message if the sockets fail.
#pragma once

#include <stdbool.h>

struct site;
struct server;

// A request that has come in, and who makes the page for it.
struct request {
    void (*make)(const struct request *request);
};

// Opens a server for `site` on a port that the system chooses; server_close frees it.
struct server *server_open(struct site *site);
void server_close(struct server *server);

// Serves `count` requests, each in a thread of its own: all are taken in, then all are handled.
void server_serve(struct server *server, int count);

int server_port(const struct server *server);

// How many pages were made, and whether one was made while another request had to wait for it.
long server_pages(const struct server *server);
bool server_was_one_by_one(const struct server *server);

// Sends a request and gives the number that the server answers with.
long client_get(int port);
