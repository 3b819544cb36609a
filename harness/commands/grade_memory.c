#include "grade_memory.h"

#include <sha256.h>
#include <string.h>
#include <talloc.h>

struct grade_memory {
    json_t *digests; // a student's id -> the digest of all that its files are made from
};

static int release(struct grade_memory *memory)
{
    json_decref(memory->digests);
    return 0;
}

struct grade_memory *grade_memory_new(const void *context)
{
    struct grade_memory *memory = talloc(context, struct grade_memory);
    memory->digests = json_object();
    talloc_set_destructor(memory, release);
    return memory;
}

// NULL is told from "".
static void add_text(SHA256_CTX *hash, const char *text)
{
    SHA256_Update(hash, (const uint8_t *)(text ? "+" : "-"), 1);
    SHA256_Update(hash, (const uint8_t *)(text ? text : ""), (text ? strlen(text) : 0) + 1);
}

static void add_number(SHA256_CTX *hash, double number)
{
    SHA256_Update(hash, (const uint8_t *)&number, sizeof number);
}

// An assessment is the same as long as it is kept in the same file.
static void add_cell(SHA256_CTX *hash, const struct cell *cell)
{
    add_number(hash, cell->standing);
    add_number(hash, cell->points);
    add_number(hash, cell->most);
    add_text(hash, cell->message);
    add_text(hash, cell->remark);
    add_text(hash, cell->kept);
}

static void digest_student(const struct class *class, const struct student *student, char *digest)
{
    SHA256_CTX hash;
    SHA256_Init(&hash);
    add_text(&hash, student->name);
    add_text(&hash, student->message);
    add_text(&hash, student->late);
    add_number(&hash, student->late_factor);
    for (size_t i = 0; i < class->exercise_count; i++)
        add_cell(&hash, &student->cells[i]);
    SHA256_End(&hash, digest);
}

void grade_memory_spare(const struct grade_memory *memory, struct class *class)
{
    char digest[SHA256_DIGEST_STRING_LENGTH];
    for (size_t i = 0; i < class->count; i++) {
        struct student *student = &class->students[i];
        const char *noted = json_string_value(json_object_get(memory->digests, student->id));
        digest_student(class, student, digest);
        student->spared = noted && strcmp(noted, digest) == 0;
    }
}

void grade_memory_note(struct grade_memory *memory, const struct class *class)
{
    char digest[SHA256_DIGEST_STRING_LENGTH];
    for (size_t i = 0; i < class->count; i++) {
        digest_student(class, &class->students[i], digest);
        json_object_set_new(memory->digests, class->students[i].id, json_string(digest));
    }
}
