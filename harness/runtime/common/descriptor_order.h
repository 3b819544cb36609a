// How descriptor_calls.c, moved_bytes.c and readiness.c tell the tool that runs a program what a
// call on a descriptor has ordered: what comes before a release happens before what follows a later
// acquire of what was put in. Defined for each tool in its own descriptor_order.c.
#pragma once

// Before something is put into `descriptor`, and after something was taken out. They leave errno
// alone.
void descriptor_release(int descriptor);
void descriptor_acquire(int descriptor);
