#!/bin/sh
# harness/cluster/slurm.sh on a real cluster (slurm_cluster.sh): a class of 200 in 4 parts, the largest
# of which is killed and queued again while it judges. The gradebook is that of one plain grading, byte
# for byte.
#
#     sh slurm.sh RACELINGS COURSE       77 where there is no Slurm, or nothing can be confined
set -eu
racelings=$1 course=$2
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
chmod 755 "$work"
trap 'sh "$here/slurm_cluster.sh" "$work/cluster" down; rm -rf "$work"' EXIT

fail() {
    echo "FAILED: $*"
    tail -n 20 "$work"/out.slurm/* 2>/dev/null || :
    squeue 2>/dev/null || :
    exit 1
}

# 200 students have what 14 wrote.
answers=$(ls "$course"/solutions/1-lost-updates/01-counter/counter.c \
    "$course"/solutions/1-lost-updates/01-counter/*/*.c | head -n 12)
answers="$answers $course/harness/tests/attacks/no_sanitize.c $course/harness/tests/attacks/inline_assembly.c"
number=0
while [ $number -lt 200 ]; do
    for answer in $answers; do
        folder=$work/class/student-$number/exercises/1-lost-updates/01-counter
        [ $number -ge 200 ] || { mkdir -p "$folder" && cp "$answer" "$folder/counter.c"; }
        number=$((number + 1))
    done
done

# Waits for a job's state: `await JOB STATE`; the state "" is that of a job that is gone.
await() {
    for _ in $(seq 1200); do
        now=$(squeue -h -o %T -j "$1" 2>/dev/null || :)
        [ "$now" != "$2" ] || return 0
        sleep 0.1
    done
    fail "job $1 is \"$now\", and never became \"$2\""
}

unset SLURM_CONF
status=0
sh "$here/slurm_cluster.sh" "$work/cluster" up || status=$?
[ $status = 0 ] || exit $status
export SLURM_CONF="$work/cluster/slurm.conf" TMPDIR="$work"
cd "$work"

"$racelings" grade class --out plain --course "$course" counter >"$work/said" 2>&1 || {
    cat "$work/said"
    ! grep -q 'cannot be confined' "$work/said" || exit 77
    exit 1
}

# The part with the most judgements: any other may have none at all (digests divide them), and be over
# before it can be killed. Nothing is judged here: in plain/ everything is there.
largest=0 most=0
for part in 1 2 3 4; do
    count=$("$racelings" grade class --out plain --course "$course" --part $part/4 counter 2>/dev/null |
        sed -n "s|^Part $part/4: \([0-9]*\) of .*|\1|p")
    [ "${count:-0}" -le $most ] || largest=$part most=$count
done
[ $most -ge 4 ] || fail "the largest part has $most judgements: 4 parts do not hold the class"

jobs=$(sh "$course/harness/cluster/slurm.sh" --parts 4 --cpus 1 --memory 1500M --time 30 \
    --partition grade --racelings "$racelings" class --out out --course "$course" counter)
array=$(echo "$jobs" | sed -n 's/^parts //p')
collecting=$(echo "$jobs" | sed -n 's/^collect //p')

# It is killed as soon as it runs, and once more when it has begun to judge. Slurm would wait for two
# minutes before it starts such a job again; three seconds it must have: a node does not take a job that is
# credited in the very second in which it ended for it, and credits tell seconds only.
for _ in 1 2; do
    await "${array}_$largest" RUNNING
    sleep 1
    scontrol requeue "${array}_$largest" || fail "part $largest was too quick to be killed"
    await "${array}_$largest" PENDING
    scontrol update "jobid=${array}_$largest" StartTime=now+3
done
await "$collecting" PENDING
await "$collecting" ""

[ "$(grep -c 'DUE TO JOB REQUEUE' "out.slurm/part-$largest.log")" = 2 ] || fail "part $largest was not killed twice"
for part in 1 2 3 4; do
    grep -q "^Part $part/4: " "out.slurm/part-$part.log" || fail "part $part did not come to its end"
done
grep -q '^200 students, 1 exercise: ' out.slurm/collect.log || fail "the class was not collected"
for name in grades.csv refused.txt; do
    cmp "plain/$name" "out/$name" || fail "$name is not that of the plain grading"
done
ls plain/assessments >a
ls out/assessments >b
cmp a b || fail "other judgements were made"
sed 's/^/  /' "out.slurm/part-$largest.log" out.slurm/collect.log
echo "the grades of 4 parts on 2 nodes are those of one grading"
