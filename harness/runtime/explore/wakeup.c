// Wakeup trees (wakeup.h).

#include "wakeup.h"

#include <string.h>

#include "dependence.h"

enum { BRANCHES_MOST = 1 << 18 };

void branches_begin(struct branches *branches, void *(*map)(size_t size))
{
    *branches = (struct branches){.most = BRANCHES_MOST};
    branches->room = map(BRANCHES_MOST * sizeof *branches->room);
}

struct branch *branch_new(struct branches *branches)
{
    struct branch *branch = branches->given_back;
    if (branch != NULL) {
        branches->given_back = branch->next;
    } else if (branches->used < branches->most) {
        branch = &branches->room[branches->used++];
    } else {
        branches->overflowed = true;
        return NULL;
    }
    memset(branch, 0, sizeof *branch);
    return branch;
}

void branch_give_back(struct branches *branches, struct branch *branch)
{
    branch->next = branches->given_back;
    branches->given_back = branch;
}

// ---- Initials ----

static bool happens_before(const struct element *earlier, const struct element *later)
{
    return later->clock[earlier->thread] > earlier->position;
}

static uint32_t first_of(const struct sequence *sequence, uint8_t thread)
{
    uint32_t index = 0;
    while (index < sequence->length && sequence->elements[index].thread != thread)
        index++;
    return index;
}

// Whether `thread` can come first with `operation`: its first element follows none before it; or it
// has none, and the operation could be put in front. `index` is set to that element, or to the
// sequence's length.
static bool is_initial(const struct sequence *sequence, uint8_t thread, int32_t choice,
                       const struct operation *operation, uint32_t *index)
{
    const struct element *elements = sequence->elements;
    *index = first_of(sequence, thread);
    if (*index == sequence->length) {
        for (uint32_t i = 0; i < sequence->length; i++)
            if (operations_conflict(operation, &elements[i].operation))
                return false;
        return true;
    }
    int32_t own = elements[*index].choice;
    if (choice != CHOICE_OPEN && own != CHOICE_OPEN && choice != own)
        return false;
    for (uint32_t i = 0; i < *index; i++)
        if (happens_before(&elements[i], &elements[*index]))
            return false;
    return true;
}

bool sequence_is_covered(const struct sequence *sequence, const struct sleepers *sleepers)
{
    uint32_t index;
    for (uint64_t left = sleepers->threads; left != 0; left &= left - 1) {
        uint8_t thread = (uint8_t)__builtin_ctzll(left);
        if (is_initial(sequence, thread, CHOICE_OPEN, &sleepers->operations[thread], &index))
            return true;
    }
    return false;
}

// ---- Insertion ----

static void take_away(struct sequence *sequence, uint32_t index)
{
    if (index == sequence->length)
        return;
    sequence->length--;
    memmove(&sequence->elements[index], &sequence->elements[index + 1],
            (sequence->length - index) * sizeof *sequence->elements);
}

// The branch among `tree` that the sequence could begin with; the element is taken away. NULL if
// there is none.
static struct branch *matching_branch(struct sequence *sequence, struct branch *tree)
{
    uint32_t index;
    for (struct branch *branch = tree; branch != NULL; branch = branch->next)
        if (is_initial(sequence, branch->thread, branch->choice, &branch->operation, &index)) {
            take_away(sequence, index);
            return branch;
        }
    return NULL;
}

// Links the branch into the tree: at the end, but different choices of one thread next to each
// other. For while one of them is still to be explored the thread must not go to sleep.
static void link_branch(struct branch **tree, struct branch *branch, uint8_t current)
{
    struct branch **place = tree;
    if (branch->thread != current)
        while (*place != NULL && (*place)->thread != branch->thread)
            place = &(*place)->next;
    while (*place != NULL && (*place)->thread == branch->thread)
        place = &(*place)->next;
    branch->next = *place;
    *place = branch;
}

// A branch for each element, each below the one before.
static void link_rest(const struct sequence *sequence, struct branches *branches,
                      struct branch **tree, uint8_t current)
{
    for (uint32_t i = 0; i < sequence->length; i++) {
        const struct element *element = &sequence->elements[i];
        struct branch *branch = branch_new(branches);
        if (branch == NULL)
            return;
        branch->thread = element->thread;
        branch->choice = element->choice;
        branch->operation = element->operation;
        link_branch(tree, branch, i == 0 ? current : THREADS_MAX);
        tree = &branch->children;
    }
}

void sequence_insert(struct sequence *sequence, struct branches *branches, struct branch **tree,
                     uint8_t current)
{
    struct branch *branch;
    while ((branch = matching_branch(sequence, *tree)) != NULL) {
        if (branch->children == NULL)
            return; // a leaf: all that follows it will be explored
        tree = &branch->children;
        current = THREADS_MAX;
    }
    link_rest(sequence, branches, tree, current);
}
