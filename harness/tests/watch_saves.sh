#!/bin/sh
# The desk in plain lines, and what is left of a hundred saves in ten seconds: the verdict on the last one,
# and no process.
#
#     watch_saves.sh RACELINGS COURSE
set -eu
racelings=$1
course=$2
solution=$course/solutions/1-lost-updates/01-counter
file=exercises/1-lost-updates/01-counter/counter.c
folder=$(mktemp -d)
TMPDIR=$folder/temporary
export TMPDIR
mkdir "$TMPDIR"
watcher=
finish() { [ -z "$watcher" ] || kill "$watcher" 2>/dev/null || true; rm -rf "$folder"; }
trap finish EXIT
trap 'exit 1' INT TERM

fail() { echo "FAILED: $*"; tail -n 40 "$folder/said"; exit 1; }

# Waits until the desk has said so, a basic regular expression.
said()
{
    for _ in $(seq 600); do
        if grep -q -e "$1" "$folder/said"; then
            return 0
        fi
        sleep 0.1
    done
    fail "not said: $1"
}

# Judged programs and compilers run in, or name, folders for temporary files.
running() { grep -l "$folder/[t]emporary" /proc/[0-9]*/cmdline 2>/dev/null || true; }

nothing_runs()
{
    for _ in $(seq 50); do
        if [ -z "$(running)" ]; then
            return 0
        fi
        sleep 0.1
    done
    fail "still running: $(running)"
}

# The tools that the desk has wait for the next save: they are in the copy.
waiting()
{
    for process in $(grep -l -z -x -e --wait /proc/[0-9]*/cmdline 2>/dev/null | cut -d/ -f3); do
        if [ "$(readlink "/proc/$process/cwd")" = "$folder/copy" ]; then
            echo "$process"
        fi
    done
}

nothing_waits()
{
    for _ in $(seq 50); do
        if [ -z "$(waiting)" ]; then
            return 0
        fi
        sleep 0.1
    done
    fail "still waiting: $(waiting)"
}

"$racelings" init "$folder/copy" counter plus-equals > "$folder/said"
cd "$folder/copy"

# ---- Once, for scripts ----

status=0
"$racelings" watch --once > "$folder/said" 2>&1 < /dev/null || status=$?
[ "$status" -eq 1 ] || fail "once, of what is not done: status $status"
said '^counter, A counter that loses updates'
said 'counter, yours, explore: reported'
cp "$solution/counter.c" $file
"$racelings" watch --once counter > "$folder/said" 2>&1 < /dev/null || fail "once, of what is done"
said '^Done: 1 of 2. Next: plus-equals'
"$racelings" reset counter > "$folder/said"

# ---- A hundred saves ----

: > "$folder/said"
"$racelings" watch counter >> "$folder/said" 2>&1 < /dev/null &
watcher=$!
said 'Saves are noticed: inotify'
for number in $(seq 99); do
    { cat "$solution/still-wrong/volatile.c"; echo "// $number"; } > $file
    sleep 0.1
done
cp "$solution/counter.c" $file
said '^Done: 1 of 2. Next: plus-equals'
said '^plus-equals, What += is made of' # it opens by itself
"$racelings" list counter > "$folder/list"
grep -q 'counter *done' "$folder/list" || fail "the last save is not remembered as done"
[ "$(tail -c 4000 "$folder/said" | grep -c '^counter .* clean')" -eq 4 ] ||
    fail "the last save was not judged by four judges"
if grep -q "$(printf '\033')" "$folder/said"; then
    fail "plain lines have escape sequences"
fi

# ---- Real editors ----

if command -v vim >/dev/null; then
    next=exercises/1-lost-updates/02-plus-equals/plus_equals.c
    for copy in no yes; do
        : > "$folder/said"
        vim -N -u NONE -i NONE -n -es -c "set backup backupcopy=$copy" -c "normal Go// vim, $copy" -c wq $next < /dev/null
        said '^Judging exercises/1-lost-updates/02-plus-equals/plus_equals.c'
        said 'plus-equals, yours, explore: reported'
    done
fi

# ---- Tools that wait ----

# As nobody judges any more, a compiler and a linker wait for each judge, and what renames sections for one;
# not where clang cannot be made to.
for _ in $(seq 100); do
    tools=$(waiting)
    [ "$(echo "$tools" | grep -c .)" -lt 9 ] || break
    sleep 0.1
done
next=exercises/1-lost-updates/02-plus-equals/plus_equals.c
for way in used killed; do
    [ "$way" = used ] || kill -9 $(waiting) 2>/dev/null || true
    : > "$folder/said"
    echo "// $way" >> $next
    said 'plus-equals, yours, explore: reported'
    said '^plus-equals.* native'
done

# ---- Ended ----

kill "$watcher"
wait "$watcher" || true
watcher=
nothing_runs
nothing_waits
[ -z "$(ls "$TMPDIR")" ] || fail "left behind: $(ls "$TMPDIR")"
echo "a hundred saves, one verdict"
