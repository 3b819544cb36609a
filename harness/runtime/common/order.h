// How a wrapper tells the tool that runs a program what a call has ordered, of which the tool knows
// nothing: what comes before a release happens before what follows a later acquire of the same
// thing. Defined for each tool in its own folder.
#pragma once

void order_release(const void *thing);
void order_acquire(const void *thing);
