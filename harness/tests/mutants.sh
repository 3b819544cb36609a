#!/usr/bin/env bash
# Mutants of all right answers of the course - a lock, an unlock, a wait, a signal, a barrier, a
# join left out, a loop around a wait made an `if`, an order made relaxed - judged by the explorer.
# What it calls clean survives: either it means the same, or a scene is missing
# (exercises/.../scenes.c) that would tell.
#
#     bash harness/tests/mutants.sh [RACELINGS] [ANSWERS]
#
# ANSWERS is a pattern for the paths below solutions/, "03-refcount" for instance. For authors, not
# a test: it takes about a second for each mutant, and which survivors are equivalent only a person
# can say. Of 151 mutants of the reference solutions of 37 exercises none survived, nor of 54 of
# nine exercises of chapter 8. Ends with status 1 if an answer itself is not called clean.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
course=$(realpath "$here/../..")
racelings=$(realpath "${1:-$course/build/racelings}")
pattern=${2:-.}

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
touch "$work/found" "$work/survived" "$work/not-built"

# The verdict on a file as an answer to an exercise. None after two minutes, which counts as found:
# a mutant that waits busily with a lock in hand has no end, and the explorer does not give it up
# soon.
verdict() {
    (
        cd "$course"
        timeout 120 "$racelings" check "$1" --answer "$2" --detector explore --json - \
            2>/dev/null || true
    ) | sed -n 's/^ *"verdict": "\(.*\)",*$/\1/p' | head -n 1
}

# Judges all mutants of one answer.
judge_mutants() {
    local exercise=$1 answer=$2 folder=$3 mutant=1 what
    mkdir "$folder"
    while what=$(awk -v wanted=$mutant -f "$here/mutate.awk" "$answer" 2>&1 \
        > "$folder/mutant.c"); do
        local line="${answer#"$course"/}:$what"
        case $(verdict "$exercise" "$folder/mutant.c") in
        clean) echo "$line" | tee -a "$work/survived" ;;
        'does not build') echo "$line" >> "$work/not-built" ;;
        *) echo "$line" >> "$work/found" ;;
        esac
        mutant=$((mutant + 1))
    done
}

wrong=0
number=0
for exercise in "$course"/solutions/*/*/; do
    name=$(basename "$exercise" | sed 's/^[0-9]*-//')
    for answer in "$exercise"*.c "$exercise"also-right/*.c; do
        [[ -f $answer && $answer =~ $pattern ]] || continue
        number=$((number + 1))
        if [ "$(verdict "$name" "$answer")" != clean ]; then
            echo "${answer#"$course"/}: not called clean itself"
            wrong=1
            continue
        fi
        judge_mutants "$name" "$answer" "$work/$number"
    done
done
printf '%d answers: %d mutants found, %d survive, %d do not compile\n' "$number" \
    "$(wc -l < "$work/found")" "$(wc -l < "$work/survived")" "$(wc -l < "$work/not-built")"
exit $wrong
