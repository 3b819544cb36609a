// Functions of the library on the program's memory.

#define _GNU_SOURCE
#include "check.h"

#include <arpa/inet.h>
#include <pthread.h>
#include <string.h>
#include <strings.h>
#include <time.h>
#include <wchar.h>

static void copies(void)
{
    char text[] = "one two", copy[8];
    CHECK(memccpy(copy, text, ' ', sizeof text) == copy + 4 && memcmp(copy, "one ", 4) == 0);
    CHECK(memccpy(copy, text, 'x', sizeof text) == NULL && strcmp(copy, text) == 0);
    CHECK(mempcpy(copy, text, 3) == copy + 3);
    CHECK(memrchr(text, 'o', 7) == text + 6 && memmem(text, 8, "two", 3) == text + 4);
    CHECK(stpncpy(copy, text, 8) == copy + 7);
    bcopy(text, copy, 8);
    CHECK(bcmp(text, copy, 8) == 0 && index(text, 'o') == text && rindex(text, 'o') == text + 6);
    bzero(copy, 4);
    CHECK(copy[0] == '\0' && copy[3] == '\0' && copy[4] == 't');
}

static void strings(void)
{
    char text[] = "one two", *rest;
    CHECK(strcasecmp(text, "ONE TWO") == 0 && strncasecmp(text, "ONE-", 3) == 0);
    CHECK(strverscmp("a9", "a10") < 0 && strcoll("a", "b") < 0);
    CHECK(strspn(text, "eno") == 3 && strcspn(text, " ") == 3 && *strpbrk(text, " w") == ' ');
    CHECK(strcasestr(text, "TW") == text + 4 && *strchrnul(text, 'x') == '\0');
    CHECK(strcmp(strtok_r(text, " ", &rest), "one") == 0);
    CHECK(strcmp(strtok_r(NULL, " ", &rest), "two") == 0 && strtok_r(NULL, " ", &rest) == NULL);
    char again[] = "a,b", *at = again;
    CHECK(strcmp(strsep(&at, ","), "a") == 0 && strcmp(strsep(&at, ","), "b") == 0 && at == NULL);
    CHECK(strsep(&at, ",") == NULL);
}

static void formats(void)
{
    char text[80], word[8] = "", letters[3] = "", *made;
    wchar_t wide[4];
    int number, count, behind;
    long wider;
    long double fraction;
    snprintf(text, sizeof text, "%%%5.1f|%-*d|%.*s|%.2s|%Lg|%ld|%c|%ls%n", 1.5, 4, 7, 2, "abc",
             "xyz", 2.5L, 3L, 'c', L"w", &count);
    CHECK(strcmp(text, "%  1.5|7   |ab|xy|2.5|3|c|w") == 0 && count == 27);
    CHECK(asprintf(&made, "%s-%m", "a") > 2 && made[0] == 'a');
    free(made);
    CHECK(sscanf("5 6 ab]c 9 xy 1.5 ww", "%d %*d %5[]a-c]%n %ld %2c %Lf %2ls", &number, word,
                 &behind, &wider, letters, &fraction, wide) == 6);
    CHECK(number == 5 && strcmp(word, "ab]c") == 0 && behind == 8 && wider == 9 &&
          letters[1] == 'y');
    CHECK(fraction == 1.5L && wide[1] == L'w');
    CHECK(sscanf("abc", "%ms", &made) == 1 && strcmp(made, "abc") == 0 &&
          sscanf("", "%d", &count) == EOF);
    free(made);
}

static void times(void)
{
    time_t time = 86400, again;
    struct tm parts;
    char text[40];
    CHECK(gmtime_r(&time, &parts) == &parts && parts.tm_mday == 2 && timegm(&parts) == time);
    CHECK(asctime_r(&parts, text) == text && strcmp(text, "Fri Jan  2 00:00:00 1970\n") == 0);
    CHECK(strftime(text, sizeof text, "%Y-%m-%d", &parts) == 10);
    CHECK(localtime_r(&time, &parts) == &parts && (again = mktime(&parts)) == time);
    CHECK(ctime_r(&again, text) == text && strlen(text) == 25);
}

static void numbers(void)
{
    unsigned short state[3] = {1, 2, 3}, same[3] = {1, 2, 3};
    unsigned seed = 1, other = 1;
    char text[INET_ADDRSTRLEN];
    struct in_addr address;
    CHECK(nrand48(state) == nrand48(same) && erand48(state) == erand48(same));
    CHECK(jrand48(state) == jrand48(same) && rand_r(&seed) == rand_r(&other) && seed != 1);
    CHECK(inet_pton(AF_INET, "127.0.0.1", &address) == 1);
    CHECK(strcmp(inet_ntop(AF_INET, &address, text, sizeof text), "127.0.0.1") == 0);
    srand48(3);
    CHECK(drand48() < 1 && lrand48() >= 0);
}

static void attributes(void)
{
    pthread_condattr_t condition;
    pthread_rwlockattr_t lock;
    clockid_t clock;
    int value;
    CHECK(pthread_condattr_init(&condition) == 0);
    CHECK(pthread_condattr_setclock(&condition, CLOCK_MONOTONIC) == 0);
    CHECK(pthread_condattr_getclock(&condition, &clock) == 0 && clock == CLOCK_MONOTONIC);
    CHECK(pthread_condattr_destroy(&condition) == 0);
    CHECK(pthread_rwlockattr_init(&lock) == 0);
    CHECK(pthread_rwlockattr_setpshared(&lock, PTHREAD_PROCESS_SHARED) == 0);
    CHECK(pthread_rwlockattr_getpshared(&lock, &value) == 0 && value == PTHREAD_PROCESS_SHARED);
    CHECK(pthread_rwlockattr_destroy(&lock) == 0);
}

int main(void)
{
    copies();
    strings();
    formats();
    times();
    numbers();
    attributes();
    return 0;
}
