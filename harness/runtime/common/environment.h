// What the harness tells a judged program's runtime through the environment.
#pragma once

// Takes it out of `environment` and wipes it from memory, where /proc/self/environ would still show
// it: a program is not to know who looks. To be called when the runtime has read what it needs.
void environment_wipe(char **environment);
