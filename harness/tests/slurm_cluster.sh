#!/bin/sh
# A Slurm cluster for tests: two nodes on this machine, without systemd, everything below DIR.
#
#     sh slurm_cluster.sh DIR up|down        then SLURM_CONF=DIR/slurm.conf sbatch ...
#
# Needs root and the packages slurm-wlm and munge; with `up`, ends with status 77 where they are missing.
set -eu
dir=$1

start_munge() {
    mkdir -p "$dir/munge"
    head -c 1024 /dev/urandom >"$dir/munge/key"
    chown -R munge: "$dir/munge"
    chmod 755 "$dir" "$dir/munge"
    chmod 400 "$dir/munge/key"
    runuser -u munge -- munged --socket="$dir/munge/socket" --key-file="$dir/munge/key" \
        --pid-file="$dir/munge/pid" --log-file="$dir/munge/log" --seed-file="$dir/munge/seed"
}

configure() {
    host=$(hostname -s)
    cpus=$(nproc)
    mkdir -p "$dir/ctld" "$dir/n1" "$dir/n2"
    chown slurm: "$dir/ctld"
    cat >"$dir/slurm.conf" <<CONF
ClusterName=racelings
SlurmctldHost=$host(127.0.0.1)
SlurmctldPort=27817
SlurmUser=slurm
AuthType=auth/munge
AuthInfo=socket=$dir/munge/socket
StateSaveLocation=$dir/ctld
SlurmdSpoolDir=$dir/%n
SlurmctldPidFile=$dir/ctld/pid
SlurmdPidFile=$dir/%n/pid
SlurmctldLogFile=$dir/ctld/log
SlurmdLogFile=$dir/%n/log
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
ReturnToService=2
SelectType=select/cons_tres
SelectTypeParameters=CR_Core_Memory
SchedulerParameters=sched_interval=1,batch_sched_delay=0
AccountingStorageType=accounting_storage/none
JobCompType=jobcomp/none
KillWait=2
NodeName=n1 NodeHostname=$host NodeAddr=127.0.0.1 Port=27818 CPUs=$cpus RealMemory=4000
NodeName=n2 NodeHostname=$host NodeAddr=127.0.0.1 Port=27819 CPUs=$cpus RealMemory=4000
PartitionName=grade Nodes=n1,n2 Default=YES MaxTime=60 State=UP
CONF
    chmod 644 "$dir/slurm.conf"
}

up() {
    for program in munged slurmctld slurmd sbatch runuser; do
        command -v $program >/dev/null || {
            echo "skipped: $program is not installed (packages slurm-wlm and munge)"
            exit 77
        }
    done
    [ "$(id -u)" = 0 ] || {
        echo "skipped: a cluster is started by root"
        exit 77
    }
    mkdir -p "$dir"
    start_munge
    configure
    export SLURM_CONF="$dir/slurm.conf"
    slurmctld -c -f "$SLURM_CONF"
    slurmd -N n1 -c -f "$SLURM_CONF"
    slurmd -N n2 -c -f "$SLURM_CONF"
    for _ in $(seq 150); do
        [ "$(sinfo -h -t idle -o %D 2>/dev/null)" != 2 ] || exit 0
        sleep 0.2
    done
    echo "the nodes did not become idle; the last lines of the logs:" >&2
    tail -n 5 "$dir"/ctld/log "$dir"/n?/log >&2
    exit 1
}

down() {
    for daemon in n1 n2 ctld munge; do
        [ ! -f "$dir/$daemon/pid" ] || kill "$(cat "$dir/$daemon/pid")" || :
    done
    for _ in $(seq 50); do # they save their state
        cat "$dir"/*/pid >/dev/null 2>&1 || break
        sleep 0.1
    done
}

case $2 in
up) up ;;
down) down ;;
esac
