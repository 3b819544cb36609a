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

static void wide_strings(void)
{
    wchar_t text[12] = L"one", more[12];
    char narrow[8];
    CHECK(wcslen(text) == 3 && wcsnlen(text, 2) == 2 && wcscpy(more, text) == more);
    CHECK(wcscat(text, L" two") == text && wcsncat(text, L"!?", 1) == text && text[7] == L'!');
    CHECK(wcscmp(text, more) > 0 && wcsncmp(text, more, 3) == 0 && wcscasecmp(more, L"ONE") == 0);
    CHECK(wcschr(text, L't') == text + 4 && wcsrchr(text, L'o') == text + 6);
    CHECK(wcsstr(text, L"two") == text + 4 && wcsncpy(more, text, 12)[8] == L'\0');
    CHECK(wmemcpy(more, text, 2) == more && wmemmove(more + 1, more, 2)[1] == L'n');
    CHECK(wmemset(more, L'x', 2)[1] == L'x' && wmemcmp(more, text, 1) > 0);
    CHECK(wcstol(L"17", NULL, 8) == 15 && wcstod(L"1.5", NULL) == 1.5);
    CHECK(swprintf(text, 12, L"%d-%ls", 5, L"x") == 3 && wcscmp(text, L"5-x") == 0);
    CHECK(swprintf(text, 3, L"%d", 12345) < 0);
    CHECK(mbstowcs(text, "abc", 12) == 3 && text[3] == L'\0' && mbstowcs(NULL, "ab", 0) == 2);
    CHECK(wcstombs(narrow, L"ab", 8) == 2 && narrow[2] == '\0' && wcstombs(NULL, L"abc", 0) == 3);
}

static void streams(void)
{
    char *line = NULL, small[16], *grown = malloc(2);
    size_t room = 0, grown_room = 2;
    int number = 0;
    FILE *file = tmpfile();
    CHECK(fprintf(file, "%d %s\n", 7, "words") == 8 && fputc('x', file) == 'x');
    CHECK(fputs("y\nlast", file) >= 0 && fflush(file) == 0 && ftell(file) == 15);
    rewind(file);
    CHECK(fscanf(file, "%d", &number) == 1 && number == 7 && fgetc(file) == ' ');
    CHECK(ungetc('q', file) == 'q' && fgets(small, sizeof small, file) == small);
    CHECK(strcmp(small, "qwords\n") == 0 && getline(&line, &room, file) == 3 && room >= 4);
    CHECK(strcmp(line, "xy\n") == 0 && getdelim(&grown, &grown_room, ';', file) == 4);
    CHECK(strcmp(grown, "last") == 0 && grown_room >= 5 && feof(file) && !ferror(file));
    CHECK(getline(&line, &room, file) == -1 && fseek(file, 0, SEEK_SET) == 0 && getc(file) == '7');
    CHECK(fileno(file) >= 0 && dprintf(-1, "%d", 1) < 0 && fclose(file) == 0);
    free(line);
    free(grown);
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
    wide_strings();
    streams();
    times();
    numbers();
    attributes();
    return 0;
}
