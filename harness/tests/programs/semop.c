// A System V semaphore as a lock.
// tsan: clean
// helgrind: clean

#include <pthread.h>
#include <stddef.h>
#include <sys/ipc.h>
#include <sys/sem.h>

static int set;
static void change(short by)
{
    struct sembuf operation = {.sem_op = by};
    semop(set, &operation, 1);
}

static int visitors;

static void *count(void *unused)
{
    for (int i = 0; i < 100; i++) {
        change(-1);
        visitors++;
        change(1);
    }
    return unused;
}

int main(void)
{
    pthread_t one, other;
    set = semget(IPC_PRIVATE, 1, 0600);
    change(1);
    pthread_create(&one, NULL, count, NULL);
    pthread_create(&other, NULL, count, NULL);
    pthread_join(one, NULL);
    pthread_join(other, NULL);
    semctl(set, 0, IPC_RMID);
    return visitors != 200;
}
