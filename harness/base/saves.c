// See saves.h.
#define _GNU_SOURCE
#include "saves.h"

#include "files.h"
#include "moment.h"
#include "text.h"

#include <errno.h>
#include <limits.h>
#include <stdint.h>
#include <string.h>
#include <sys/inotify.h>
#include <sys/stat.h>
#include <sys/vfs.h>
#include <talloc.h>
#include <unistd.h>

enum {
    LOOK_EVERY = 500,   // ms, where there is nothing but looking
    CHECK_EVERY = 2000, // ms, whether inotify has kept silent about something
    SETTLE = 200,       // ms
};

// How a file stands: what differs after a save.
struct trace_of_file {
    bool there;
    off_t size;
    ino_t inode;
    struct timespec changed;
};

struct saves {
    const char *folder;
    const char *const *files;
    int notify;                   // -1: none
    const char *how;              // saves_how
    struct trace_of_file *traces; // of each file, as it was last seen
    double settles; // the moment at which what has begun counts as done; 0: nothing has
};

// File systems that do not tell of what other machines do, or of nothing at all: inotify accepts
// them.
static bool is_silent(const char *folder)
{
    static const unsigned silent[] = {
        0x6969,     // NFS
        0xff534d42, // CIFS
        0xfe534d42, // SMB 2
        0x517b,     // SMB
        0x01021997, // 9P: WSL's mounts of Windows drives, some virtual machines'
        0x65735546, // FUSE: sshfs, container desktops
        0x786f4256, // VirtualBox's shared folders
        0x5346414f, // AFS
        0x00c36400, // Ceph
    };
    struct statfs system;
    if (statfs(folder, &system) != 0)
        return false;
    for (size_t i = 0; i < sizeof silent / sizeof silent[0]; i++)
        if ((unsigned)system.f_type == silent[i])
            return true;
    return false;
}

static struct trace_of_file look_at(const struct saves *saves, const char *file)
{
    struct trace_of_file trace = {0};
    struct stat status;
    char *path = path_join(NULL, saves->folder, file);
    if (stat(path, &status) == 0)
        trace = (struct trace_of_file){true, status.st_size, status.st_ino, status.st_mtim};
    talloc_free(path);
    return trace;
}

static bool is_same(const struct trace_of_file *one, const struct trace_of_file *other)
{
    return one->there == other->there && one->size == other->size && one->inode == other->inode &&
           one->changed.tv_sec == other->changed.tv_sec &&
           one->changed.tv_nsec == other->changed.tv_nsec;
}

// Looks at all files; whether one stands otherwise than before.
static bool have_changed(struct saves *saves)
{
    bool changed = false;
    for (size_t i = 0; saves->files[i]; i++) {
        struct trace_of_file now = look_at(saves, saves->files[i]);
        changed |= !is_same(&now, &saves->traces[i]);
        saves->traces[i] = now;
    }
    return changed;
}

// Whether all files hold something, as far as the last look tells.
static bool are_whole(const struct saves *saves)
{
    for (size_t i = 0; saves->files[i]; i++)
        if (!saves->traces[i].there || saves->traces[i].size == 0)
            return false;
    return true;
}

static void give_up_notify(struct saves *saves, const char *how)
{
    if (saves->notify >= 0)
        close(saves->notify);
    saves->notify = -1;
    saves->how = how;
}

static int close_notify(struct saves *saves)
{
    give_up_notify(saves, "");
    return 0;
}

static const char looking[] = "polling (inotify does not work here)";

static void begin_notify(struct saves *saves)
{
    enum {
        EVENTS = IN_CLOSE_WRITE | IN_MODIFY | IN_MOVED_TO | IN_MOVED_FROM | IN_CREATE | IN_DELETE |
                 IN_ATTRIB | IN_DELETE_SELF | IN_MOVE_SELF
    };
    saves->notify = inotify_init1(IN_NONBLOCK | IN_CLOEXEC);
    saves->how = "inotify";
    if (saves->notify < 0 || is_silent(saves->folder) ||
        inotify_add_watch(saves->notify, saves->folder, EVENTS | IN_ONLYDIR) < 0)
        give_up_notify(saves, looking);
}

struct saves *saves_watch(const void *context, const char *folder, const char *const *files,
                          bool poll)
{
    struct saves *saves = talloc_zero(context, struct saves);
    saves->folder = talloc_strdup(saves, folder);
    saves->files = files;
    saves->traces = talloc_zero_array(saves, struct trace_of_file, (unsigned)list_count(files));
    saves->notify = -1;
    talloc_set_destructor(saves, close_notify);
    if (poll)
        give_up_notify(saves, "polling, as asked for");
    else
        begin_notify(saves);
    have_changed(saves);
    return saves;
}

int saves_descriptor(const struct saves *saves)
{
    return saves->notify;
}

int saves_patience(const struct saves *saves)
{
    if (saves->settles > 0) {
        double left = (saves->settles - moment_now()) * 1000;
        return left < 0 ? 0 : (int)left + 1;
    }
    return saves->notify < 0 ? LOOK_EVERY : CHECK_EVERY;
}

// What inotify has told: nothing of our files, that something is under way, that it is done.
enum news { NEWS_NONE, NEWS_BEGUN, NEWS_DONE };

static enum news news_in(struct saves *saves, const struct inotify_event *event)
{
    if (event->mask & (IN_DELETE_SELF | IN_MOVE_SELF | IN_IGNORED)) {
        give_up_notify(saves, "polling (the folder was moved)");
        return NEWS_DONE;
    }
    if (event->mask & IN_Q_OVERFLOW)
        return NEWS_DONE;
    if (event->len == 0 || !list_has(saves->files, event->name))
        return NEWS_NONE;
    return event->mask & (IN_CLOSE_WRITE | IN_MOVED_TO) ? NEWS_DONE : NEWS_BEGUN;
}

// Reads all that inotify has to tell.
static enum news read_news(struct saves *saves)
{
    _Alignas(struct inotify_event) char bytes[4096];
    enum news news = NEWS_NONE;
    ssize_t size;
    while (saves->notify >= 0 && (size = read(saves->notify, bytes, sizeof bytes)) > 0) {
        for (ssize_t at = 0; at < size && saves->notify >= 0;) {
            const struct inotify_event *event = (const struct inotify_event *)(bytes + at);
            enum news one = news_in(saves, event);
            news = one > news ? one : news;
            at += (ssize_t)(sizeof *event + event->len);
        }
    }
    return news;
}

bool saves_noticed(struct saves *saves)
{
    enum news news = read_news(saves);
    bool changed = have_changed(saves);
    if (changed && news == NEWS_NONE && saves->notify >= 0) {
        news = read_news(saves); // it may have come in between
        if (news == NEWS_NONE)
            give_up_notify(saves, looking);
    }
    if (news == NEWS_DONE && are_whole(saves)) {
        saves->settles = 0;
        return true;
    }
    if (changed || news != NEWS_NONE)
        saves->settles = moment_now() + SETTLE / 1000.0;
    if (saves->settles == 0 || moment_now() < saves->settles)
        return false;
    saves->settles = 0;
    return true;
}

const char *saves_how(const struct saves *saves)
{
    return saves->how;
}
