#!/usr/bin/env bash
# How surely the plain run catches what no detector sees: every wrong answer that is caught by it alone is
# run many times with each of the judge's nudges (RACELINGS_NUDGE, see runtime/native/native_nudge.c), beside busy
# loops, and what went undetected is counted. For authors: an answer that is caught with one nudge out of
# four, and not always, will one day be accepted. Rearrange its driver.
#
#     bash harness/bench/chances.sh [-n RUNS] [-b BUSY_LOOPS] [EXERCISE...]
#
# One line an answer: how many of RUNS (default 10) came out right without a nudge, and with 1, 2, 3, 4. A
# program that hangs is run once.
set -euo pipefail
cd "$(dirname "$0")/../.."

runs=10 busy=3
while getopts n:b: option; do
    case $option in
    n) runs=$OPTARG ;;
    b) busy=$OPTARG ;;
    *) exit 2 ;;
    esac
done
shift $((OPTIND - 1))
racelings=$(realpath "${RACELINGS:-build/racelings}")
seconds=10 # more than any of them needs, if it does not hang

work=$(mktemp -d)
loops=()
trap 'kill "${loops[@]}" 2>/dev/null || :; rm -rf "$work"' EXIT
for ((i = 0; i < busy; i++)); do
    while :; do :; done &
    loops+=($!)
done

# Prints how many runs of the command in $1 with nudge $2 came out right.
undetected() {
    local right=0 status
    for ((run = 0; run < runs; run++)); do
        status=0
        RACELINGS_NUDGE=$2 timeout $seconds sh "$1" >/dev/null 2>&1 || status=$?
        [ $status != 124 ] || break
        [ $status != 0 ] || right=$((right + 1))
    done
    echo $right
}

printf '%-44s %5s %5s %5s %5s %5s   of %d\n' 'came out right, with nudge' none 1 2 3 4 "$runs"
for answer in solutions/*/*/still-wrong/*.c; do
    grep -qx '// Caught by: native' "$answer" || continue
    exercise=$(sed 's!.*/[0-9]*-\(.*\)/still-wrong/.*!\1!' <<<"$answer")
    [ $# = 0 ] || [[ " $* " == *" $exercise "* ]] || continue
    TMPDIR=$work "$racelings" check "$exercise" --answer "$answer" --detector native --commands > "$work/all"
    grep -v '^env ' "$work/all" | sh
    grep '^env ' "$work/all" | sed -n '1s/RACELINGS_NUDGE=[0-9]*/RACELINGS_NUDGE="$RACELINGS_NUDGE"/p' > "$work/run"
    counts=()
    for nudge in 0 1 2 3 4; do
        counts+=("$(undetected "$work/run" $nudge)")
    done
    printf '%-44s %5d %5d %5d %5d %5d\n' "$exercise $(basename "$answer" .c)" "${counts[@]}"
done
