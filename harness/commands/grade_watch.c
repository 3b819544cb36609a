#define _GNU_SOURCE
#include "grade_watch.h"

#include "base/moment.h"

#include <fts.h>
#include <math.h>
#include <sha256.h>
#include <stdint.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>

enum {
    PATIENCE = 5, // looks: who never comes to rest is judged all the same
    RETRY = 60,   // looks until what failed is tried again
};

static const double pause_least = 1; // seconds between two looks
static const double pause_share = 9; // and so many times as long as a look takes

// What would change with the entry: its name, its inode, its moments of change, its size.
static uint64_t entry_number(const FTSENT *entry)
{
    uint8_t digest[SHA256_DIGEST_LENGTH];
    uint64_t number;
    SHA256_CTX hash;
    const struct stat *status = entry->fts_statp;
    const int64_t facts[] = {(int64_t)status->st_ino, status->st_mode,
                             status->st_size,         status->st_mtim.tv_sec,
                             status->st_mtim.tv_nsec, status->st_ctim.tv_sec,
                             status->st_ctim.tv_nsec};
    SHA256_Init(&hash);
    SHA256_Update(&hash, (const uint8_t *)entry->fts_path, entry->fts_pathlen);
    SHA256_Update(&hash, (const uint8_t *)facts, sizeof facts);
    SHA256_Final(digest, &hash);
    memcpy(&number, digest, sizeof number);
    return number;
}

// A number for all that is below the folder: a sum, for entries come in any order. What git keeps
// for itself is left out; what it checks out is not.
static uint64_t look(const char *folder)
{
    uint64_t sum = 0;
    char path[strlen(folder) + 1];
    char *const roots[] = {strcpy(path, folder), NULL};
    FTS *walk = fts_open(roots, FTS_PHYSICAL | FTS_NOCHDIR, NULL);
    for (FTSENT *entry; walk && (entry = fts_read(walk)) != NULL;) {
        if (entry->fts_info == FTS_D && strcmp(entry->fts_name, ".git") == 0)
            fts_set(walk, entry, FTS_SKIP);
        else if (entry->fts_info != FTS_DP && entry->fts_info != FTS_NS)
            sum += entry_number(entry);
    }
    if (walk)
        fts_close(walk);
    return sum;
}

static void rest(double seconds)
{
    struct timespec pause = {.tv_sec = (time_t)seconds,
                             .tv_nsec = (long)((seconds - floor(seconds)) * 1e9)};
    while (nanosleep(&pause, &pause) != 0)
        continue;
}

void grade_watch(const char *folder, bool (*judge)(void *argument), void *argument)
{
    uint64_t judged = look(folder), before = judged;
    int changing = 0, failed = judge(argument) ? 0 : 1;
    for (;;) {
        double started = moment_now();
        uint64_t now = look(folder);
        changing = now == judged ? 0 : changing + 1;
        bool due = changing > 0 && (now == before || changing > PATIENCE);
        if (due || failed > RETRY) {
            failed = judge(argument) ? 0 : 1;
            judged = now;
            changing = 0;
        }
        failed += failed > 0;
        before = now;
        rest(fmax(pause_least, pause_share * (moment_now() - started)));
    }
}
