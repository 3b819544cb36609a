// Two locks in opposite orders, one time after the other in a single thread.
// explore: clean
// tsan: reported, lock-order inversion
// helgrind: reported, lock-order inversion

#include <pthread.h>
#include <stdlib.h>

struct pair {
    pthread_mutex_t left, right;
};

int main(void)
{
    struct pair *p = malloc(sizeof *p);
    pthread_mutex_init(&p->left, NULL);
    pthread_mutex_init(&p->right, NULL);
    pthread_mutex_lock(&p->left);
    pthread_mutex_lock(&p->right);
    pthread_mutex_unlock(&p->right);
    pthread_mutex_unlock(&p->left);
    pthread_mutex_lock(&p->right);
    pthread_mutex_lock(&p->left);
    pthread_mutex_unlock(&p->left);
    pthread_mutex_unlock(&p->right);
    pthread_mutex_destroy(&p->left);
    pthread_mutex_destroy(&p->right);
    free(p);
    return 0;
}
