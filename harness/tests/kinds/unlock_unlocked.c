// A lock is released that nobody holds.
// explore: reported, lock misuse
// tsan: reported, lock misuse
// helgrind: reported, lock misuse
#include <pthread.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

int main(void)
{
    pthread_mutex_lock(&lock);
    pthread_mutex_unlock(&lock);
    pthread_mutex_unlock(&lock);
    return 0;
}
