// A link checker: asks for all pages of a site at once, and collects what became of each.
#pragma once

// The answer to one request: the page, and the status of HTTP (200: here it is, 404: no such page).
struct visit {
    int page;
    int status;
};

struct report;

// Visits the pages 0 ... pages-1, all at the same time, with a thread for each. The report has one
// visit for each page, in any order; NULL without memory. The caller frees it.
struct report *check_links(int pages);
void report_free(struct report *report);

// How many visits the report has, and the one at `index` (from 0).
int report_count(const struct report *report);
struct visit report_visit(const struct report *report, int index);

// Downloads one page and gives the status of the answer; main.c does it, over a real connection.
int page_download(int page);
