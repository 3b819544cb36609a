// A web site of its own on the loopback interface, and a client for it. A part of the driver.
#pragma once

#include <stdbool.h>

struct web;

// Opens the site, on a port that the system chooses. It answers requests when `together` of them
// are in; if not so many come within `patience_ms`, it no longer waits for more than one. Exits
// with status 2 and a message if there are no sockets to be had. web_close frees it.
struct web *web_open(int together, int patience_ms);
void web_close(struct web *web);

// Whether it ever waited in vain.
bool web_was_lonely(struct web *web);

// The status that the page has, and the one that a request for it is answered with. Exits with
// status 2 and a message if the connection fails.
int web_status(int page);
int web_get(struct web *web, int page);
