// A process waits for another one's post, which Helgrind does not see.
// tsan: clean
// helgrind: clean
// native: clean
// explore: abstains
#include <semaphore.h>
#include <stddef.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

int main(void)
{
    sem_t *ready =
        mmap(NULL, sizeof *ready, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (ready == MAP_FAILED || sem_init(ready, 1, 0) != 0)
        return 2;
    pid_t child = fork();
    if (child == 0) {
        sem_post(ready);
        _exit(0);
    }
    sem_wait(ready);
    waitpid(child, NULL, 0);
    sem_destroy(ready);
    return munmap(ready, sizeof *ready) == 0 ? 0 : 2;
}
