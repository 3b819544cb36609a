// A wide string is measured while another thread copies one over it.
// explore: reported, data race
// helgrind: reported, data race

#include <pthread.h>
#include <wchar.h>

static wchar_t title[16] = L"one";

static void *change(void *unused)
{
    wcscpy(title, L"another");
    return unused;
}

int main(void)
{
    pthread_t thread;
    pthread_create(&thread, NULL, change, NULL);
    size_t length = wcslen(title);
    pthread_join(thread, NULL);
    return length > 16;
}
