// A wire from several reporters to one newspaper. It is put up first; then each reporter is forked,
// and is a process of its own.
#pragma once

#include <stddef.h>

enum { REPORT_MOST = 100000 };

struct wire;

// A wire for so many reporters, numbered from 0; NULL if there is none to be had.
struct wire *wire_open(int reporters);

// Called by the newspaper's process. No descriptor of the wire stays open, and none that is not the
// wire's is closed.
void wire_close(struct wire *wire);

// Sends a report of 1 to REPORT_MOST bytes, among which there is no '\n'. Called by the reporter's
// process, one report after the other. It may have to wait until the newspaper receives something.
void wire_send(struct wire *wire, int reporter, const char *report, size_t length);

// Receives the next report, as it was sent: whole, and with nothing else in it. `report` has room
// for REPORT_MOST + 2 bytes. Those of one reporter come in the order in which he sent them. Returns
// the length; 0 when all reporters have ended and everything was received. Called by the
// newspaper's process, which forked the others, and when it has done so.
size_t wire_receive(struct wire *wire, char *report);
