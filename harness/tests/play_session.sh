#!/bin/sh
# A sitting at `racelings play` in a real terminal, which tmux plays: the counter is broken, taken back,
# and played right; then the mended one, which cannot be broken. Also that the terminal is given back
# however the game ends, and that 40 columns are enough.
#
#     play_session.sh RACELINGS COURSE
#
# Skipped (77) where there is no tmux.
set -eu
racelings=$1
. "$2/harness/tests/terminal.sh"
cd "$2"

# Keys are sent one at a time, each when the step before it is shown.
step() { keys "$1"; sees "step $2\$"; }

open_terminal 80 30
keys "$racelings play counter --variant broken" Enter
sees 'which scene?'
sees '2  two at once'
keys 2
sees 'step 0$'
sees '1  T1 .*counter->value++; *reads counter->value'

# Both read before either writes: an increment is lost.
step 1 1
step 2 2
sees 'counter->value is 0'
step 1 3
sees 'counter->value 0 -> 1'
keys 2
sees 'Broken, in 4 steps'
sees 'racelings replay counter --variant broken two_at_once/x1:'
sees 'counter->value stays 1'

# Back to where only T1 has read, and right.
step u 3
lacks 'Broken'
step u 2
step u 1
step 1 2
sees 'counter->value 0 -> 1'
step 2 3
sees 'counter->value is 1'
keys 2
sees 'counter->value 1 -> 2'
sees 'This time all went well'

keys '?'
sees 'You are the scheduler'
keys r
sees 'Nothing has happened yet'

# A narrow window; everything is still there.
resize 40 30
sees '^  1  T1'
step 1 1
sees '^ *counter->value is 0$'
fits 40
resize 80 30

# Stopped and gone on with, then left, in three ways.
keys C-z
given_back 1 'Who goes next'
keys fg Enter
sees 'step 1$'
keys q
given_back 2 'Who goes next'
keys "clear; $racelings play counter --variant fixed --scene two_at_once" Enter
sees 'step 0$'
keys C-c
given_back 3 'Who goes next'

# The mended counter holds the lock: whoever comes second has to wait.
keys "clear; $racelings play counter --variant fixed --scene two_at_once" Enter
sees 'step 0$'
step 1 1
sees 'T2 .*waits for counter->lock'
keys 2
sees 'T2 has to wait'
step 1 2
step 1 3
step 1 4
step 2 5
step 2 6
step 2 7
keys 2
sees 'You cannot: [0-9]* interleavings*, all right'
keys q
given_back 4 'Who goes next'

[ "$failures" -eq 0 ] && echo "played to the wrong result and back"
