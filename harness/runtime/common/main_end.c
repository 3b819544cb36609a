// Linked into every judged program but the explorer's: tells the harness that main returned, and
// what. A program whose driver was cut short by exit(0), or whose main thread ended by
// pthread_exit, has proved nothing, though its exit status says that all is well. main is reached
// by --wrap.

#include "environment.h"
#include "main_status.h"
#include "seal.h"

int __real_main(int argc, char **argv, char **environment);
int __wrap_main(int argc, char **argv, char **environment);

int __wrap_main(int argc, char **argv, char **environment)
{
    struct kept_seal *seal = seal_take();
    environment_wipe(environment);
    int status = main_status(__real_main(argc, argv, environment));
    seal_give(seal, status);
    return status;
}
