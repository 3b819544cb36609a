#!/bin/sh
# Which clang judges: the one that CC asks for, else "clang", else the highest clang-N, however high. Configures
# the course with a PATH that holds wrappers of the clang there is.
#
#     sh harness/tests/toolchain.sh CLANG COURSE
set -eu
clang=$1
course=$2
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# All programs but clangs and symbolizers.
mkdir "$work/bin"
for folder in /bin /usr/bin /usr/local/bin; do
    ln -sf "$folder"/* "$work/bin"
done
rm -f "$work/bin"/clang* "$work/bin"/llvm-symbolizer*
PATH=$work/bin
export PATH

add_clang() {
    printf '#!/bin/sh\nexec "%s" "$@"\n' "$clang" > "$work/bin/$1"
    chmod +x "$work/bin/$1"
}

# Expects $1 to be the clang of judged programs where CC is $2, or where it is not set.
expect() {
    (
        unset CC
        [ -z "${2:-}" ] || export CC="$2"
        cmake -S "$course" -B "$work/build" -G Ninja -DCMAKE_FIND_USE_CMAKE_SYSTEM_PATH=OFF
    ) > "$work/log" 2>&1 || true
    if ! grep -q "^RACELINGS_CLANG:FILEPATH=$work/bin/$1\$" "$work/build/CMakeCache.txt"; then
        cat "$work/log" "$work/build/CMakeCache.txt"
        echo "FAILED: CC=${2:-} does not choose $1"
        exit 1
    fi
    rm -rf "$work/build"
}

ln -s "$("$clang" -print-prog-name=llvm-symbolizer)" "$work/bin/llvm-symbolizer-99"
add_clang clang-9
add_clang clang-99
add_clang clang-100
expect clang-100
expect clang-99 clang-99
add_clang clang
expect clang
expect clang-99 clang-99
