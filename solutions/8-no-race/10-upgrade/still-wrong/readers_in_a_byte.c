// Still wrong: counts readers in a byte. With 256 of them it says that nobody reads.
// Caught by: tsan

#include "book.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

struct book {
    pthread_mutex_t lock; // guards readers; held by who writes
    pthread_cond_t fewer; // there are fewer readers than before
    unsigned char readers;
    int lines, used;
    const char *towns[]; // read by readers; written while there is none
};

struct book *book_new(int lines)
{
    struct book *book = calloc(1, sizeof *book + (size_t)lines * sizeof(char *));
    if (!book)
        return NULL;
    book->lines = lines;
    pthread_mutex_init(&book->lock, NULL);
    pthread_cond_init(&book->fewer, NULL);
    return book;
}

void book_free(struct book *book)
{
    if (!book)
        return;
    pthread_mutex_destroy(&book->lock);
    pthread_cond_destroy(&book->fewer);
    free(book);
}

static void begin_reading(struct book *book)
{
    pthread_mutex_lock(&book->lock);
    book->readers++;
    pthread_mutex_unlock(&book->lock);
}

static void end_reading(struct book *book)
{
    pthread_mutex_lock(&book->lock);
    book->readers--;
    pthread_cond_broadcast(&book->fewer);
    pthread_mutex_unlock(&book->lock);
}

// For who does not read: waits until nobody does. Nobody can begin then.
static void begin_writing(struct book *book)
{
    pthread_mutex_lock(&book->lock);
    while (book->readers > 0)
        pthread_cond_wait(&book->fewer, &book->lock);
}

static void end_writing(struct book *book)
{
    pthread_mutex_unlock(&book->lock);
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
    begin_reading(book);
    int line = find(book, town);
    end_reading(book);
    if (line >= 0)
        return line;

    // Somebody else may have entered it since.
    begin_writing(book);
    line = find(book, town);
    if (line < 0)
        line = enter(book, town);
    end_writing(book);
    return line;
}

void book_read(struct book *book, book_reader *read, void *reader)
{
    begin_reading(book);
    for (int i = 0; i < book->used; i++)
        read(reader, i, book->towns[i]);
    end_reading(book);
}
