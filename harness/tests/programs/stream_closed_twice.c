// A stream is closed by a thread, and once more by main when that has ended.
// explore: reported, use after free

#include <pthread.h>
#include <stdio.h>

static void *print_and_close(void *out)
{
    fputs("done\n", out);
    fclose(out);
    return NULL;
}

int main(void)
{
    pthread_t thread;
    FILE *out = tmpfile();
    pthread_create(&thread, NULL, print_and_close, out);
    pthread_join(thread, NULL);
    fclose(out);
    return 0;
}
