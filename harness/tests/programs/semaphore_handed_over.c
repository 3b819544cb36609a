// A semaphore whose life ends as soon as it was waited for, while its poster is still in sem_post.
// tsan: clean
// helgrind: clean

#include <pthread.h>
#include <semaphore.h>
#include <stdlib.h>
#include <string.h>

struct job {
    sem_t done;
    int result;
};

static void *work(void *argument)
{
    struct job *job = argument;
    job->result = 7;
    sem_post(&job->done);
    return NULL;
}

int main(void)
{
    int sum = 0;
    for (int i = 0; i < 20; i++) {
        pthread_t thread;
        struct job *job = malloc(sizeof *job);
        sem_init(&job->done, 0, 0);
        pthread_create(&thread, NULL, work, job);
        sem_wait(&job->done);
        sum += job->result;
        sem_destroy(&job->done);
        memset(job, 0, sizeof *job);
        pthread_join(thread, NULL);
        free(job);
    }
    return sum != 140;
}
