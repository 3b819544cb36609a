// A thread is joined that never was.
// explore: reported, lock misuse
// tsan: reported, lock misuse
// helgrind: reported, lock misuse

#include <pthread.h>

int main(void)
{
    pthread_t nobody = 0;
    pthread_join(nobody, NULL);
    return 0;
}
