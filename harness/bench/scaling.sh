#!/usr/bin/env bash
# How long a large class takes on 1, 10, 100 machines that share the work (`racelings grade --part`), and where
# more of them stop to help: a simulation, of times that are measured here first.
#
#     bash harness/bench/scaling.sh [-s STUDENTS] [-e EXERCISES] [-d SHARE] [-c CORES] [-f MILLISECONDS] [-a ANSWERS]
#                                   [RACELINGS]
#
#     -s, -e   the class (3,000 students, 60 exercises)
#     -d       the share of the answers that are different, so must be judged (0.5)
#     -c       cores of one machine, each of which judges (8)
#     -f       what the file server takes for a file that is read; one that is written takes five times as long,
#              for it is made, written, forced to the disk and renamed (0.5)
#     -a       answers that are judged here for the measurement (30)
#
# Measured, as processor time, which a busy machine does not change much: each judgement of a sample of the
# course's right and wrong answers; reading an answer and finding it judged; collecting one. Simulated: every
# judgement's time is drawn from those measured and falls to a machine as by its digest; a machine reads the
# whole class, then its cores take one judgement after the other; the slowest machine ends the grading, and one
# of them collects, which reads all once more and writes five files for each student.
set -euo pipefail

students=3000 exercises=60 different=0.5 cores=8 answers=30 file=0.5
while getopts s:e:d:c:f:a: option; do
    case $option in
    s) students=$OPTARG ;;
    e) exercises=$OPTARG ;;
    d) different=$OPTARG ;;
    c) cores=$OPTARG ;;
    f) file=$OPTARG ;;
    a) answers=$OPTARG ;;
    *) exit 2 ;;
    esac
done
shift $((OPTIND - 1))
racelings=$(realpath "${1:-build/racelings}")
cd "$(dirname "$0")/../.."

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
chmod 755 "$work"

# hand_in CLASS STUDENT ANSWER
hand_in() {
    local folder
    folder=$(dirname "$(dirname "$3")")
    folder=exercises/${folder#solutions/}
    mkdir -p "$work/$1/$2/$folder"
    cp "$3" "$work/$1/$2/$folder/$(sed -n 's/.*"edit": *\["\([^"]*\)"\].*/\1/p' "$folder/exercise.json")"
}
# processor_time ARGUMENTS...: of `racelings grade` and all it runs, in seconds.
processor_time() {
    local status=0 TIMEFORMAT='%3U %3S'
    { time "$racelings" grade "$@" --quiet -j 1 >"$work/said" 2>&1 || status=$?; } 2>"$work/time"
    [ $status -le 1 ] || { cat "$work/said" >&2; exit 1; }
    awk '{ print $1 + $2 }' "$work/time"
}

# ---- Measuring ----

mapfile -t sample < <(find solutions -path '*/also-right/*.c' -o -path '*/still-wrong/*.c' | sort -R \
    --random-source=<(yes) | head -n "$answers")
hand_in first student "${sample[0]}"
processor_time "$work/first" --out "$work/out" --part 1/1 >/dev/null # the course's own objects are kept
for i in "${!sample[@]}"; do
    hand_in "only-$i" "student-$i" "${sample[$i]}"
    hand_in sample "student-$i" "${sample[$i]}"
    fresh=$(processor_time "$work/only-$i" --out "$work/fresh" --part 1/1)
    again=$(processor_time "$work/only-$i" --out "$work/fresh" --part 1/1)
    echo "$fresh $again" | awk '{ print $1 - $2 }'
done >"$work/judgements"

# Many students who each handed in all of these (one for an exercise): nothing is judged again.
copies=60
for ((copy = 0; copy < copies; copy++)); do
    for answer in "${sample[@]}"; do
        hand_in large "student-$copy" "$answer"
    done
done
many=$(find "$work/large" -name '*.c' | wc -l)
none=$(processor_time "$work/sample" --out "$work/fresh" --part 1/1)
reading=$(processor_time "$work/large" --out "$work/fresh" --part 1/1)
collecting=$(processor_time "$work/large" --out "$work/fresh" --collect)

# ---- Simulating ----

awk -v students="$students" -v exercises="$exercises" -v different="$different" -v cores="$cores" \
    -v many="$many" -v fewer="${#sample[@]}" -v none="$none" -v reading="$reading" \
    -v collecting="$collecting" -v file="$file" '
    { times[count++] = $1; sum += $1; if ($1 > most) most = $1 }

    function clock(s) {
        return s < 60 ? sprintf("%.1f s", s) : sprintf("%d:%02d:%02d", s / 3600, s / 60 % 60, s % 60)
    }
    # Puts the core that is free first, `busy[m, 0]`, to its place in the heap of machine m.
    function sift(m,    at, next_one, kept) {
        for (at = 0; (next_one = 2 * at + 1) < cores; at = next_one) {
            if (next_one + 1 < cores && busy[m, next_one + 1] < busy[m, next_one]) next_one++
            if (busy[m, at] <= busy[m, next_one]) break
            kept = busy[m, at]; busy[m, at] = busy[m, next_one]; busy[m, next_one] = kept
        }
    }
    # The moment at which the last of so many machines has judged all that fell to it.
    function judge(machines,    i, m, last) {
        delete busy
        for (m = 0; m < machines; m++) for (i = 0; i < cores; i++) busy[m, i] = 0
        for (i = 0; i < judgements; i++) {
            m = int(rand() * machines)
            busy[m, 0] += times[int(rand() * count)]
            if (busy[m, 0] > last) last = busy[m, 0]
            sift(m)
        }
        return last
    }
    END {
        srand(1)
        answers = students * exercises
        judgements = int(answers * different)
        own_read = (reading - none) / (many - fewer)
        own_collect = (collecting - reading) / many
        read = answers * (own_read + file / 1000)
        collect = read + answers * own_collect + (judgements + 5 * 5 * students) * file / 1000
        printf "measured: %d judgements, %.2f s each (to %.1f); an answer is read in %.2f ms, collected in %.2f ms\n",
            count, sum / count, most, 1000 * own_read, 1000 * own_collect
        printf "class: %d students x %d exercises, %d different answers; %d cores a machine\n\n", students,
            exercises, judgements, cores
        printf "%8s %12s %12s %12s %12s %11s\n", "machines", "reading", "judging", "collecting", "together", "efficiency"
        for (machines = 1; machines <= 1000; machines *= 10) {
            judging = judge(machines)
            all = read + judging + collect
            if (machines == 1) one = all
            printf "%8d %12s %12s %12s %12s %10.0f%%\n", machines, clock(read), clock(judging),
                clock(collect), clock(all), 100 * one / (machines * all)
        }
        printf "\nOnly judging is shared. On %d machines it takes as long as reading and collecting do; from there\n",
            sum / count * judgements / cores / (read + collect) + 0.5
        printf "on more machines gain less than half of what they cost.\n"
    }' "$work/judgements"
