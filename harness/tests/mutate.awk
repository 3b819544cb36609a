# One change to how a C file synchronises: the one numbered `wanted`, counted from 1 in the order of
# the file.
#
#     awk -v wanted=3 -f mutate.awk answer.c > mutant.c
#
# Says on standard error what was changed, and where: "12: unlock left out". Exit status 1 if there
# are fewer changes than that, and then the output is the file unchanged.

BEGIN {
    # A statement of its own that consists of such a call is left out.
    calls["(pthread_(mutex|rwlock|spin)_(timed|rd|wr)?lock|mtx_lock)"] = "lock"
    calls["(pthread_(mutex|rwlock|spin)_unlock|mtx_unlock)"] = "unlock"
    calls["(pthread_cond_(timed)?wait|cnd_wait)"] = "wait"
    calls["(pthread_cond_signal|cnd_signal)"] = "signal"
    calls["(pthread_cond_broadcast|cnd_broadcast)"] = "broadcast"
    calls["pthread_barrier_wait"] = "barrier"
    calls["(pthread_join|thrd_join)"] = "join"
    calls["sem_post"] = "post"
    calls["sem_wait"] = "wait for the semaphore"
    calls["pthread_once"] = "call once"
    calls["atomic_thread_fence"] = "fence"
}

# Whether this change is the one that is wanted.
function is_wanted(what) {
    if (++count != wanted)
        return 0
    print FNR ": " what > "/dev/stderr"
    return 1
}

# Changes the first match of `old` from there on, if wanted.
function change(old, new, what) {
    if ($0 ~ old && is_wanted(what))
        sub(old, new)
}

# The next line is needed to know a loop around a wait, so that each line is treated when that is
# known.
function treat(next_line,    call) {
    if ($0 ~ /^[ \t]*\/[\/*]/) { # a comment
        print
        return
    }
    for (call in calls)
        if ($0 ~ "^[ \t]*(\\(void\\))?" call "\\(.*\\);[ \t]*(//.*)?$" &&
            is_wanted(calls[call] " left out"))
            sub(call "\\(.*\\);", ";")
    if ($0 " " next_line ~ /(cond|cnd)_(timed)?wait/)
        change("while \\(", "if (", "while to if")
    change("(pthread_cond|cnd)_broadcast", "pthread_cond_signal", "broadcast to signal")
    change("pthread_rwlock_wrlock", "pthread_rwlock_rdlock", "write lock to read lock")
    change("memory_order_(acquire|release|acq_rel|seq_cst)", "memory_order_relaxed",
           "order to relaxed")
    change("__ATOMIC_(ACQUIRE|RELEASE|ACQ_REL|SEQ_CST)", "__ATOMIC_RELAXED", "order to relaxed")
    print
}

{ lines[FNR] = $0 }

END {
    last = FNR
    for (FNR = 1; FNR <= last; FNR++) {
        $0 = lines[FNR]
        treat(lines[FNR + 1])
    }
    exit count < wanted
}
