#!/bin/sh
# Captures what the detectors write about the programs in kinds/, for the tests that read it back:
#
#     sh harness/tests/capture.sh build/racelings
#
# Run it again after a change to runtime/tsan/report_hook.c or runtime/explore/report.c, or to see what another version of a tool writes,
# and look at the difference before you commit it. Paths are made neutral: the program is /run/program,
# its source lies in /course.
set -eu
racelings=$(realpath "$1")
cd "$(dirname "$0")/kinds"
home=$(realpath ../../..)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
for source in *.c; do
    name=${source%.c}
    for detector in explore tsan helgrind; do
        # Some of what only the explorer sees hangs under the others.
        [ $detector = explore ] || grep -Eq '^// (tsan|helgrind):' "$source" || continue
        folder=$work/racelings-by-hand/$source-$detector
        TMPDIR=$work "$racelings" try "$source" --detector "$detector" --commands > "$work/commands"
        sh "$work/commands" > /dev/null 2>&1 || true
        for part in explore.json report report.text report.xml; do
            [ -f "$folder/$part" ] || continue
            [ $(wc -c < "$folder/$part") -lt 100000 ] || continue # thousands of equal steps
            mkdir -p ../captured/$detector
            sed -e "s|$folder|/run|g" -e "s|$PWD|/course|g" -e "s|$home|/racelings|g" -e 's|[(]BuildId: [0-9a-f]*[)]||' \
                "$folder/$part" > "../captured/$detector/$name.${part##*.}"
        done
    done
done
