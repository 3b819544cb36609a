#!/usr/bin/env bash
# What grading a class costs beyond its tools: `racelings grade` against the same compile and run commands in
# a bare parallel shell loop without a sandbox, in one run, as a ratio. Never a test: machines are shared and
# noisy. The aims: at most 0.80 with 40 different submissions, clearly below 1 where most are the same, and
# less than 100 MB for the grader itself, less than 200 MB with 5,000 submissions of which 500 differ.
#
#     bash harness/bench/grading.sh [RACELINGS] [SUBMISSIONS] [ROUNDS] [LARGE]
#
# LARGE is the size of that large class (5000), a tenth of which is judged, which takes some minutes; 0: none.
# All submissions are right answers, so that every judge runs as often as it ever does. The two sides take
# turns, so that both meet the same noise; the ratio is that of the medians.
set -euo pipefail
racelings=$(realpath "${1:-build/racelings}")
count=${2:-40}
rounds=${3:-3}
large=${4:-5000}
cd "$(dirname "$0")/../.."

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
chmod 755 "$work"

# The class: solutions and other right answers, each the only file of its student.
mapfile -t answers < <(find solutions -path '*/also-right/*.c' | sort | head -n "$count")
entry() { printf '%s/student-%02d/%s' "$1" "$2" "$3"; } # CLASS NUMBER FOLDER
place() { # CLASS NUMBER ANSWER [MARK]: a mark, in a comment at the end, makes it different
    folder=$(dirname "$(dirname "$3")")
    folder=exercises/${folder#solutions/}
    target=$(entry "$1" "$2" "$folder")
    mkdir -p "$target"
    file=$target/$(sed -n 's/.*"edit": *\["\([^"]*\)"\].*/\1/p' "$folder/exercise.json")
    cp "$3" "$file"
    [ -z "${4:-}" ] || echo "// $4" >>"$file"
}
by_hand_script() { # CLASS NUMBER ANSWER
    name=$(basename "$(dirname "$(dirname "$3")")")
    TMPDIR=$work "$racelings" check "$name" --answer "$3" --commands |
        sed "s|racelings-by-hand/|racelings-by-hand/$1-$2-|g" > "$work/$1-$2.sh"
}
for i in "${!answers[@]}"; do
    place "$work/different" "$i" "${answers[$i]}"
    by_hand_script different "$i" "${answers[$i]}"
    place "$work/same" "$i" "${answers[$((i % 4))]}"
    by_hand_script same "$i" "${answers[$((i % 4))]}"
done
cores=$(nproc)

by_hand() { # CLASS
    printf '%s\n' "$work/$1"-*.sh | xargs -P "$cores" -n 1 sh >/dev/null 2>&1
}

# The most memory that the grader itself had, in kB; its children are not in it.
most=0
grade() { # CLASS [STUDENTS]
    rm -rf "$work/out"
    "$racelings" grade "$work/$1" --out "$work/out" -j "$cores" >"$work/said" 2>&1 &
    while kill -0 $! 2>/dev/null; do
        now=$(sed -n 's/^VmHWM:[[:space:]]*\([0-9]*\).*/\1/p' /proc/$!/status 2>/dev/null || true)
        [ "${now:-0}" -gt "$most" ] && most=$now
        sleep 0.2
    done
    wait $!
    grep -q " ${2:-${#answers[@]}} passed" "$work/said" || { cat "$work/said"; exit 1; }
}

microseconds() {
    local start=${EPOCHREALTIME/[^0-9]/}
    "$@"
    local end=${EPOCHREALTIME/[^0-9]/}
    echo $((end - start)) >> "$work/times-$1-$2"
}
median() { sort -n "$1" | sed -n "$(((rounds + 1) / 2))p"; }

printf '%-10s %12s %12s %8s\n' class 'racelings s' 'by hand s' ratio
for class in different same; do
    for ((i = 0; i < rounds; i++)); do
        microseconds grade $class
        microseconds by_hand $class
    done
    awk -v name=$class -v graded="$(median "$work/times-grade-$class")" \
        -v typed="$(median "$work/times-by_hand-$class")" \
        'BEGIN { printf "%-10s %12.1f %12.1f %8.2f\n", name, graded / 1e6, typed / 1e6, graded / typed }'
done
printf 'peak memory of the grader: %d MB\n' $((most / 1024))

if [ "$large" -gt 0 ]; then
    for ((i = 0; i < large; i++)); do
        different=$((i % ((large + 9) / 10)))
        place "$work/large" "$i" "${answers[$((different % ${#answers[@]}))]}" "$different"
    done
    most=0
    grade large "$large"
    printf 'with %d submissions, a tenth of them different: %d MB\n' "$large" $((most / 1024))
fi
