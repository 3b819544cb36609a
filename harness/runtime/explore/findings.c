// What an outcome says about the program (findings.h).

#include "findings.h"

enum kind ending_kind(enum ending ending)
{
    switch (ending) {
    case ENDED_WRONG: return KIND_WRONG;
    case ENDED_ASSERTION: return KIND_ASSERTION;
    case ENDED_ABORT: return KIND_ABORT;
    case ENDED_CRASH: return KIND_CRASH;
    case ENDED_DEADLOCK: return KIND_DEADLOCK;
    case ENDED_LOST_WAKEUP: return KIND_LOST_WAKEUP;
    case ENDED_NO_PROGRESS: return KIND_NO_PROGRESS;
    case ENDED_WAITS: return KIND_WAITS;
    case ENDED_WELL:
    case ENDED_HEAP: // its fault tells
    case ENDED_STEPS:
    case ENDED_PRUNED:
    case ENDED_PAUSED:
    case ENDED_UNSUPPORTED: break;
    }
    return KIND_NONE;
}

static struct signature signature_of(const struct fault *fault)
{
    struct signature signature = {fault->kind, {0, 0}};
    if (fault->kind != KIND_RACE)
        return signature;
    uintptr_t first = fault->accesses[0].stack.frames[0];
    uintptr_t second = fault->accesses[1].stack.frames[0];
    signature.places[0] = first < second ? first : second;
    signature.places[1] = first < second ? second : first;
    return signature;
}

bool outcome_fault(const struct outcome *outcome, uint32_t index, struct signature *signature)
{
    uint32_t kept = outcome->fault_count < FAULTS_MOST ? outcome->fault_count : FAULTS_MOST;
    if (index < kept) {
        *signature = signature_of(&outcome->faults[index]);
        return true;
    }
    *signature = (struct signature){ending_kind(outcome->ending), {0, 0}};
    return index == kept && signature->kind != KIND_NONE;
}

bool signatures_equal(const struct signature *one, const struct signature *other)
{
    return one->kind == other->kind && one->places[0] == other->places[0] &&
           one->places[1] == other->places[1];
}

bool outcome_shows(const struct outcome *outcome, const struct signature *wanted)
{
    struct signature shown;
    for (uint32_t i = 0; outcome_fault(outcome, i, &shown); i++)
        if (signatures_equal(&shown, wanted))
            return true;
    return false;
}
