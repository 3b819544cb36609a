#!/bin/sh
# Handouts as students use them: nothing of the solutions is in one, its links lead somewhere, and
# its own build and tests tell right from wrong. Compiles the harness once more, which takes its time.
#
#     sh harness/tests/handout.sh RACELINGS COURSE
set -eu
LC_ALL=C
export LC_ALL
racelings=$1
course=$2
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

fail() {
    cat "$work/log" >&2
    echo "FAILED: $*" >&2
    exit 1
}

# All lines of the files below the folders given, without what surrounds them, each once.
lines() { find "$@" -type f -exec cat {} + | sed 's/^[[:space:]]*//; s/[[:space:]]*$//' | sort -u; }

# ---- Nothing of the solutions ----

"$racelings" handout "$work/all" > "$work/log" 2>&1 || fail "the course cannot be handed out"
cd "$course"
lines solutions | awk 'length > 24' > "$work/of-solutions"
lines exercises harness/*.[ch] harness/[!t]*/ cmake > "$work/of-the-rest"
comm -23 "$work/of-solutions" "$work/of-the-rest" > "$work/secret"
[ "$(wc -l < "$work/secret")" -gt 1000 ] || fail "there is hardly a line that only solutions have"
lines "$work/all" | comm -12 - "$work/secret" > "$work/log"
[ ! -s "$work/log" ] || fail "these lines of solutions are in the handout"
find "$work/all" -name solutions -o -path '*/exercises/*solution*' -o -path '*tests*' -o -name '*.mine' > "$work/log"
[ ! -s "$work/log" ] || fail "these have no place in a handout"

# ---- One exercise of a chapter ----

"$racelings" handout "$work/one" counter > "$work/log" 2>&1 ||
    fail "one exercise cannot be handed out"
cd "$work/one"
find exercises README.md -name '*.md' | while read -r page; do
    grep -o '\](\([^)]*\))' "$page" | sed 's/^](//; s/)$//; s/#.*//' | while read -r target; do
        case $target in
        '' | *://*) ;;
        *) [ -e "$(dirname "$page")/$target" ] || echo "$page: $target" ;;
        esac
    done
done > "$work/log"
[ ! -s "$work/log" ] || fail "these links lead nowhere"

# ---- A track of chapters ----

"$racelings" handout "$work/track" processes > "$work/log" 2>&1 ||
    fail "a track cannot be handed out"
(cd "$course/exercises" && ls -d 9-processes/[0-9]*) > "$work/on-the-track"
(cd "$work/track/exercises" && ls -d [0-9]*/[0-9]*) > "$work/handed-out"
cmp -s "$work/on-the-track" "$work/handed-out" || fail "a track is more, or less, than its chapters"
"$racelings" list processes --names --course "$work/track" > "$work/log" 2>&1 ||
    fail "a handout does not know its track"
[ "$(tail -n 1 "$work/log")" = processes ] || fail "a track is not among the names"

# ---- In use ----

file=exercises/1-lost-updates/01-counter/counter.c
solution=$course/solutions/1-lost-updates/01-counter

# Not optimised: that is most of what compiling takes, and tells nothing about a handout.
prove() { CMAKE_BUILD_TYPE=Debug RACELINGS_INSTALL=no sh cmake/bootstrap.sh prove > "$work/log" 2>&1; }
said() { grep -q "$1" "$work/log" || fail "it does not say: $1"; }

prove || fail "as handed out, it does not prove"
said '^Each starting program is reported as promised (1), each that you have edited is clean (0)\.$'
said 'counter.tsan.yours .*Skipped'
said 'tests passed, 0 tests failed out of 9$' # one of them builds

cp "$solution/counter.c" $file
prove || fail "the right answer does not pass"
said '(0), each that you have edited is clean (1)\.$'
said 'counter.tsan.yours .*Passed'
said 'counter.tsan.broken .*Skipped'

cp "$solution/still-wrong/volatile.c" $file
! prove || fail "a wrong answer passes"
said 'counter.tsan.yours .*Failed'
said 'reports a data race on counter->value'
said "racelings hint counter"

# ---- Moved ----

mv "$work/one" "$work/moved"
cd "$work/moved"
! build/racelings list > "$work/log" 2>&1 || fail "a moved program lists a course"
said "$work/one,"
said 'rm -r build && sh cmake/bootstrap.sh prove'
! ctest --test-dir build -L race > "$work/log" 2>&1 || fail "a moved build folder is tested"
said 'This build folder was made for'

# bootstrap sees to it. What CMake would do then is not of interest: this one does nothing.
mkdir "$work/bin"
printf '#!/bin/sh\n[ -e build/CMakeCache.txt ] && echo "a cache is here"\nexit 1\n' > "$work/bin/cmake"
chmod +x "$work/bin/cmake"
PATH=$work/bin:$PATH
! prove || fail "without CMake it proves"
said 'another place or with another compiler: making it anew'
! grep -q 'a cache is here' "$work/log" || fail "the cache of the old place is used"
