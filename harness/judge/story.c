// Names what a story speaks of. A report knows objects by their addresses; people know them as the
// source writes them, `account->balance`. Where several steps touch one object, the best of their
// names is taken for all; where one name stands for several objects, they are numbered.

#include "story.h"

#include "base/text.h"
#include "source.h"

#include <string.h>
#include <talloc.h>

// What the report calls a deed, and what it is called in our own output.
static const struct {
    const char *reported;
    enum deed deed;
} reported_deeds[] = {
    {"start", DEED_START},
    {"exit", DEED_EXIT},
    {"create", DEED_CREATE},
    {"join", DEED_JOIN},
    {"read", DEED_READ},
    {"write", DEED_WRITE},
    {"update", DEED_UPDATE},
    {"lock", DEED_LOCK},
    {"timed lock", DEED_LOCK},
    {"write lock", DEED_LOCK},
    {"try lock", DEED_TRY_LOCK},
    {"try read-write lock", DEED_TRY_LOCK},
    {"read lock", DEED_READ_LOCK},
    {"unlock", DEED_UNLOCK},
    {"read-write unlock", DEED_UNLOCK},
    {"wait", DEED_WAIT},
    {"wake", DEED_WAKE},
    {"signal", DEED_SIGNAL},
    {"broadcast", DEED_BROADCAST},
    {"cancel", DEED_CANCEL},
    {"semaphore wait", DEED_TAKE},
    {"semaphore try", DEED_TRY_TAKE},
    {"semaphore post", DEED_POST},
    {"barrier arrive", DEED_BARRIER},
    {"meet", DEED_MEET},
    {"fence", DEED_FENCE},
    {"file", DEED_FILE},
    {"futex", DEED_FUTEX},
};

enum deed deed_find(const char *name)
{
    for (size_t i = 0; i < sizeof reported_deeds / sizeof reported_deeds[0]; i++)
        if (strcmp(reported_deeds[i].reported, name) == 0)
            return reported_deeds[i].deed;
    return DEED_OTHER;
}

static const char *const deed_names[DEED_COUNT] = {
    [DEED_OTHER] = "goes on",
    [DEED_START] = "starts",
    [DEED_EXIT] = "ends",
    [DEED_CREATE] = "creates a thread",
    [DEED_JOIN] = "joins",
    [DEED_READ] = "reads",
    [DEED_WRITE] = "writes",
    [DEED_UPDATE] = "updates",
    [DEED_LOCK] = "locks",
    [DEED_TRY_LOCK] = "tries to lock",
    [DEED_READ_LOCK] = "locks for reading",
    [DEED_UNLOCK] = "unlocks",
    [DEED_WAIT] = "waits on",
    [DEED_WAKE] = "wakes from",
    [DEED_SIGNAL] = "signals",
    [DEED_BROADCAST] = "wakes all of",
    [DEED_CANCEL] = "cancels a thread",
    [DEED_TAKE] = "takes from",
    [DEED_TRY_TAKE] = "tries to take from",
    [DEED_POST] = "posts to",
    [DEED_BARRIER] = "comes to",
    [DEED_MEET] = "meets at",
    [DEED_FENCE] = "issues a fence",
    [DEED_FILE] = "reads or writes a descriptor",
    [DEED_FUTEX] = "calls the futex",
};

const char *deed_name(enum deed deed)
{
    return deed_names[deed];
}

// ---- Names ----

// An object, and the best name found for it so far.
struct object {
    unsigned long address;
    const char *name;
    int rank;
    bool memory;         // not a lock or the like
    const char *members; // the one that it was accessed as, or several: "tram->lamp, door"
    bool packed;         // there are several: bit-fields that share it, or a union's
    bool part;           // of the same thing as an object before it, which has the same name
};

struct naming {
    const void *context;
    const char *root;
    struct object *objects; // in the order in which the story comes to them
    size_t count;
};

static struct object *object_at(struct naming *naming, unsigned long address)
{
    for (size_t i = 0; i < naming->count; i++)
        if (naming->objects[i].address == address)
            return &naming->objects[i];
    naming->objects =
        array_grow(naming->context, naming->objects, sizeof *naming->objects, naming->count);
    naming->objects[naming->count] = (struct object){.address = address, .rank = -1};
    return &naming->objects[naming->count++];
}

static void propose(struct object *object, const char *name, int rank)
{
    if (!name || rank <= object->rank)
        return;
    object->name = name;
    object->rank = rank;
}

// Takes in by which member of its structure the object is accessed.
static void note_member(const struct naming *naming, struct object *object, const char *name)
{
    const char *both =
        object->members ? source_members(naming->context, object->members, name) : NULL;
    if (both) {
        object->members = both;
        object->packed = true;
    } else if (!object->members && source_is_member(name))
        object->members = name;
}

static bool is_access(enum deed deed)
{
    return deed == DEED_READ || deed == DEED_WRITE || deed == DEED_UPDATE;
}

// A name from the source. A member ("account->balance") says more than a name alone, and a store
// points at its own operand while a load may share its place with others. What is accessed plainly
// where atomic_load(&x) stands is not x, but something else that is read for the operation.
static void propose_from_source(struct naming *naming, struct object *object, enum deed deed,
                                bool atomic, const struct place *place)
{
    bool operand = is_access(deed);
    char *line = place->file && place->column > 0
                     ? source_line(naming->context, naming->root, place->file, place->line)
                     : NULL;
    if (!line || (operand && !atomic && source_is_atomic(line, place->column)))
        return;
    char *(*read)(const void *, const char *, int) =
        deed == DEED_WRITE ? source_target : source_operand;
    char *name = operand ? read(naming->context, line, place->column) : NULL;
    if (name)
        note_member(naming, object, name);
    else if (deed == DEED_READ && !atomic)
        name = source_text(naming->context, line, place->column);
    else
        name = source_argument(naming->context, line, place->column);
    if (name)
        propose(object, name, 2 * (strpbrk(name, ".>") != NULL) + (deed != DEED_READ));
    talloc_free(line);
}

enum { RANK_OF_SYMBOL = 10 }; // what the symbol table says is certain

static void propose_step(struct naming *naming, const struct step *step)
{
    if (step->object < LOWEST_ADDRESS)
        return;
    struct object *object = object_at(naming, step->object);
    object->memory = step->size > 0 || is_access(step->deed);
    propose(object, step->name, RANK_OF_SYMBOL);
    if (object->rank < RANK_OF_SYMBOL)
        propose_from_source(naming, object, step->deed, step->order != NULL, &step->place);
}

static void propose_path(struct naming *naming, const struct path *path)
{
    for (size_t i = 0; i < path->count; i++)
        propose_step(naming, &path->steps[i]);
}

// What a thread waits for, and no step has been about, is called what it is called where the thread
// stands.
static void propose_awaited(struct naming *naming, const struct standing_thread *thread)
{
    struct object *object = object_at(naming, thread->object);
    const struct place *place = trace_own(&thread->where);
    propose(object, thread->name, RANK_OF_SYMBOL);
    if (!object->name && place)
        propose_from_source(naming, object, thread->deed, true, place);
}

static void propose_thread(struct naming *naming, const struct standing_thread *thread)
{
    if (thread->object >= LOWEST_ADDRESS)
        propose_awaited(naming, thread);
    for (size_t i = 0; i < thread->hold_count; i++) {
        const struct holding *hold = &thread->holds[i];
        struct object *object = object_at(naming, hold->object);
        const struct place *place = trace_own(&hold->taken);
        propose(object, hold->name, RANK_OF_SYMBOL);
        if (place)
            propose_from_source(naming, object, DEED_LOCK, false, place);
    }
}

enum { PIECE = 8 }; // the bytes that the explorer takes for one object

// Whether `other`, which has the same name, goes on where the memory from *low to *high, both
// included, ends or begins; then that reaches as far as `other` now. So do the pieces of a text that
// one call copies.
static bool goes_on(unsigned long *low, unsigned long *high, const struct object *other)
{
    if (!other->memory || other->address + PIECE < *low || other->address > *high + PIECE)
        return false;
    *low = other->address < *low ? other->address : *low;
    *high = other->address > *high ? other->address : *high;
    return true;
}

// Where one name stands for several objects they are numbered: "account->lock #2"; but not memory
// that is an element of an array, whose name is that of another one each time, nor that goes on
// where the same name's ends.
static void number_objects(struct naming *naming)
{
    for (size_t i = 0; i < naming->count; i++) {
        size_t same = 1;
        const char *name = naming->objects[i].name;
        unsigned long low = naming->objects[i].address, high = low;
        bool memory = naming->objects[i].memory;
        if (naming->objects[i].part || (name && memory && strchr(name, '[')))
            continue;
        for (size_t k = i + 1; name && k < naming->count; k++) {
            struct object *other = &naming->objects[k];
            if (!other->name || strcmp(other->name, name) != 0)
                continue;
            other->part = memory && goes_on(&low, &high, other);
            if (!other->part)
                other->name = talloc_asprintf(naming->context, "%s #%zu", name, ++same);
        }
        if (same > 1)
            naming->objects[i].name = talloc_asprintf(naming->context, "%s #1", name);
    }
}

// What several members lie in is called by all of them.
static void name_packed(struct naming *naming)
{
    for (size_t i = 0; i < naming->count; i++)
        if (naming->objects[i].packed && naming->objects[i].rank < RANK_OF_SYMBOL)
            naming->objects[i].name = naming->objects[i].members;
}

static const struct object *known_object(const struct naming *naming, unsigned long address)
{
    for (size_t i = 0; i < naming->count; i++)
        if (naming->objects[i].address == address)
            return &naming->objects[i];
    return NULL;
}

static const char *name_of(const struct naming *naming, unsigned long address)
{
    const struct object *object = known_object(naming, address);
    return object ? object->name : NULL;
}

static void name_path(const struct naming *naming, struct path *path)
{
    for (size_t i = 0; i < path->count; i++) {
        const struct object *object = known_object(naming, path->steps[i].object);
        path->steps[i].name = object ? object->name : NULL;
        path->steps[i].packed = object && object->packed;
    }
}

// What a thread has looked at last, which now goes in circles: the call in which it was stopped may
// be one to give way.
static unsigned long looked_at(const struct path *path, const struct standing_thread *thread)
{
    for (size_t i = path->count; i-- > 0;) {
        const struct step *step = &path->steps[i];
        bool looks =
            step->deed == DEED_READ || step->deed == DEED_TRY_LOCK || step->deed == DEED_UPDATE;
        if (looks && step->thread == thread->thread && step->object >= LOWEST_ADDRESS)
            return step->object;
    }
    return 0;
}

static void name_threads(const struct naming *naming, struct story *story)
{
    for (size_t i = 0; i < story->thread_count; i++) {
        struct standing_thread *thread = &story->threads[i];
        unsigned long object = thread->object;
        if (thread->stand == STAND_SPINS && object < LOWEST_ADDRESS)
            object = looked_at(&story->bad, thread);
        thread->name = name_of(naming, object);
        for (size_t k = 0; k < thread->hold_count; k++)
            thread->holds[k].name = name_of(naming, thread->holds[k].object);
    }
}

// ---- Locks held at an access ----

// Takes `object` to the list of what a thread holds, or from it.
static void follow_lock(const struct step *step, unsigned long **held, size_t *count)
{
    bool takes = step->deed == DEED_LOCK || step->deed == DEED_READ_LOCK;
    unsigned long object =
        step->deed == DEED_WAIT || step->deed == DEED_WAKE ? step->other : step->object;
    if (takes || step->deed == DEED_WAKE) {
        *held = array_grow(NULL, *held, sizeof **held, *count);
        (*held)[(*count)++] = object;
    } else if (step->deed == DEED_UNLOCK || step->deed == DEED_WAIT) {
        for (size_t i = *count; i-- > 0;)
            if ((*held)[i] == object) {
                memmove(*held + i, *held + i + 1, (*count - i - 1) * sizeof **held);
                --*count;
                break;
            }
    }
}

// ---- Where a race has happened ----

enum { GRANULE = 8 }; // accesses are told apart by the 8 bytes they lie in

static bool makes(const struct step *step, const struct access *access, unsigned long memory)
{
    return step->thread == access->thread && access->trace.count > 0 &&
           step->place.address == access->trace.places[0].address &&
           step->object / GRANULE == memory / GRANULE;
}

// The first step from `from` on that makes the access; the path's length if there is none.
static size_t step_of(const struct story *story, const struct access *access, size_t from)
{
    while (from < story->bad.count && !makes(&story->bad.steps[from], access, story->memory))
        from++;
    return from;
}

// Cuts the story off behind the later access of a race: what comes then is of no interest. Leaves
// in `steps` which steps the accesses are, the path's length for one that is none.
static void cut_race(struct story *story, const struct finding *finding, size_t steps[2])
{
    steps[1] = step_of(story, &finding->accesses[1], 0);
    steps[0] = step_of(story, &finding->accesses[0], steps[1]);
    for (size_t i = 0; i < 2; i++)
        if (steps[i] < story->bad.count)
            story->bad.steps[steps[i]].racing = true;
    if (steps[0] < story->bad.count)
        story->bad.count = steps[0] + 1;
}

// The locks that the access's thread held then. Not told where a lock was tried, because a report
// does not say whether it was got, or where the access is no step of its own.
static void list_locks(const void *context, const struct naming *naming, const struct path *path,
                       size_t end, struct access *access)
{
    size_t count = 0;
    unsigned long *held = NULL;
    bool known = end < path->count;
    for (size_t i = 0; i < end && known; i++) {
        const struct step *step = &path->steps[i];
        if (step->thread != access->thread)
            continue;
        known = step->deed != DEED_TRY_LOCK;
        follow_lock(step, &held, &count);
    }
    if (known)
        access->locks = list_new(context);
    for (size_t i = 0; i < count && known; i++) {
        const char *name = name_of(naming, held[i]);
        list_add(&access->locks, name ? name : "a lock");
    }
    talloc_free(held);
}

// ---- A hand-over that orders nothing ----

static bool changes_atomically(const struct step *step)
{
    return step->order && (step->deed == DEED_WRITE || step->deed == DEED_UPDATE);
}

static bool gives_atomically(const struct step *step)
{
    return step->order && (step->deed == DEED_READ || step->deed == DEED_UPDATE);
}

static bool releases(const char *order)
{
    return strcmp(order, "release") == 0 || strcmp(order, "acq_rel") == 0 ||
           strcmp(order, "seq_cst") == 0;
}

static bool acquires(const char *order)
{
    return strcmp(order, "acquire") == 0 || strcmp(order, "acq_rel") == 0 ||
           strcmp(order, "seq_cst") == 0 || strcmp(order, "consume") == 0;
}

// The last atomic write to `object` before step `end`; NULL if there is none.
static const struct step *last_change(const struct path *path, unsigned long object, size_t end)
{
    while (end-- > 0)
        if (path->steps[end].object == object && changes_atomically(&path->steps[end]))
            return &path->steps[end];
    return NULL;
}

// Whether a fence lies between the two accesses: then what orders them is not told by the
// operations.
static bool has_fence(const struct path *path, size_t first, size_t second)
{
    for (size_t i = first; i < second; i++)
        if (path->steps[i].deed == DEED_FENCE)
            return true;
    return false;
}

// The hand-over whose second half is step `index`: it gives what `thread` has stored since step
// `first`. Without a store if it is none.
static struct handover handover_at(const struct path *path, size_t first, size_t index)
{
    const struct step *load = &path->steps[index];
    const struct step *store =
        gives_atomically(load) && !load->older ? last_change(path, load->object, index) : NULL;
    if (!store || store < &path->steps[first] || store->thread != path->steps[first].thread)
        return (struct handover){.store = NULL};
    return (struct handover){.store = store,
                             .load = load,
                             .needs_release = !releases(store->order),
                             .needs_acquire = !acquires(load->order)};
}

// How much would have to change: a driver's own marks are relaxed on purpose.
static int distance(const struct handover *handover)
{
    const char *file = handover->store->place.file;
    const char *slash = file ? strrchr(file, '/') : NULL;
    bool driver = file && strcmp(slash ? slash + 1 : file, "scenes.c") == 0;
    return 4 * driver + handover->needs_release + handover->needs_acquire;
}

// Looks for an atomic operation by which the thread of the later access, `second`, learned of what
// the thread of the earlier one, `first`, did after it; of several for the one that misses the
// least.
static void find_handover(struct story *story, size_t first, size_t second)
{
    const struct path *path = &story->bad;
    if (second >= path->count || has_fence(path, first, second))
        return;
    for (size_t i = second; i-- > first + 1;) {
        struct handover found = {.store = NULL};
        if (path->steps[i].thread == path->steps[second].thread)
            found = handover_at(path, first, i);
        if (found.store &&
            (!story->handover.store || distance(&found) < distance(&story->handover)))
            story->handover = found;
    }
}

void story_name(const void *context, const char *root, struct finding *finding)
{
    struct story *story = finding->story;
    struct naming naming = {.context = context, .root = root};
    bool race = finding->kind == KIND_DATA_RACE && finding->access_count == 2;
    size_t steps[2];
    if (race)
        cut_race(story, finding, steps);
    propose_path(&naming, &story->bad);
    propose_path(&naming, &story->good);
    for (size_t i = 0; i < story->thread_count; i++)
        propose_thread(&naming, &story->threads[i]);
    name_packed(&naming);
    number_objects(&naming);
    name_path(&naming, &story->bad);
    name_path(&naming, &story->good);
    name_threads(&naming, story);
    if (race)
        find_handover(story, steps[1], steps[0]);
    for (size_t i = 0; race && i < 2; i++)
        list_locks(context, &naming, &story->bad, steps[i], &finding->accesses[i]);
    talloc_free(naming.objects);
}

// ---- Waiting ----

static bool is_stuck(const struct standing_thread *thread)
{
    return thread->stand == STAND_WAITS || thread->stand == STAND_SPINS;
}

// Whether another thread cannot go on for what this one holds, or does not come to posting.
static bool keeps_waiting(const struct story *story, const struct standing_thread *thread)
{
    for (size_t i = 0; i < story->thread_count; i++) {
        const struct standing_thread *other = &story->threads[i];
        if (other == thread || !is_stuck(other))
            continue;
        if (other->posts.count > 0 && other->poster == thread->thread)
            return true;
        bool locks = other->deed == DEED_LOCK || other->deed == DEED_READ_LOCK;
        for (size_t k = 0; locks && k < thread->hold_count; k++)
            if (thread->holds[k].object == other->object)
                return true;
    }
    return false;
}

bool story_waits(const struct story *story, const struct standing_thread *thread)
{
    if (!is_stuck(thread) || thread->deed != DEED_JOIN || keeps_waiting(story, thread))
        return is_stuck(thread);
    for (size_t i = 0; i < story->thread_count; i++)
        if (is_stuck(&story->threads[i]) && story->threads[i].deed != DEED_JOIN)
            return false;
    return true;
}

bool story_hangs(const struct finding *finding, const struct standing_thread *thread)
{
    return story_waits(finding->story, thread) ||
           (finding->kind == KIND_NO_END && thread->stand == STAND_RUNS);
}
