#!/bin/sh
# The first three chapters at the desk, from start to end, by somebody who does only what the screen says:
# the file that it shows is mended (with the reference solution), "n opens it" is obeyed, until every
# exercise is done.
#
#     watch_course.sh RACELINGS COURSE [NAME...]
set -eu
racelings=$1
course=$2
shift 2
[ $# -gt 0 ] || set -- 1-lost-updates 2-locks 3-check-then-act
. "$course/harness/tests/terminal.sh"
patience=1500 # all judges must have spoken
"$racelings" init "$folder/copy" "$@" > /dev/null
cd "$folder/copy"
count=$("$racelings" list --json | grep -c '"name"')

# The file that is to be mended, as the screen shows it.
shown_file() { screen | sed -n 's,^  \(exercises/.*/[a-z_]*\.c\)$,\1,p' | head -n 1; }

# Waits until the screen shows another file than $1.
await_other_file()
{
    for _ in $(seq 300); do
        file=$(shown_file)
        if [ -n "$file" ] && [ "$file" != "$1" ]; then
            return 0
        fi
        sleep 0.2
    done
    failed "no other file than $1 is shown"
    exit 1
}

open_terminal 120 40
keys "$racelings" Enter
file=
done=0
while [ "$done" -lt "$count" ] && [ "$failures" -eq 0 ]; do
    await_other_file "$file"
    cp "$course/solutions/${file#exercises/}" "$file"
    sees '^Done\.$'
    done=$((done + 1))
    sees "$done of $count done"
    if [ "$done" -lt "$count" ]; then
        sees "^Done: $done of $count\. Next: "
        sees '^n opens it\.'
        keys n
    fi
done
sees '^Every exercise is done: '
keys q
given_back 1 'explore'
[ "$failures" -eq 0 ] && echo "$count exercises done, as the screen says"
