#!/bin/sh
# Run once by Gradescope, as root, when it makes the autograder's image: installs the tools and
# builds the harness. What it prints is in the image's build log.
set -eu
cd "${AUTOGRADER_ROOT:-/autograder}/source/course"
sh cmake/bootstrap.sh install
cmake -B build -G Ninja
cmake --build build --target racelings
build/racelings doctor || echo 'See above: submissions may turn out "ungradable" in this image.'
