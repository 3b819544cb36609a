// Writes all files of a graded class. Called by commands/grade.c.

#include "class_output.h"

#include "base/crew.h"
#include "base/files.h"
#include "writers.h"

#include <errno.h>
#include <pthread.h>
#include <string.h>
#include <sys/stat.h>
#include <talloc.h>

static bool make_folder(const char *out, const char *name, struct problem *problem)
{
    char *path = name ? path_join(NULL, out, name) : talloc_strdup(NULL, out);
    struct stat status;
    int failed = mkdir(path, 0777) ? errno : 0;
    if (failed == EEXIST && stat(path, &status) == 0)
        failed = S_ISDIR(status.st_mode) ? 0 : ENOTDIR;
    talloc_free(path);
    return !failed || problem_set(problem, "%s: the folder cannot be made: %s", name ? name : out,
                                  strerror(failed));
}

static bool make_student_folder(const struct student *student, const char *out,
                                struct problem *problem)
{
    char *name = talloc_asprintf(NULL, "students/%s", student->id);
    bool made = make_folder(out, NULL, problem) && make_folder(out, "students", problem) &&
                make_folder(out, name, problem);
    talloc_free(name);
    return made;
}

bool write_student(const struct class *class, const struct student *student, const char *out,
                   struct problem *problem)
{
    return make_student_folder(student, out, problem) &&
           write_result(class, student, out, problem) &&
           write_feedback(class, student, out, problem) &&
           write_feedback_page(class, student, out, problem) &&
           write_gradescope(class, student, out, problem) &&
           write_classroom(class, student, out, problem);
}

// Students' files, written by several threads: they mostly wait for the disk, or for a file server.
struct writing {
    const struct class *class;
    const char *out;
    size_t next; // guarded by lock, like what follows
    bool failed;
    struct problem *problem; // the first one
    pthread_mutex_t lock;
};

// The next student whose files are to be written; NULL: no more. Must hold the lock.
static struct student *next_student(struct writing *writing)
{
    const struct class *class = writing->class;
    while (writing->next < class->count && class->students[writing->next].spared)
        writing->next++;
    return writing->failed || writing->next >= class->count ? NULL
                                                            : &class->students[writing->next++];
}

static void *write_some(void *argument)
{
    struct writing *writing = argument;
    struct student *student;
    pthread_mutex_lock(&writing->lock);
    while ((student = next_student(writing)) != NULL) {
        struct problem problem = {""};
        pthread_mutex_unlock(&writing->lock);
        class_open(writing->class, student);
        bool written = write_student(writing->class, student, writing->out, &problem);
        class_close(writing->class, student);
        pthread_mutex_lock(&writing->lock);
        if (!written && !writing->failed) {
            writing->failed = true;
            *writing->problem = problem;
        }
    }
    pthread_mutex_unlock(&writing->lock);
    return NULL;
}

static bool write_students(const struct class *class, const char *out, struct problem *problem)
{
    enum { WRITERS = 16 };
    struct writing writing = {.class = class, .out = out, .problem = problem};
    pthread_mutex_init(&writing.lock, NULL);
    crew_run(WRITERS, class->count, write_some, &writing);
    pthread_mutex_destroy(&writing.lock);
    return !writing.failed;
}

bool write_class(const struct class *class, const char *out, struct problem *problem)
{
    return make_folder(out, NULL, problem) && write_students(class, out, problem) &&
           write_ungradable(class, out, problem) && write_refused(class, out, problem) &&
           write_junit(class, out, problem) && write_grades(class, out, problem);
}
