#!/bin/sh
# Installs what Racelings needs and is missing, then does what its argument says. Works on a bare Debian 12
# or newer and Ubuntu 22.04 or newer, as root or through sudo; safe to run again, and quick when nothing
# is missing.
#
#   sh cmake/bootstrap.sh prove     prove every pair: broken reported, fixed clean (ctest -L race); in a
#                                   handout, which has no solutions, what there is of each pair
#   sh cmake/bootstrap.sh test      all of the project's tests, the harness's own and every answer too
#   sh cmake/bootstrap.sh install   only install
#
# What follows "test" goes to ctest: "test -LE answers" leaves the answers out.
#
# CC in the environment is the compiler of the harness; a clang (CC=clang-16) is that of the judged programs
# too. A gcc or clang that is asked for by its package's name and missing is installed.
#
# RACELINGS_INSTALL=no in the environment: install nothing, use what is there (no root needed).
set -eu

cd "$(dirname "$0")/.."

say() { printf 'racelings: %s\n' "$*" >&2; }
die() { say "$*"; exit 1; }
have() { command -v "$1" >/dev/null 2>&1; }

# ---- Installing ----

# Packages that have the same name on every Debian and Ubuntu we know. libc6-dbg: valgrind needs the
# symbols of the dynamic linker.
# make: what "cmake -B build" builds with where nothing else is said; ninja: what is faster.
packages='llvm lld valgrind libc6-dbg cmake make ninja-build pkg-config libc6-dev
          libjansson-dev libtalloc-dev libexpat1-dev libmd-dev libarchive-dev libelf-dev libdw-dev
          libseccomp-dev libcmocka-dev bubblewrap'

# What only the test of report.html needs: a browser, driven from a shell script. Ubuntu's chromium is no
# package but a snap: there that test is skipped.
test_packages='chromium chromium-driver curl jq tmux'

# Runs a command as root.
as_root() {
    if [ "$(id -u)" = 0 ]; then
        "$@"
    elif have sudo; then
        sudo "$@"
    else
        die "not root, and there is no sudo: as root, run: $*"
    fi
}

is_installed() {
    [ "$(dpkg-query -W -f '${db:Status-Status}' "$1" 2>/dev/null)" = installed ]
}

# The highest clang-N on the PATH; nothing where there is none.
newest_clang() {
    echo "$PATH" | tr : '\n' | while read -r folder; do
        ls "${folder:-.}" 2>/dev/null
    done | sed -n 's/^clang-\([0-9]*\)$/\1/p' | sort -n | sed -n '$s/^/clang-/p'
}

# The clang of the judged programs, as cmake/Detectors.cmake chooses it, whether it is there yet or not.
find_clang() {
    case ${CC:-} in
    clang | clang-[0-9]* | */clang | */clang-[0-9]*) echo "$CC" ;;
    *)
        have clang || newest=$(newest_clang)
        echo "${newest:-clang}"
        ;;
    esac
}

# The compilers that are missing, which are called as their packages are.
missing_compilers() {
    have "$clang" || printf '%s ' "$clang"
    case ${CC:-} in gcc | gcc-[0-9]*) have "$CC" || printf '%s ' "$CC" ;; esac
}

# clang's version decides which package holds ThreadSanitizer's runtime.
runtime_package() {
    version=$("$clang" -dumpversion 2>/dev/null | cut -d. -f1)
    case $clang in clang-[0-9]*) version=${clang#clang-} ;; esac
    [ -n "$version" ] || version=$(apt-cache depends clang |
        sed -n 's/.*Depends: clang-\([0-9]*\)$/\1/p' | head -n 1)
    available "libclang-rt-$version-dev" "libclang-common-$version-dev" | cut -d' ' -f1
}

# Those of the packages named that are not installed.
missing() {
    for package in "$@"; do
        is_installed "$package" || printf '%s ' "$package"
    done
}

# Those of the packages named that this system has; its package lists must be fresh.
available() {
    for package in "$@"; do
        [ -z "$(apt-cache policy "$package" 2>/dev/null | grep 'Candidate: [0-9]')" ] || printf '%s ' "$package"
    done
}

# Package lists are fetched once, and only if something is missing.
renew_lists() {
    [ -z "${renewed:-}" ] || return 0
    as_root apt-get update -q >/dev/null || die "the package lists cannot be renewed (see above)"
    renewed=yes
}

fetch() {
    as_root env DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends "$@" >/dev/null ||
        die "installing failed (see above)"
}

# Whether clang can already link a ThreadSanitizer program.
has_runtime() {
    have "$clang" || return 1
    folder=$(mktemp -d)
    echo 'int main(void) { return 0; }' > "$folder/probe.c"
    status=0
    "$clang" -fsanitize=thread "$folder/probe.c" -o "$folder/probe" >/dev/null 2>&1 || status=1
    rm -rf "$folder"
    return $status
}

install() {
    clang=$(find_clang)
    # shellcheck disable=SC2086  # words on purpose
    wanted=$(missing_compilers)$(missing $packages)
    if [ -n "$wanted" ] || ! has_runtime; then
        say "installing: ${wanted:-}ThreadSanitizer's runtime"
        renew_lists
        # shellcheck disable=SC2046,SC2086  # words on purpose
        fetch $wanted $(runtime_package)
        has_runtime || die "$clang still cannot link with -fsanitize=thread: install its runtime by hand"
    fi
}

install_for_tests() {
    # shellcheck disable=SC2086  # words on purpose
    wanted=$(missing $test_packages)
    [ -n "$wanted" ] || return 0
    renew_lists
    # shellcheck disable=SC2086
    wanted=$(available $wanted)
    [ -n "$wanted" ] || return 0
    say "installing, for the tests: $wanted"
    # shellcheck disable=SC2086
    fetch $wanted
}

install_elsewhere() {
    for tool in "$(find_clang)" llvm-symbolizer valgrind cmake pkg-config; do
        have "$tool" && continue
        die "this is not Debian or Ubuntu, so nothing is installed for you. Install with your package
  manager: clang with its compiler-rt, llvm, valgrind with its headers, cmake 3.21 or newer, pkg-config,
  and the libraries jansson, talloc, expat, libmd, libarchive, libelf, libdw, libseccomp and
  cmocka; then run this again."
    done
}

# ---- Doing ----

# Whether the build folder is of another place (the checkout was moved or copied) or of another compiler
# than is asked for: CMake keeps to what it knows.
is_stale() {
    [ -f build/CMakeCache.txt ] || return 1
    home=$(sed -n 's/^CMAKE_HOME_DIRECTORY:INTERNAL=//p' build/CMakeCache.txt)
    compiler=$(sed -n 's/^CMAKE_C_COMPILER:[A-Z]*=//p' build/CMakeCache.txt)
    [ "$(cd "$home" 2>/dev/null && pwd -P)" = "$(pwd -P)" ] || return 0
    [ -n "${CC:-}" ] && [ "$compiler" != "$(command -v "${CC%% *}")" ]
}

build() {
    if is_stale; then
        say "build/ was made in another place or with another compiler: making it anew"
        rm -rf build/CMakeCache.txt build/CMakeFiles
    fi
    generator=
    [ -f build/CMakeCache.txt ] || ! have ninja || generator='-G Ninja'
    # shellcheck disable=SC2086  # nothing or two words
    cmake -B build $generator >build.log 2>&1 || { cat build.log >&2; die "configuring failed"; }
    cmake --build build >>build.log 2>&1 || { cat build.log >&2; die "building failed"; }
    rm -f build.log
}

# Two tests a core: many wait most of their time, for a thread that a wrong answer keeps out.
workers() { echo $((2 * $(nproc 2>/dev/null || echo 1))); }

# Runs ctest with what follows, and ends with its exit status.
run_tests() {
    ctest --test-dir build --output-on-failure --no-tests=error -j "$(workers)" "$@"
}

# How many exercises were judged in a variant: broken, fixed or yours.
count_judged() {
    pattern="s/.*<testcase name=\"\([^\".]*\)\.[a-z]*\.$1\".*status=\"run\".*/\1/p"
    sed -n "$pattern" build/junit.xml | sort -u | wc -l
}

prove() {
    run_tests -L race --output-junit junit.xml
    if [ -d solutions ]; then
        printf '\nAll %s pairs hold: each broken program is reported as promised, each fixed one is clean.\n' \
            "$(($(count_judged fixed)))"
    else
        printf '\nEach starting program is reported as promised (%s), each that you have edited is clean (%s).\n' \
            "$(($(count_judged broken)))" "$(($(count_judged yours)))"
    fi
}

case "${1:-} $#" in
'prove 1' | 'install 1' | 'test '*) ;;
*) die "usage: sh cmake/bootstrap.sh prove | test [CTEST'S OPTION...] | install" ;;
esac
if [ "${RACELINGS_INSTALL:-}" = no ]; then
    :
elif have apt-get; then
    install
    # A handout has no such tests.
    if [ "$1" = test ] && [ -d harness/tests ]; then install_for_tests; fi
else
    install_elsewhere
fi
case "$1" in
prove)
    build
    prove
    ;;
test)
    build
    shift
    run_tests "$@"
    ;;
esac
