// What a web server does for one request: make the page, and count.
#pragma once

// A request that has come in; what is in it is the server's business.
struct request;

// What the threads that handle the requests have in common.
struct site;

// A site that has had no request yet, or NULL without memory. The caller frees it.
struct site *site_new(void);
void site_free(struct site *site);

// Has the page made, once, and counts the request. The server calls this from a thread for each
// request, for many requests at the same time; nobody waits while somebody else's page is being
// made. Returns the number of this request: the numbers are 1, 2, 3 and so on, and no two requests
// have the same.
long site_handle(struct site *site, const struct request *request);

// How many requests were handled. Called when no request is being handled.
long site_total(struct site *site);

// Makes the page asked for; server.c does it. It takes its time, and several pages are made at
// once.
void page_make(const struct request *request);
