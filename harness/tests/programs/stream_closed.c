// A stream of several threads is closed by the last one that needs it. Each has another one of its
// own, whose memory may have been another thread's before.
// explore: clean
// tsan: clean
// helgrind: clean

#include <pthread.h>
#include <stdio.h>

enum { THREADS = 3 };

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static FILE *out;
static int users = THREADS;

static void *print(void *unused)
{
    FILE *own = tmpfile();
    for (int i = 0; i < 3; i++)
        putc_unlocked('x', own);
    fclose(own);
    fprintf(out, "%s\n", "done");
    pthread_mutex_lock(&lock);
    if (--users == 0)
        fclose(out);
    pthread_mutex_unlock(&lock);
    return unused;
}

int main(void)
{
    pthread_t threads[THREADS];
    out = tmpfile();
    for (int i = 0; i < THREADS; i++)
        pthread_create(&threads[i], NULL, print, NULL);
    for (int i = 0; i < THREADS; i++)
        pthread_join(threads[i], NULL);
    return users;
}
