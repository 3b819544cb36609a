// getpwuid gives every thread the same structure.
// explore: reported, data race

#include <pthread.h>
#include <pwd.h>
#include <stddef.h>

static void *look_up(void *unused)
{
    struct passwd *account = getpwuid(0);
    return account && account->pw_uid != 0 ? account : unused;
}

int main(void)
{
    pthread_t threads[2];
    for (int i = 0; i < 2; i++)
        pthread_create(&threads[i], NULL, look_up, NULL);
    for (int i = 0; i < 2; i++)
        pthread_join(threads[i], NULL);
    return 0;
}
