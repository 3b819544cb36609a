// Reads what a class handed in. roster.c tells the students apart, walk.c and unpack.c read their
// files into a pile, choose.c takes each exercise's files from it.
#include "submissions.h"

#include "base/text.h"
#include "choice.h"
#include "class_archive.h"
#include "roster.h"
#include "text_pool.h"
#include "walk.h"

#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <sha256.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <talloc.h>
#include <unistd.h>

// "counter-1.c" was "counter.c" when it was first handed in; the number goes into `version`.
static char *strip_version(const void *context, const char *file, int *version)
{
    const char *dot = strrchr(file, '.'), *end = dot ? dot : file + strlen(file), *dash = end;
    while (dash > file && isdigit((unsigned char)dash[-1]))
        dash--;
    *version = 0;
    if (dash == end || end - dash > 4 || dash < file + 2 || dash[-1] != '-')
        return talloc_strdup(context, file);
    *version = atoi(dash);
    return talloc_asprintf(context, "%.*s%s", (int)(dash - 1 - file), file, end);
}

static void read_pieces(struct pile *pile, int folder, const struct owner *owner)
{
    bool fine = true;
    for (size_t i = 0; fine && i < owner->count; i++) {
        const struct piece *piece = &owner->pieces[i];
        const char *path = piece->file;
        pile->version = piece->version;
        if (path && piece->counted && !pile_asks_for(pile, path))
            path = strip_version(pile, path, &pile->version);
        fine = path ? walk_file(pile, folder, piece->entry, path)
                    : walk_entry(pile, folder, piece->entry);
    }
    if (fine && pile->count == 0 && pile->unread)
        pile_refuse(pile,
                    "No file of the course was found, but %s. Hand in a folder, or an "
                    "archive (.zip, .tar.gz, .tgz, .tar) of one.",
                    pile->unread);
}

// Whether anything was found for any exercise.
static bool found_any(const struct submission *submission, size_t parts)
{
    for (size_t i = 0; i < parts; i++)
        if (submission->parts[i].found != FOUND_NOTHING)
            return true;
    return false;
}

// Files were handed in, but none of them is one of the course's.
static const char *tell_others(const void *context, const struct pile *pile)
{
    size_t named = list_count(pile->others);
    return talloc_asprintf(
        context,
        "No file is called as the course asks for, and it cannot be told what "
        "is meant. There %s %s%s. %sHand in the files that the exercises name, "
        "such as %s.",
        pile->other_count > 1 ? "are" : "is", list_join(context, pile->others, ", "),
        pile->other_count > named ? " and others" : "",
        pile->hides ? "Folders whose names begin with a dot are not looked into. " : "",
        pile->course->exercises[0]->edit[0]);
}

static int compare_things(const void *a, const void *b)
{
    const struct thing *one = a, *other = b;
    int order = strcmp(one->path, other->path);
    return order ? order : strcmp(one->shown, other->shown);
}

static void keep_once(struct text_pool *pool, const struct exercise *exercise,
                      struct handed_in *part)
{
    for (size_t i = 0; part->texts && exercise->edit[i]; i++)
        part->texts[i] = text_pool_keep(pool, part->texts[i]);
}

static void read_submission(const struct course *course, const struct given *given, int folder,
                            const struct owner *owner, struct text_pool *pool,
                            struct submissions *all)
{
    struct submission *submission = &all->all[all->count++];
    struct pile *pile = pile_new(all, course);
    pile->given = given;
    read_pieces(pile, folder, owner);
    if (pile->count > 1)
        qsort(pile->things, pile->count, sizeof *pile->things, compare_things);
    if (pile->copy_count > 1)
        qsort(pile->copies, pile->copy_count, sizeof *pile->copies, compare_things);
    *submission = (struct submission){.id = talloc_strdup(all, owner->id),
                                      .name = talloc_strdup(all, owner->name),
                                      .entry = talloc_strdup(all, owner->entry),
                                      .message = talloc_steal(all, pile->message)};
    submission->parts = talloc_zero_array(all, struct handed_in, (unsigned)course->count);
    for (size_t i = 0; !pile->message && i < course->count; i++) {
        choose_part(&(struct choice){.pile = pile,
                                     .exercise = course->exercises[i],
                                     .context = submission->parts,
                                     .part = &submission->parts[i]});
        keep_once(pool, course->exercises[i], &submission->parts[i]);
    }
    if (!submission->message && pile->other_count > 0 && !found_any(submission, course->count))
        submission->message = tell_others(all, pile);
    talloc_free(pile);
}

static const char **copies(const void *context, const char *const *texts)
{
    const char **list = list_new(context);
    for (; *texts; texts++)
        list_add(&list, talloc_strdup(list, *texts));
    return list;
}

static bool is_zip(const char *name)
{
    const char *dot = strrchr(name, '.');
    return dot && strcasecmp(dot, ".zip") == 0;
}

// Opens the folder, or what it holds if it is itself the zip of a class; -1 with `problem` filled.
static int open_class(const void *context, const char *folder, struct problem *problem)
{
    int opened = open(folder, O_RDONLY | O_CLOEXEC | O_DIRECTORY);
    if (opened >= 0)
        return opened;
    int error = errno, archive = -1;
    if (error == ENOTDIR && is_zip(folder))
        archive = open(folder, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (archive >= 0) {
        opened = class_archive_open(context, archive, folder, problem);
        close(archive);
    } else {
        problem_set(problem, "%s: cannot be read: %s; give a folder with one entry per student",
                    folder, strerror(error));
    }
    return opened;
}

// The roster of the folder open in *folder, which may be exchanged for what the zip of a class in
// it holds. A talloc child of `context`; NULL with `problem` filled.
static struct roster *read_roster(const void *context, const struct course *course, int *folder,
                                  const char *path, struct problem *problem)
{
    struct roster *roster = roster_read(context, course, *folder, path, problem);
    if (!roster || !roster->archive)
        return roster;
    int archive = openat(*folder, roster->archive, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
    int unpacked =
        archive >= 0 ? class_archive_open(context, archive, roster->archive, problem) : -1;
    if (archive < 0)
        problem_set(problem, "%s: cannot be read: %s", roster->archive, strerror(errno));
    else
        close(archive);
    close(*folder);
    *folder = unpacked;
    struct roster *inner =
        unpacked >= 0 ? roster_read(context, course, unpacked, roster->archive, problem) : NULL;
    if (!inner || !inner->archive)
        return inner;
    problem_set(problem, "%s: holds no submissions but another archive, %s", roster->archive,
                inner->archive);
    return NULL;
}

struct submissions *submissions_read(const void *context, const struct course *course,
                                     const char *folder, struct problem *problem)
{
    void *scratch = talloc_new(NULL);
    int open_folder = open_class(scratch, folder, problem);
    struct submissions *all = NULL;
    struct roster *roster =
        open_folder >= 0 ? read_roster(scratch, course, &open_folder, folder, problem) : NULL;
    if (roster) {
        all = talloc_zero(context, struct submissions);
        all->all = talloc_zero_array(all, struct submission, (unsigned)roster->count);
        struct text_pool *pool = text_pool_new(all);
        struct given *given = given_new(roster, course);
        all->passed = copies(all, roster->passed);
        all->doubled = copies(all, roster->doubled);
        all->groups = copies(all, roster->groups);
        all->doubtful = copies(all, roster->doubtful);
        for (size_t i = 0; i < roster->count; i++)
            read_submission(course, given, open_folder, &roster->owners[i], pool, all);
    }
    if (open_folder >= 0)
        close(open_folder);
    talloc_free(scratch);
    return all;
}

bool handed_in_is_start(const struct exercise *exercise, const char *const *texts)
{
    SHA256_CTX hash;
    char digest[SHA256_DIGEST_STRING_LENGTH];
    SHA256_Init(&hash);
    for (size_t i = 0; exercise->edit[i]; i++)
        SHA256_Update(&hash, (const uint8_t *)texts[i], strlen(texts[i]));
    SHA256_End(&hash, digest);
    return strcmp(digest, exercise->start) == 0;
}
