#!/bin/bash
# What waiting costs at the desk: from saving a file to the first judge's word, and to the last's, in
# `racelings watch`; against building and running the program with `clang -fsanitize=thread` by hand, and
# against each judge alone. All of it in turns, RUNS times, and the medians of it: what else the machine
# does meets all of them. The targets: the first word at most 0.6 of doing it by hand, the last at most the
# slowest judge alone and 15 % (on two idle cores).
#
#     watch.sh RACELINGS COURSE [RUNS]
set -eu
racelings=$(realpath "$1")
course=$(realpath "$2")
runs=${3:-9}
exercise=1-lost-updates/01-counter
folder=$(mktemp -d)
watcher=
finish() { [ -z "$watcher" ] || kill "$watcher" 2>/dev/null || true; rm -rf "$folder"; }
trap finish EXIT
trap 'exit 1' INT TERM

"$racelings" init "$folder/copy" counter >/dev/null
cd "$folder/copy"
file=exercises/$exercise/counter.c
clang=${CLANG:-clang}

# Seconds from $1 to $2, as bash tells moments.
between() { awk -v a="$1" -v b="$2" 'BEGIN { printf "%.3f\n", b - a }'; }
median() { sort -n "$1" | awk '{ all[NR] = $1 } END { print all[int((NR + 1) / 2)] }'; }
ratio() { awk -v a="$1" -v b="$2" 'BEGIN { printf "%.2f", a / b }'; }

# What the desk says, each line with the moment at which it came.
mkfifo "$folder/pipe"
: > "$folder/said"
while IFS= read -r line; do printf '%s %s\n' "$EPOCHREALTIME" "$line"; done \
    < "$folder/pipe" > "$folder/said" &
"$racelings" watch counter > "$folder/pipe" 2>&1 < /dev/null &
watcher=$!

word='^[0-9.]+ (counter +[a-z]+ +clean|counter, yours, [a-z]+:|[A-Z][A-Za-z ]+ and .* agree)'
finding='^[0-9.]+ counter, yours, [a-z]+:'

verdicts() { grep -c -E "$word" "$folder/said" || true; }

# Waits until so many verdicts were given.
await()
{
    until [ "$(verdicts)" -ge "$1" ]; do
        kill -0 "$watcher" || { echo "The desk has ended: $(tail -n 1 "$folder/said")" >&2; exit 1; }
        sleep 0.05
    done
}

# When line $1 of those that match $2 came, from line $3 of the desk's words on.
moment_of() { tail -n "+$3" "$folder/said" | grep -E "$2" | sed -n "$1p" | cut -d' ' -f1; }

# One answer, judged at the desk: all four judges speak of it.
at_the_desk()
{
    local before start from
    before=$(verdicts)
    from=$(($(wc -l < "$folder/said") + 1))
    { cat "$1"; echo "// $2"; } > "$folder/answer"
    start=$EPOCHREALTIME
    cat "$folder/answer" > "$file"
    await $((before + 4))
    between "$start" "$(moment_of 1 "$word" "$from")" >> "$folder/first"
    between "$start" "$(moment_of 4 "$word" "$from")" >> "$folder/last"
    if [ -n "$(moment_of 1 "$finding" "$from")" ]; then
        between "$start" "$(moment_of 1 "$finding" "$from")" >> "$folder/finding"
    fi
}

by_hand()
{
    local start=$EPOCHREALTIME
    "$clang" -g -O1 -fsanitize=thread -pthread -Iexercises/$exercise exercises/$exercise/main.c "$file" \
        -I"$course/harness/runtime/include" -o "$folder/by-hand"
    "$folder/by-hand" 1000 >/dev/null 2>&1 || true
    between "$start" "$EPOCHREALTIME" >> "$folder/hand"
}

alone()
{
    local start=$EPOCHREALTIME
    "$racelings" check counter --detector "$1" --quiet >/dev/null 2>&1 || true
    between "$start" "$EPOCHREALTIME" >> "$folder/alone-$1"
}

measure()
{
    local number judge slowest=0 seconds
    rm -f "$folder"/first "$folder"/finding "$folder"/last "$folder"/hand "$folder"/alone-*
    for number in $(seq "$runs"); do
        at_the_desk "$2" "$number"
        by_hand
        for judge in explore tsan helgrind native; do alone $judge; done
    done
    for judge in explore tsan helgrind native; do
        seconds=$(median "$folder/alone-$judge")
        slowest=$(awk -v a="$slowest" -v b="$seconds" 'BEGIN { print (a > b ? a : b) }')
        printf '%-12s %-10s alone   %6.3f s\n' "$1" "$judge" "$seconds"
    done
    printf '%-12s by hand            %6.3f s\n' "$1" "$(median "$folder/hand")"
    printf '%-12s first word         %6.3f s, %s of by hand\n' "$1" "$(median "$folder/first")" \
        "$(ratio "$(median "$folder/first")" "$(median "$folder/hand")")"
    [ ! -e "$folder/finding" ] ||
        printf '%-12s first finding      %6.3f s\n' "$1" "$(median "$folder/finding")"
    printf '%-12s last word          %6.3f s, %s of the slowest judge\n' "$1" "$(median "$folder/last")" \
        "$(ratio "$(median "$folder/last")" "$slowest")"
}

await 4 # of the program as it was handed out
measure racy "$course/solutions/$exercise/still-wrong/volatile.c"
measure right "$course/solutions/$exercise/counter.c"
