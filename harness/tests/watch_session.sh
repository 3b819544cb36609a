#!/bin/sh
# A sitting at the desk in a real terminal, which tmux plays: the first exercise fails, is mended the wrong
# way and the right way, and the next one opens. Also what terminals and people do to a program meanwhile,
# and that nothing of it is left.
#
#     watch_session.sh RACELINGS COURSE
set -eu
racelings=$1
course=$2
. "$course/harness/tests/terminal.sh"
solution=$course/solutions/1-lost-updates/01-counter
file=exercises/1-lost-updates/01-counter/counter.c
"$racelings" init "$folder/copy" counter plus-equals >/dev/null
cd "$folder/copy"
TMPDIR=$folder/temporary # what runs for this test, and what it leaves
mkdir "$TMPDIR"
export TMPDIR

# What was started for this test and still runs: judged programs lie in its folder for temporary files.
running() { grep -l "$folder/[t]emporary" /proc/[0-9]*/cmdline 2>/dev/null || true; }

# Nothing of a sitting is left: no process, no temporary folder.
nothing_left()
{
    for _ in $(seq 50); do
        if [ -z "$(running)" ] && [ -z "$(ls "$TMPDIR")" ]; then
            return 0
        fi
        sleep 0.2
    done
    failed "left: $(running) $(ls "$TMPDIR")"
}

all_heard() { sees 'native *[a-z]' && for _ in $(seq 300); do
    screen | grep -q 'judging' || return 0
    sleep 0.2
done; failed "still judging"; }

open_terminal 80 40
keys "$racelings" Enter
sees '^counter, A counter that loses updates'
sees '^  Make the count right, however the threads run'
sees '^  exercises/1-lost-updates/01-counter/counter.c$'
sees 'explore *reported *a data race on counter->value'
sees '^ *24 |     counter->value++;'
sees 'tsan *reported'
all_heard
sees '^\[-*\] 0 of 2 done; saves: inotify'

# What does not fit is moved through, forth and back.
keys NPage
sees '^  > marks where it turns'
lacks '^counter, yours, explore'
keys PPage
sees '^counter, yours, explore'
keys Down Down
sees '^  What can come of it'
keys b
sees '^counter, yours, explore'

# A hint, and one more.
keys h
sees '^Hint 1 of 4'
keys h
sees '^Hint 2 of 4'
lacks 'Hint 1'

# A wrong fix, with its reason; saving takes the hint away.
cp "$solution/still-wrong/lock_per_half.c" $file
sees 'explore *wrong result'
sees 'a promise is broken, in the scene'
lacks 'Hint 2'
all_heard

# The schedule is played.
keys v
sees 'which scene?'
keys 2
sees 'step 0$'
keys q
sees 'explore *wrong result'

# What does not compile, is empty, or gone.
echo 'int counter' > $file
sees 'explore *does not build'
sees 'counter.c:1:12'
: > $file
sees 'undefined'
rm $file
sees 'counter.c: cannot be read: No such file'
sees 'x brings the starting program back'

# The right fix, moved into place; then the next exercise opens.
cp "$solution/counter.c" $file.new
mv $file.new $file
sees 'Done\.'
sees 'The mutex. `pthread_mutex_unlock` happens before'
sees '^Done: 1 of 2. Next: plus-equals'
sees '1 of 2 done'
keys s
sees '^# A counter that loses updates: the solution'
keys ' '
sees "Why the tempting ones are wrong"
keys Enter
sees '^n opens it'
keys n
sees '^plus-equals, What += is made of'
sees 'explore *reported *a data race on tally->total'
keys s
sees 'The solution comes when plus-equals is done'
keys l
sees '01 counter *done'
sees '02 plus-equals *not started'

# Back, and begun anew: asked first, and the file is kept.
keys p
sees '^counter, A counter'
sees 'Done\.'
keys x
sees 'Begin counter anew?'
keys n
sees 'It stays as it is'
keys x
sees 'Begin counter anew?'
keys y
sees "Yours is kept: counter.c.1.mine"
sees 'explore *reported *a data race'
cmp -s $file.1.mine "$solution/counter.c" || failed "the file is not kept"

# A narrow window.
resize 40 24
sees '^threads run\.\|^  threads run\.'
fits 40
keys '?'
sees '^n  *the next exercise'
fits 40
resize 80 40
keys Enter

# Stopped and gone on with, in the middle of judging; then left in three ways.
keys r
sees 'judging'
keys C-z
given_back 1 'explore'
keys fg Enter
sees '^counter, A counter'
sees 'explore *reported'
all_heard
lacks 'hung'
keys q
given_back 2 'explore'
nothing_left
keys "clear; $racelings watch counter" Enter
sees 'judging'
keys C-c
given_back 3 'explore'
nothing_left

# A link to the file, where the terminal makes links.
tmux pipe-pane -t game "cat > $folder/written"
keys "clear; env -u TMUX VTE_VERSION=7000 $racelings watch counter" Enter
sees 'judging'
keys q
given_back 5 'explore'
tmux pipe-pane -t game
grep -q "]8;;file://[^/]*$folder/copy/$file" "$folder/written" || failed "no link to the file"

keys "clear; $racelings watch --poll counter" Enter
sees 'saves: polling'
cp "$solution/counter.c" $file
sees 'Done\.'
keys r
sees 'judging'
tmux kill-session -t game # the terminal is closed
nothing_left

# A terminal that cannot move its cursor: plain lines.
open_terminal 80 40
keys "TERM=dumb $racelings watch counter" Enter
sees '^  Saves are noticed: inotify'
sees 'native *clean'
keys q Enter
sees '^\$ *\$ *$'
nothing_left

[ "$failures" -eq 0 ] && echo "sat at the desk"
