// A thread is joined that never was.
// explore: reported, thread misuse
// tsan: reported, thread misuse
// helgrind where valgrind says "(SIGSEGV)": crashed; SIGSEGV in main at join_zero.c:
// helgrind: reported, thread misuse

#include <pthread.h>

int main(void)
{
    pthread_t nobody = 0;
    pthread_join(nobody, NULL);
    return 0;
}
