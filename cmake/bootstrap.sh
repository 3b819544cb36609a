#!/bin/sh
# Installs what Racelings needs and is missing, then does what its argument says. Works on a bare Debian 12
# or Ubuntu 22.04/24.04, as root or through sudo; safe to run again, and quick when nothing is missing.
#
#   sh cmake/bootstrap.sh prove     prove every pair: broken reported, fixed clean (ctest -L race); in a
#                                   handout, which has no solutions, what there is of each pair
#   sh cmake/bootstrap.sh test      all of the project's tests, the harness's own and every answer too
#   sh cmake/bootstrap.sh install   only install
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
packages='clang llvm valgrind libc6-dbg cmake ninja-build pkg-config libc6-dev
          libjansson-dev libtalloc-dev libexpat1-dev libmd-dev libarchive-dev libelf-dev libcmocka-dev
          bubblewrap'

# What only the test of report.html needs: a browser, driven from a shell script. Ubuntu's chromium is no
# package but a snap: there that test is skipped.
test_packages='chromium chromium-driver curl jq'

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

# clang's version decides which package holds ThreadSanitizer's runtime.
runtime_package() {
    version=$(clang -dumpversion 2>/dev/null | cut -d. -f1)
    [ -n "$version" ] || version=$(apt-cache depends clang |
        sed -n 's/.*Depends: clang-\([0-9]*\)$/\1/p' | head -n 1)
    for package in "libclang-rt-$version-dev" "libclang-common-$version-dev"; do
        if apt-cache show "$package" >/dev/null 2>&1; then
            echo "$package"
            return
        fi
    done
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
    have clang || return 1
    folder=$(mktemp -d)
    echo 'int main(void) { return 0; }' > "$folder/probe.c"
    status=0
    clang -fsanitize=thread "$folder/probe.c" -o "$folder/probe" >/dev/null 2>&1 || status=1
    rm -rf "$folder"
    return $status
}

install() {
    # shellcheck disable=SC2086  # words on purpose
    wanted=$(missing $packages)
    if [ -n "$wanted" ] || ! has_runtime; then
        say "installing: ${wanted:-}ThreadSanitizer's runtime"
        renew_lists
        # shellcheck disable=SC2046,SC2086  # words on purpose
        fetch $wanted $(runtime_package)
        has_runtime || die "clang still cannot link with -fsanitize=thread: install its runtime by hand"
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
    for tool in clang llvm-symbolizer valgrind cmake pkg-config; do
        have "$tool" && continue
        die "this is not Debian or Ubuntu, so nothing is installed for you. Install with your package
  manager: clang with its compiler-rt, llvm, valgrind with its headers, cmake 3.21 or newer, pkg-config,
  and the libraries jansson, talloc, expat, libmd, libarchive, libelf and cmocka; then run this again."
    done
}

# ---- Doing ----

build() {
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

case "${1:-}" in
prove | test | install) ;;
*) die "usage: sh cmake/bootstrap.sh prove|test|install" ;;
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
    run_tests
    ;;
esac
