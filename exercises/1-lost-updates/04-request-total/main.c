// Counts the requests of a web server. With a number as its argument it makes so many requests
// itself, up to four at a time; in a long run it has another site handle more than 16 bits count,
// with no server in between. With `serve` it tells its port and waits for three of yours, made with
// curl.

#include "request_total.h"
#include "server.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { TOGETHER = 4, BY_HAND = 3, LONG_RUN = 40, CROWD = 65537 };

struct client {
    pthread_t thread;
    int port;
    long number; // that the server answered with
};

static void *ask(void *argument)
{
    struct client *client = argument;
    client->number = client_get(client->port);
    return NULL;
}

static void start(pthread_t *thread, void *(*run)(void *), void *argument)
{
    if (pthread_create(thread, NULL, run, argument) == 0)
        return;
    fprintf(stderr, "no thread to be had\n");
    exit(2);
}

// Has `count` clients served at the same time. Ticks off the numbers they were given in `given`.
static void serve_clients(struct server *server, int count, long wanted, int *given)
{
    struct client clients[TOGETHER];
    for (int i = 0; i < count; i++) {
        clients[i].port = server_port(server);
        start(&clients[i].thread, ask, &clients[i]);
    }
    server_serve(server, count);
    for (int i = 0; i < count; i++) {
        pthread_join(clients[i].thread, NULL);
        if (clients[i].number >= 1 && clients[i].number <= wanted)
            given[clients[i].number]++;
    }
}

// Makes `wanted` requests. Gives how many of the numbers 1 ... wanted were given out exactly once.
static long serve_all(struct server *server, long wanted)
{
    long right = 0;
    int *given = calloc(wanted + 1, sizeof *given);
    if (!given)
        exit(2);
    for (long done = 0; done < wanted; done += TOGETHER)
        serve_clients(server, wanted - done < TOGETHER ? wanted - done : TOGETHER, wanted, given);
    for (long number = 1; number <= wanted; number++)
        right += given[number] == 1;
    free(given);
    return right;
}

static void serve_by_hand(struct server *server)
{
    printf("http://127.0.0.1:%d/ waits for %d requests\n", server_port(server), BY_HAND);
    fflush(stdout);
    server_serve(server, BY_HAND);
}

static void make_nothing(const struct request *request)
{
    (void)request;
}

// Whether a site counts a crowd that comes one after the other.
static bool counts_a_crowd(void)
{
    const struct request request = {.make = make_nothing};
    struct site *site = site_new();
    long right = 0;
    for (long i = 1; i <= CROWD; i++)
        right += site_handle(site, &request) == i;
    long total = site_total(site);
    site_free(site);
    if (right != CROWD || total != CROWD)
        printf("want: %d requests, one after the other, got: %ld\n", CROWD, total);
    return right == CROWD && total == CROWD;
}

int main(int argc, char **argv)
{
    bool by_hand = argc > 1 && strcmp(argv[1], "serve") == 0;
    long want = by_hand ? BY_HAND : argc > 1 ? atol(argv[1]) : 20, numbers = want;
    struct site *site = site_new();
    struct server *server = server_open(site);
    if (by_hand)
        serve_by_hand(server);
    else
        numbers = serve_all(server, want);
    long got = site_total(site), pages = server_pages(server);
    bool one_by_one = server_was_one_by_one(server);
    server_close(server);
    site_free(site);

    printf("want: %ld, got: %ld\n", want, got);
    if (numbers != want)
        printf("numbers given out once: %ld\n", numbers);
    if (pages != want)
        printf("pages made: %ld\n", pages);
    if (one_by_one)
        printf("the requests were handled one after the other, not side by side\n");
    bool counts_many = want < LONG_RUN || counts_a_crowd();
    return got == want && numbers == want && pages == want && !one_by_one && counts_many ? 0 : 1;
}
