// A stream is closed while another thread may still print into it.
// explore: reported

#include <pthread.h>
#include <stdio.h>

static FILE *out;

static void *print(void *unused)
{
    for (int i = 0; i < 3; i++)
        fprintf(out, "%d\n", i);
    return unused;
}

int main(void)
{
    pthread_t thread;
    out = tmpfile();
    pthread_create(&thread, NULL, print, NULL);
    fclose(out);
    pthread_join(thread, NULL);
    return 0;
}
