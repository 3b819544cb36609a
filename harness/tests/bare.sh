#!/bin/sh
# Proves README's commands on a bare machine: makes the root of a Debian or Ubuntu that holds nothing but
# its package manager, puts this checkout into it, and types the command there. Needs debootstrap and root
# (or sudo).
#
#     sh harness/tests/bare.sh SUITE [AS] COMMAND...
#
# SUITE is bookworm, trixie, sid, jammy, noble ...; AS is "root" (if not said) or "user", an ordinary user
# with sudo; COMMAND is what follows "sh cmake/bootstrap.sh": prove, or test with ctest's options. CC in
# the environment is passed on, MIRROR is where packages come from. Exits 77 where no root can be made, and
# says why.
#
#     sh harness/tests/bare.sh trixie prove
#     CC=gcc sh harness/tests/bare.sh bookworm user test -LE answers
set -eu

suite=${1:?usage: sh harness/tests/bare.sh SUITE [root|user] prove|test ...}
shift
user=root
case ${1:-} in root | user)
    user=$1
    shift
    ;;
esac
course=$(cd "$(dirname "$0")/../.." && pwd)

say() { printf 'bare.sh: %s\n' "$*" >&2; }
skip() {
    say "skipped: no root of $suite can be made here: $*"
    exit 77
}

# ---- Making the root ----

if [ "$(id -u)" != 0 ]; then
    command -v sudo >/dev/null || skip 'not root, and there is no sudo'
    [ -t 0 ] || sudo -n true 2>/dev/null || skip 'not root, and sudo wants a password'
    exec sudo -E sh "$0" "$suite" "$user" "$@"
fi
command -v debootstrap >/dev/null || skip 'debootstrap is not installed (package debootstrap)'

work=$(mktemp -d)
trap 'rm -rf --one-file-system "$work"' EXIT
trap 'exit 1' HUP INT TERM
root=$work/root

# Runs a command in the root, which is then the only file system there is: not a chroot, in which no user
# namespace, and so no sandbox, could be made.
inside() {
    unshare --mount --pid --fork --kill-child sh -euc '
        mount --make-rprivate /
        mount --bind "$1" "$1"
        cd "$1"
        shift
        mount -t proc proc proc
        mount --rbind /sys sys
        mount --rbind /dev dev
        mkdir -p .outside
        pivot_root . .outside
        exec chroot . sh -c "umount -l /.outside && exec \"\$@\"" sh "$@"
    ' sh "$root" env -i PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin \
        LC_ALL=C.UTF-8 HOME=/root ${CC:+CC="$CC"} "$@"
}

say "making a root of $suite"
debootstrap --variant=minbase "$suite" "$root" ${MIRROR:+"$MIRROR"} >"$work/log" 2>&1 ||
    skip "$(tail -n 1 "$work/log")"
inside true 2>"$work/log" || skip "$(tail -n 1 "$work/log")"

! grep -q '^ID=ubuntu' "$root/etc/os-release" || sed -i 's/ main$/ main universe/' "$root/etc/apt/sources.list"
echo "127.0.0.1 localhost $(hostname)" >"$root/etc/hosts" # sudo wants to know it

# A mirror may be reached by a proxy, and may be older than it promises to be.
apt-config dump Acquire::http::Proxy >"$root/etc/apt/apt.conf.d/90bare"
echo 'Acquire::Check-Valid-Until "false";' >>"$root/etc/apt/apt.conf.d/90bare"
echo force-unsafe-io >"$root/etc/dpkg/dpkg.cfg.d/90bare" # it need not survive a power cut

# ---- The command ----

home=/root
become=
if [ "$user" = user ]; then
    home=/home/student
    become="setpriv --reuid=student --regid=student --init-groups env HOME=$home"
    inside sh -euc '
        apt-get -q update && apt-get -q -y --no-install-recommends install sudo
        useradd --create-home --shell /bin/sh student
        echo "student ALL=(ALL) NOPASSWD: ALL" >/etc/sudoers.d/student
    ' >"$work/log" 2>&1 || { cat "$work/log" >&2; exit 1; }
fi
mkdir "$root$home/racelings"
tar -C "$course" --exclude=./build --exclude=./.git --exclude=./.racelings -cf - . |
    tar -C "$root$home/racelings" --no-same-owner -xf -
inside chown -R "$(stat -c %u:%g "$root$home")" "$home/racelings"

say "$suite, as $user${CC:+, CC=$CC}: sh cmake/bootstrap.sh $*"
# shellcheck disable=SC2086  # words on purpose
inside $become sh -c 'cd ~/racelings && exec sh cmake/bootstrap.sh "$@"' sh "$@"

# What bootstrap has installed must do for CMake's and CTest's own commands too, the judges be sound, and
# a right answer get its points.
# shellcheck disable=SC2086
inside $become sh -euc '
    cd ~/racelings
    cmake -B ../plain
    cmake --preset strict
    ctest --preset race -N | grep "Total Tests: [1-9]"
    build/racelings doctor
    mkdir -p ../class/somebody
    cp solutions/1-lost-updates/01-counter/counter.c ../class/somebody
    build/racelings grade ../class --out ../grades counter
    grep "^somebody,somebody,10,10,10,100," ../grades/grades.csv
    cmake --version
' >"$work/log" 2>&1 || { cat "$work/log" >&2; exit 1; }
tools=$(grep -Eo '(clang|cmake) version [0-9.]+|valgrind-[0-9.]+' "$work/log" | sort -u | paste -sd, -)
say "$suite, as $user${CC:+, CC=$CC}: sh cmake/bootstrap.sh $*: good ($tools)"
