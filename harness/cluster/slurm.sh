#!/bin/sh
# Grades a class on a Slurm cluster: a job array, each task of which judges one part of the class, and a
# job that waits for it and writes the gradebook.
#
#     sh harness/cluster/slurm.sh [OPTION...] SUBMISSIONS --out DIR [what `racelings grade` takes]
#
#     --parts N          tasks of the array (default 8); not more than the cluster may give you at a time
#     --cpus N           cores of a task, and as many judgements at a time (default 2)
#     --memory SIZE      of a task, as sbatch takes it (default 2G: 1G for each core)
#     --time TIME        that a task may take, as sbatch takes it (default: the partition's)
#     --partition NAME   where they run (default: the cluster's)
#     --racelings FILE   the program, at a place that all nodes see (default: the one on the PATH)
#
# SUBMISSIONS, DIR and the course must be where all nodes see them; nothing needs locks. Prints the numbers
# of both jobs. What the jobs say goes to DIR.slurm/. A task that is killed, for its time or for a failed
# node, is started again by Slurm (--requeue) or by the same command, and goes on where it was. The
# collecting job runs in any case, names what is missing, and fails if anything is.
#
# Programs are judged inside bubblewrap, which needs user namespaces on the nodes, or root; a node without
# them judges nothing and its tasks fail, saying so.
set -eu

# What Slurm runs: this very script, with one of these words first. TMPDIR may name a place of the
# submitting machine.
if [ -n "${SLURM_JOB_ID:-}" ] && [ "${1:-}" = part-of ]; then
    parts=$2 racelings=$3
    shift 3
    [ -d "${TMPDIR:-/tmp}" ] || unset TMPDIR
    exec "$racelings" grade "$@" --part "$SLURM_ARRAY_TASK_ID/$parts" -j "${SLURM_CPUS_PER_TASK:-1}"
fi
if [ -n "${SLURM_JOB_ID:-}" ] && [ "${1:-}" = collect ]; then
    racelings=$2
    shift 2
    [ -d "${TMPDIR:-/tmp}" ] || unset TMPDIR
    exec "$racelings" grade "$@" --collect
fi

fail() {
    echo "slurm.sh: $*" >&2
    exit 2
}

parts=8 cpus=2 memory= time= partition= racelings=racelings
while [ $# -gt 0 ]; do
    case $1 in
    --parts | --cpus | --memory | --time | --partition | --racelings)
        [ $# -ge 2 ] || fail "$1 needs a value"
        name=${1#--}
        eval "$name=\$2"
        shift 2
        ;;
    *) break ;;
    esac
done
case $parts$cpus in
*[!0-9]* | '') fail "--parts and --cpus take whole numbers" ;;
esac

# The output folder, which names that of the logs: they may not lie in it.
out= before=
for word; do
    case $word in --out=*) out=${word#--out=} ;; esac
    [ "$before" != --out ] || out=$word
    before=$word
done
[ -n "$out" ] || fail "name the folder of submissions and --out DIR: slurm.sh SUBMISSIONS --out DIR"
command -v sbatch >/dev/null || fail "there is no sbatch here: run this where jobs are submitted"
racelings=$(command -v "$racelings") || fail "there is no racelings here; name it: --racelings FILE"
logs=${out%/}.slurm
mkdir -p "$logs"

submit() {
    sbatch --parsable --job-name=racelings --requeue --open-mode=append \
        ${time:+--time="$time"} ${partition:+--partition="$partition"} "$@"
}

array=$(submit --array="1-$parts" --cpus-per-task="$cpus" --mem="${memory:-${cpus}G}" \
    --output="$logs/part-%a.log" "$0" part-of "$parts" "$racelings" "$@")
array=${array%%;*} # a federation adds the cluster's name
collecting=$(submit --dependency="afterany:$array" --cpus-per-task=1 --mem=1G \
    --output="$logs/collect.log" "$0" collect "$racelings" "$@")
echo "parts $array"
echo "collect ${collecting%%;*}"
