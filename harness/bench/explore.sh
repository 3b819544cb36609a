#!/usr/bin/env bash
# How fast the explorer runs schedules, and after how many it finds what fails seldom
# (sct/README.md). Never a test: the rates depend on the machine. The counts do not: the same seed
# gives the same schedules.
#
#     bash harness/bench/explore.sh [BUILD] [SEEDS] [SCHEDULES]
#
# For each program: the mean number of schedules to the first failure over so many seeds, by each
# chooser alone and by all in rotation, which is what judges; the dry run counts as the first. "-"
# stands for a chooser that did not find it within SCHEDULES for every seed; in brackets, for how
# many it did.
#
# To compare with: on the 29 C programs of SCTBench's set CS, in 10 trials each, PCT(3) (Burckhardt
# and others, ASPLOS 2010) and POS (Yuan and others, CAV 2018) are reported to find 28 to 29, SURW
# (Zhao and others, ASPLOS 2025) 27, a random walk 25; the tools published with SURW and with RFF
# (Wolff and others, ASPLOS 2024) run 10 to 390 schedules a second. The programs here follow the
# same patterns, but they are other programs: compare magnitudes, not digits. At most 64 threads
# live at once here, so that reorder_100 and twostage_100 have no counterpart.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
build=$(realpath "${1:-build}")
seeds=${2:-20}
schedules=${3:-1000}
clang=${CLANG:-clang}

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
for source in "$here"/sct/*.c; do
    "$clang" "@$build/explore.flags" "$source" -o "$(basename "$source" .c)"
done

# explore WORDS PROGRAM [ARGUMENT]: searches; the report is explore.json. Prints the seconds of processor
# time that it took: what else the machine does counts less in these.
explore() {
    local words=$1 TIMEFORMAT='%U %S'
    shift
    { time RACELINGS_EXPLORE=$words "./$1" "${@:2}" > /dev/null 2>&1; } 2>&1 | awk '{ print $1 + $2 }'
}

# Prints the value of a number in the report's "driver".
driver() {
    tr -d '\n' < explore.json | sed -n "s/.*\"driver\": *{[^}]*\"$1\": *\([0-9]*\).*/\1/p"
}

rate() {
    local name=$1 words=$2 took
    shift 2
    took=$(explore "$words" "$@")
    awk -v name="$name" -v steps="$(driver longest)" -v schedules="$(driver schedules)" \
        -v took="$took" 'BEGIN {
            rate = schedules / took
            printf "%-20s %6d schedules of %d steps: %7.0f a second", name, schedules, steps, rate
            printf "; of 20 steps: %7.0f\n", rate * steps / 20 }'
}

echo "One core, everything included:"
rate 'inside one process' 'runs=300000 schedules=1' updates 3
rate 'a process for each' 'runs=0 schedules=2000' updates 2
echo

# When the first failure came, in one search; nothing if none did.
first_failure() {
    tr -d '\n' < explore.json | grep -o '"found_at": *[0-9]*' | grep -o '[0-9]*$' | sort -n |
        head -n 1
}

# The mean over all seeds, for one chooser ("" for all in rotation).
mean() {
    local chooser=$1 found=0 sum=0 at seed
    shift
    for ((seed = 1; seed <= seeds; seed++)); do
        explore "runs=0 schedules=$schedules seed=$seed $chooser" "$@" > took
        at=$(first_failure)
        if [ -n "$at" ]; then
            found=$((found + 1))
            sum=$((sum + at))
        fi
    done
    if ((found == seeds)); then
        awk -v sum="$sum" -v found="$found" 'BEGIN { printf "%9.1f", sum / found }'
    else
        printf '%9s' "-($found)"
    fi
}

echo "Mean schedules to the first failure, $seeds seeds, at most $schedules:"
printf '%-14s %9s %9s %9s %9s %9s\n' program walk pct pos surw all
for program in 'reorder 3' 'reorder 5' 'reorder 10' 'reorder 20' 'reorder 50' 'twostage 20' \
    'twostage 50' bluetooth stealing buffer token wakeup; do
    read -r -a words <<< "$program"
    printf '%-14s' "$program"
    for chooser in chooser=walk chooser=pct chooser=pos chooser=surw ''; do
        printf ' %s' "$(mean "$chooser" "${words[@]}")"
    done
    echo
done
cat << 'END'

Published, of the 29 C programs of SCTBench's set CS in 10 trials each: PCT and POS find 28 to 29,
SURW 27, a random walk 25.
END
