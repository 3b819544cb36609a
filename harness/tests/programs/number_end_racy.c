// Two threads have strtol tell in the same variable where a number ends.
// explore: reported, data race

#include <pthread.h>
#include <stdlib.h>

static char *end;

static void *read_number(void *text)
{
    return strtol(text, &end, 10) == 7 ? NULL : text;
}

int main(void)
{
    static char texts[2][8] = {"7", "7 ants"};
    pthread_t other;
    void *wrong;
    pthread_create(&other, NULL, read_number, texts[0]);
    if (read_number(texts[1]))
        return 1;
    pthread_join(other, &wrong);
    return wrong != NULL;
}
