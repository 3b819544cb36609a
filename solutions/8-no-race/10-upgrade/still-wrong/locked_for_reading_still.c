// Still wrong: the read-write lock of POSIX, locked for writing by who has locked it for reading:
// he waits until he himself has stopped. One is enough for that.
// Caught by: explore

#include "book.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

struct book {
    pthread_rwlock_t lock; // guards the rest
    int lines, used;
    const char *towns[];
};

struct book *book_new(int lines)
{
    struct book *book = calloc(1, sizeof *book + (size_t)lines * sizeof(char *));
    if (!book)
        return NULL;
    book->lines = lines;
    pthread_rwlock_init(&book->lock, NULL);
    return book;
}

void book_free(struct book *book)
{
    if (!book)
        return;
    pthread_rwlock_destroy(&book->lock);
    free(book);
}

// For readers. Returns -1 if the town is not there.
static int find(const struct book *book, const char *town)
{
    for (int i = 0; i < book->used; i++)
        if (strcmp(book->towns[i], town) == 0)
            return i;
    return -1;
}

// For who writes. Returns -1 if no line is left.
static int enter(struct book *book, const char *town)
{
    if (book->used == book->lines)
        return -1;
    book->towns[book->used] = town;
    return book->used++;
}

int book_line(struct book *book, const char *town)
{
    pthread_rwlock_rdlock(&book->lock);
    int line = find(book, town);
    if (line >= 0) {
        pthread_rwlock_unlock(&book->lock);
        return line;
    }
    pthread_rwlock_wrlock(&book->lock);
    line = enter(book, town);
    pthread_rwlock_unlock(&book->lock);
    return line;
}

void book_read(struct book *book, book_reader *read, void *reader)
{
    pthread_rwlock_rdlock(&book->lock);
    for (int i = 0; i < book->used; i++)
        read(reader, i, book->towns[i]);
    pthread_rwlock_unlock(&book->lock);
}
