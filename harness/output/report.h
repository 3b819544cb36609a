// report.html: the whole class on one page, for the instructor.
#pragma once

#include "grade/class.h"

// Writes `out_folder`/report.html, which needs no other file and no network. Returns false, with
// `problem` filled, if it cannot be written; an older one is then as it was.
bool write_report(const struct class *class, const char *out_folder, struct problem *problem);
