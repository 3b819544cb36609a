// What main returned. "void main" returns nothing, and what stands in the register then means
// nothing: it counts as 0. The harness has the compiler's warning, and defines the symbol when it
// links.
#pragma once

extern const char racelings_main_is_void[] __attribute__((weak));

static inline int main_status(int returned)
{
    return racelings_main_is_void ? 0 : returned;
}
