# A real terminal, which tmux plays, for tests that are shell scripts: they read this file in. Where there
# is no tmux the script ends as skipped (77). Counts what was not as expected in $failures; $folder is a
# folder for the script's own use.

command -v tmux >/dev/null || { echo "tmux is not there: skipped"; exit 77; }
folder=$(mktemp -d)
socket=$folder/socket
failures=0
tmux() { command tmux -S "$socket" -f /dev/null "$@"; }
finish() { tmux kill-server 2>/dev/null || true; rm -rf "$folder"; }
trap finish EXIT
trap 'exit 1' INT TERM

screen() { tmux capture-pane -p -t game; }
keys() { tmux send-keys -t game "$@"; }
resize() { tmux resize-window -t game -x "$1" -y "$2"; }


failed()
{
    echo "$1"
    echo "on the screen:"
    screen
    failures=$((failures + 1))
}

# How long a text is waited for, in fifths of a second: a minute is for busy machines.
patience=300

# Waits until the screen holds the text (a basic regular expression).
sees()
{
    for _ in $(seq "$patience"); do
        if screen | grep -q -e "$1"; then
            return 0
        fi
        sleep 0.2
    done
    failed "not seen: $1"
}

lacks()
{
    if screen | grep -q -e "$1"; then
        failed "should not be seen: $1"
    fi
}

# No line is longer than so many columns.
fits()
{
    if screen | awk -v most="$1" 'length > most' | grep -q .; then
        failed "too wide for $1 columns"
    fi
}

# The terminal is the shell's again: it echoes, its own screen is back, and with it nothing of $2. The
# number $1 tells one time from another.
given_back()
{
    sees '^\$ *$'
    keys "case \$(stty -a) in *' -echo '*) echo silent ;; *) echo back-\$((40 + $1)) ;; esac" Enter
    sees "^back-$((40 + $1))\$"
    lacks "$2"
}

# A shell in a window of so many columns and rows, once it has said its prompt.
open_terminal()
{
    tmux new-session -d -s game -x "$1" -y "$2" 'env PS1="$ " sh'
    sees '^\$ *$'
}
