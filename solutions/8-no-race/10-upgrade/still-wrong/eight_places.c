// Still wrong: a semaphore with eight places for readers; a writer takes all eight, one writer at a
// time. The ninth reader waits for others who only read.
// Caught by: explore

#include "book.h"

#include <pthread.h>
#include <semaphore.h>
#include <stdlib.h>
#include <string.h>

enum { PLACES = 8 };

struct book {
    sem_t places;        // free ones at the book; a reader takes one, a writer all
    pthread_mutex_t pen; // held by the one who takes all
    int lines, used;
    const char *towns[];
};

struct book *book_new(int lines)
{
    struct book *book = calloc(1, sizeof *book + (size_t)lines * sizeof(char *));
    if (!book)
        return NULL;
    book->lines = lines;
    sem_init(&book->places, 0, PLACES);
    pthread_mutex_init(&book->pen, NULL);
    return book;
}

void book_free(struct book *book)
{
    if (book) {
        sem_destroy(&book->places);
        pthread_mutex_destroy(&book->pen);
    }
    free(book);
}

static void begin_writing(struct book *book)
{
    pthread_mutex_lock(&book->pen);
    for (int i = 0; i < PLACES; i++)
        sem_wait(&book->places);
}

static void end_writing(struct book *book)
{
    for (int i = 0; i < PLACES; i++)
        sem_post(&book->places);
    pthread_mutex_unlock(&book->pen);
}

// Returns -1 if the town is not there.
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
    sem_wait(&book->places);
    int line = find(book, town);
    sem_post(&book->places);
    if (line >= 0)
        return line;

    begin_writing(book);
    line = find(book, town);
    if (line < 0)
        line = enter(book, town);
    end_writing(book);
    return line;
}

void book_read(struct book *book, book_reader *read, void *reader)
{
    sem_wait(&book->places);
    for (int i = 0; i < book->used; i++)
        read(reader, i, book->towns[i]);
    sem_post(&book->places);
}
