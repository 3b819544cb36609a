// getpwuid_r gives every thread a structure of its own.
// explore: clean
// native: clean

#include <pthread.h>
#include <pwd.h>
#include <stddef.h>

static void *look_up(void *unused)
{
    char text[4096];
    struct passwd account, *found = NULL;
    int error = getpwuid_r(0, &account, text, sizeof text, &found);
    return error == 0 && found && found->pw_uid != 0 ? found->pw_name : unused;
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
