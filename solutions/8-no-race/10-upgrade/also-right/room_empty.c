// Also right: the first reader takes the room and the last one gives it back; who writes takes it
// too, and is no reader then. A semaphore, because who gives it back may be another one.

#include "book.h"

#include <pthread.h>
#include <semaphore.h>
#include <stdlib.h>
#include <string.h>

struct book {
    sem_t room;           // taken by all readers together, or by one who writes
    pthread_mutex_t lock; // guards readers
    int readers;
    int lines, used;
    const char *towns[]; // read by readers; written while there is none
};

struct book *book_new(int lines)
{
    struct book *book = calloc(1, sizeof *book + (size_t)lines * sizeof(char *));
    if (!book)
        return NULL;
    book->lines = lines;
    sem_init(&book->room, 0, 1);
    pthread_mutex_init(&book->lock, NULL);
    return book;
}

void book_free(struct book *book)
{
    if (!book)
        return;
    sem_destroy(&book->room);
    pthread_mutex_destroy(&book->lock);
    free(book);
}

static void begin_reading(struct book *book)
{
    pthread_mutex_lock(&book->lock);
    if (book->readers++ == 0)
        sem_wait(&book->room);
    pthread_mutex_unlock(&book->lock);
}

static void end_reading(struct book *book)
{
    pthread_mutex_lock(&book->lock);
    if (--book->readers == 0)
        sem_post(&book->room);
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
    sem_wait(&book->room);
    line = find(book, town);
    if (line < 0)
        line = enter(book, town);
    sem_post(&book->room);
    return line;
}

void book_read(struct book *book, book_reader *read, void *reader)
{
    begin_reading(book);
    for (int i = 0; i < book->used; i++)
        read(reader, i, book->towns[i]);
    end_reading(book);
}
