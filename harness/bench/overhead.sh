#!/usr/bin/env bash
# What judging costs beyond its tools: `racelings check` against the same compile and run commands typed in a
# shell, which compiles everything each time, in one run, as a ratio for each detector. The harness keeps the
# course's objects, so it is quicker from the second check of an exercise on, which is what is measured. Never a
# test: machines are shared and noisy. The aims: at most 0.75 for ThreadSanitizer, 0.95 for Helgrind.
#
#     bash harness/bench/overhead.sh [RACELINGS] [EXERCISE] [ROUNDS]
#
# The two sides take turns, so that both meet the same noise; the ratio is that of the medians.
set -euo pipefail
racelings=$(realpath "${1:-build/racelings}")
exercise=${2:-counter}
rounds=${3:-15}

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# Runs a command and prints the microseconds it took.
microseconds() {
    local start=${EPOCHREALTIME/[^0-9]/}
    "$@" >/dev/null 2>&1
    local end=${EPOCHREALTIME/[^0-9]/}
    echo $((end - start))
}

median() { sort -n "$1" | sed -n "$(((rounds + 1) / 2))p"; }

printf '%-10s %12s %12s %8s\n' detector 'racelings ms' 'by hand ms' ratio
for detector in tsan helgrind native; do
    judge=("$racelings" check "$exercise" --variant fixed --detector "$detector" -j 1 --quiet)
    TMPDIR=$work "${judge[@]}" --commands > "$work/by-hand"
    "${judge[@]}" && sh "$work/by-hand" >/dev/null 2>&1 # both once before they are measured
    : > "$work/judged"; : > "$work/typed"
    for ((i = 0; i < rounds; i++)); do
        microseconds "${judge[@]}" >> "$work/judged"
        microseconds sh "$work/by-hand" >> "$work/typed"
    done
    awk -v name="$detector" -v judged="$(median "$work/judged")" -v typed="$(median "$work/typed")" \
        'BEGIN { printf "%-10s %12.1f %12.1f %8.2f\n", name, judged / 1000, typed / 1000, judged / typed }'
done
