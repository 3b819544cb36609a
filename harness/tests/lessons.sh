#!/bin/bash
# Where a detector is silent, the exercise's page shows the story that the explorer tells instead, word for
# word as it tells it now. (A story of one thread alone has no rows; there the page needs none.)
#
#     bash lessons.sh RACELINGS COURSE       77 where jq is missing
set -euo pipefail
racelings=$1
cd "$2"
export NO_COLOR=1
command -v jq >/dev/null || { echo "skipped: jq is not installed"; exit 77; }
failed=0 shown=0

# The rows of the first drawing in an explained finding on standard input.
rows() {
    sed -n '/^  The [0-9].* schedule tried shows it:$/,/^  \(> marks\|See it again\)/p' | sed '1,2d;/^$/,$d'
}

for page in exercises/*/*/README.md; do
    folder=$(dirname "$page")
    jq -e '.expect | (.tsan.silent or .helgrind.silent) and .explore.report' "$folder/exercise.json" >/dev/null || continue
    name=$(basename "$folder")
    story=$("$racelings" check "${name#*-}" --variant broken --detector explore | rows)
    [ -n "$story" ] || continue
    shown=$((shown + 1))
    if [[ $(cat "$page") != *"$story"* ]]; then
        printf 'FAILED: %s does not show the story that the explorer tells:\n%s\n' "$page" "$story"
        failed=1
    fi
done
[ $shown -gt 0 ] || { echo "FAILED: no story was told"; failed=1; }
exit $failed
