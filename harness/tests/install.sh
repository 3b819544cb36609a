#!/bin/sh
# An installed racelings as its owners use it: everything is where a distribution would put it, nothing of
# the checkout is needed, and a fresh home folder is enough. Then its prefix is moved, and it still works.
#
#     sh harness/tests/install.sh BUILD COURSE
set -eu
LC_ALL=C
export LC_ALL
build=$1
course=$2
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir "$work/home" "$work/tmp"

fail() {
    cat "$work/log" >&2
    echo "FAILED: $*" >&2
    exit 1
}

# Runs racelings with the words $2..., which must end with status $1.
racelings() {
    expected=$1 status=0
    shift
    env -i HOME="$work/home" TMPDIR="$work/tmp" PATH="$prefix/bin:$PATH" racelings "$@" \
        > "$work/log" 2>&1 || status=$?
    [ $status = "$expected" ] || fail "racelings $*: exit status $status, expected $expected"
}
said() { grep -q -e "$1" "$work/log" || fail "it does not say: $1"; }

# ---- What is where ----

prefix=$work/usr
cmake --install "$build" --prefix "$prefix" > "$work/log" 2>&1 || fail "it cannot be installed"
for file in bin/racelings share/man/man1/racelings.1 share/racelings/exercises/README.md \
    share/bash-completion/completions/racelings share/zsh/site-functions/_racelings; do
    [ -s "$prefix/$file" ] || fail "$file is not there"
done
[ -n "$(find "$prefix"/lib* -path '*/racelings/tsan/report_hook*.o')" ] || fail "the runtime is not there"
[ ! -e "$prefix/share/racelings/harness/tests" ] || fail "tests are installed"

# ---- A student's copy ----

cd "$work/home"
racelings 2 check counter
said 'racelings init DIR'
racelings 0 init course
said 'exercises/1-lost-updates/01-counter/README.md'
racelings 2 init course
said 'is not empty'
[ ! -e course/solutions ] || fail "a copy has solutions"

folder=exercises/1-lost-updates/01-counter
answers=$course/solutions/1-lost-updates/01-counter
cd "course/$folder" # the copy is found from below
racelings 77 check counter
racelings 0 check counter --variant broken --commands
! grep -q -F -e "$course" -e "$build" "$work/log" || fail "judging needs the checkout"
cp "$answers/still-wrong/volatile.c" counter.c
racelings 1 check counter --detector tsan
said "$folder/counter.c:"
said 'data race on counter->value'
cp "$answers/counter.c" counter.c
racelings 0 check counter
said '^counter .*helgrind .*clean'
racelings 0 list counter
said '01 counter .*done'
racelings 0 hint counter
said 'Hint 1 of'

# ---- An instructor's commands ----

cd "$work/home"
racelings 0 doctor
confined=yes
! grep -q '^weak *sandbox' "$work/log" || confined=no
racelings 0 verify --inventory
racelings 0 handout handout counter
[ -s "handout/$folder/main.c" ] || fail "a handout has no exercise"
[ -s handout/harness/main.c ] || fail "a handout has no harness"
mkdir -p "class/student/$folder"
cp "$answers/counter.c" "class/student/$folder"
if [ $confined = yes ]; then
    racelings 0 grade class --out grades counter
    said '1 student, 1 exercise: 1 passed'
fi

# ---- Pages ----

if command -v groff > /dev/null; then
    groff -man -Tascii -P -cbou -ww "$prefix/share/man/man1/racelings.1" > "$work/page" 2> "$work/log"
    [ ! -s "$work/log" ] || fail "the manual page is not what groff takes"
    grep -q 'racelings check' "$work/page" || fail "the manual page does not speak of check"
fi
! command -v zsh > /dev/null || zsh -n "$prefix/share/zsh/site-functions/_racelings" || fail "zsh cannot read it"

# ---- Elsewhere ----

mv "$prefix" "$work/moved"
prefix=$work/moved
cd "$work/home/course"
racelings 0 check counter --detector helgrind
said 'clean'
DESTDIR=$work/stage cmake --install "$build" --prefix /usr > "$work/log" 2>&1 || fail "DESTDIR is not heeded"
prefix=$work/stage/usr
racelings 0 check counter --variant yours --detector native
said 'clean'
