# Finds the tools that judge, and holds every flag a judged program is built with. What is missing
# is named together with the package that brings it.
#
# Sets RACELINGS_CLANG, RACELINGS_SYMBOLIZER, RACELINGS_VALGRIND, RACELINGS_DETECTORS and, for each
# detector D, RACELINGS_FLAGS_D for compiling and RACELINGS_LINK_D for linking.
# harness/CMakeLists.txt hands them to the harness through a generated header.

include("${CMAKE_CURRENT_LIST_DIR}/Probe.cmake")

set(RACELINGS_DETECTORS explore tsan helgrind native)

# ---- What is needed, and where it comes from ----

set(_missing "")

# Notes that WHAT is missing and that the Debian or Ubuntu package PACKAGE brings it.
macro(_racelings_missing what package)
  list(APPEND _missing "  ${what}: package ${package}")
endmacro()

# Gives the programs on the PATH that are called TOOL-N, N a version, the highest first.
function(_racelings_versions_of tool result)
  set(found "")
  string(REPLACE ":" ";" folders "$ENV{PATH}")
  foreach(folder IN LISTS folders)
    file(GLOB names RELATIVE "${folder}" "${folder}/${tool}-[0-9]*")
    list(APPEND found ${names})
  endforeach()
  list(FILTER found INCLUDE REGEX "^${tool}-[0-9]+$")
  list(SORT found COMPARE NATURAL ORDER DESCENDING)
  set(${result} ${found} PARENT_SCOPE)
endfunction()

# A clang that was asked for (CC=clang-16) judges too. "cc" is not asking for one: what it means
# changes when another compiler is installed.
set(_asked "")
cmake_path(GET CMAKE_C_COMPILER FILENAME _name)
if(CMAKE_C_COMPILER_ID STREQUAL "Clang" AND _name MATCHES "^clang(-[0-9]+)?$")
  set(_asked "${CMAKE_C_COMPILER}")
endif()
_racelings_versions_of(clang _clangs)
_racelings_versions_of(llvm-symbolizer _symbolizers)
find_program(RACELINGS_CLANG NAMES ${_asked} clang ${_clangs} DOC "The compiler of all judged programs")
if(RACELINGS_CLANG) # the symbolizer of the same version, where it has one
  execute_process(COMMAND "${RACELINGS_CLANG}" -print-prog-name=llvm-symbolizer OUTPUT_VARIABLE _own
                  OUTPUT_STRIP_TRAILING_WHITESPACE ERROR_QUIET)
endif()
find_program(RACELINGS_SYMBOLIZER NAMES ${_own} llvm-symbolizer ${_symbolizers}
             DOC "Turns addresses into lines")
find_program(RACELINGS_VALGRIND NAMES valgrind DOC "Runs Helgrind")
find_path(RACELINGS_HELGRIND_INCLUDE valgrind/helgrind.h DOC "Helgrind's client requests")

if(NOT RACELINGS_CLANG)
  _racelings_missing("clang 14 or newer" "clang")
else()
  # Whether clang can link a ThreadSanitizer program: its runtime is a package of its own.
  file(WRITE "${CMAKE_BINARY_DIR}/probe/tsan.c" "int main(void) { return 0; }\n")
  racelings_probe(_failed "${RACELINGS_CLANG}" -fsanitize=thread tsan.c -o tsan)
  if(_failed)
    execute_process(COMMAND "${RACELINGS_CLANG}" -dumpversion OUTPUT_VARIABLE _version
                    OUTPUT_STRIP_TRAILING_WHITESPACE)
    string(REGEX REPLACE "\\..*" "" _version "${_version}")
    _racelings_missing("clang's ThreadSanitizer runtime" "libclang-rt-${_version}-dev")
  endif()
  # lld links ThreadSanitizer's runtime in half the time. One thread: linking is confined, and must
  # not need more processes on a machine with more processors.
  set(_linker -fuse-ld=lld -Wl,--threads=1)
  racelings_probe(_failed "${RACELINGS_CLANG}" -fsanitize=thread ${_linker} tsan.c -o tsan)
  if(_failed)
    set(_linker "")
  endif()
endif()
if(NOT RACELINGS_SYMBOLIZER)
  _racelings_missing("llvm-symbolizer" "llvm")
endif()
if(NOT RACELINGS_VALGRIND OR NOT RACELINGS_HELGRIND_INCLUDE)
  _racelings_missing("valgrind with Helgrind and its headers" "valgrind")
else()
  racelings_probe(_failed "${RACELINGS_VALGRIND}" --tool=helgrind --version)
  if(_failed)
    _racelings_missing("a valgrind that has Helgrind" "valgrind")
  endif()
endif()

find_package(PkgConfig QUIET)
if(NOT PkgConfig_FOUND)
  _racelings_missing("pkg-config" "pkg-config")
else()
  foreach(_library jansson:libjansson-dev talloc:libtalloc-dev expat:libexpat1-dev libmd:libmd-dev
          libarchive:libarchive-dev libelf:libelf-dev libdw:libdw-dev libseccomp:libseccomp-dev)
    string(REPLACE ":" ";" _library "${_library}")
    list(GET _library 0 _name)
    list(GET _library 1 _package)
    pkg_check_modules(${_name} QUIET IMPORTED_TARGET ${_name})
    if(NOT ${_name}_FOUND)
      _racelings_missing("the library ${_name}" "${_package}")
    endif()
  endforeach()
  pkg_check_modules(cmocka QUIET IMPORTED_TARGET cmocka)
endif()

if(_missing)
  list(JOIN _missing "\n" _missing)
  message(FATAL_ERROR "Missing on this machine:\n${_missing}\n"
                      "\"sh cmake/bootstrap.sh install\" installs all of it.")
endif()

# ---- How programs are built ----

# Common to all. DWARF 4 because valgrind before 3.20 cannot read the DWARF 5 that clang writes.
# The include folder holds what drivers may use.
set(RACELINGS_DRIVER_INCLUDE "${CMAKE_CURRENT_SOURCE_DIR}/harness/runtime/include")
set(_common -std=gnu11 -g -gdwarf-4 -Wall -Wextra -pthread "-I${RACELINGS_DRIVER_INCLUDE}")
set(_common_link -pthread ${_linker})
if(CMAKE_SYSTEM_PROCESSOR MATCHES "x86_64|AMD64")
  list(APPEND _common -mcx16) # 16-byte atomics are instructions, not calls of a library with locks
endif()

# What the preprocessor could tell the judges' builds apart by is the same in all of them: a program
# is one text, whoever looks. (So the library's headers leave out what they have for optimised
# programs.)
list(APPEND _common -U__OPTIMIZE__ -D__NO_INLINE__ -U__PIC__ -U__pic__ -U__PIE__ -U__pie__
     -U__SANITIZE_THREAD__)

# What a tool looks at is the program as it stands in the source: each access to memory is made
# where it is written, nothing is inlined, no call is a tail call. The optimiser would also take the
# sharing out of a program: what one function alone uses it makes a variable of that function's (see
# runtime/native/shared_statics.c).
set(_as_written -O0 -fno-omit-frame-pointer)

# Turns C11 atomics, and only them, into calls of __tsan_atomic*, which harness/runtime/ defines
# where ThreadSanitizer's own runtime is left out.
set(_atomics_as_calls
    -fsanitize=thread
    "SHELL:-mllvm -tsan-instrument-memory-accesses=0"
    "SHELL:-mllvm -tsan-instrument-func-entry-exit=0"
    "SHELL:-mllvm -tsan-instrument-memintrinsics=0")
list(TRANSFORM _atomics_as_calls REPLACE "^SHELL:-mllvm (.*)" "-mllvm;\\1")

# The linker flags that put the harness's wrappers in front of the calls listed in
# runtime/NAME/NAME.wrap.
function(_racelings_wraps name result)
  set(list "${CMAKE_CURRENT_SOURCE_DIR}/harness/runtime/${name}/${name}.wrap")
  file(STRINGS "${list}" symbols)
  list(TRANSFORM symbols PREPEND "-Wl,--wrap=")
  set(${result} ${symbols} PARENT_SCOPE)
  set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS "${list}")
endfunction()

foreach(_detector tsan helgrind native)
  _racelings_wraps(${_detector} _wraps_${_detector})
endforeach()

# __tsan_on_finalize is looked up by name when the runtime starts, so the program must export it.
set(RACELINGS_FLAGS_tsan ${_common} ${_as_written} -fsanitize=thread)
set(RACELINGS_LINK_tsan ${_common_link} -fsanitize=thread ${_wraps_tsan}
    -Wl,--export-dynamic-symbol=__tsan_on_finalize)

# Not position-independent: the addresses in a report are those of the file.
set(RACELINGS_FLAGS_helgrind ${_common} ${_as_written} ${_atomics_as_calls} -fno-pie)
set(RACELINGS_LINK_helgrind ${_common_link} -no-pie ${_wraps_helgrind})

# As a program is shipped: optimised. Its code and static variables lie where they do under the
# explorer.
set(RACELINGS_FLAGS_native ${_common} -O2 -fno-pie)
set(RACELINGS_LINK_native ${_common_link} -no-pie ${_wraps_native})

# ---- The explorer ----

include("${CMAKE_CURRENT_SOURCE_DIR}/harness/runtime/explore/flags.cmake")

# ---- How they are linked without clang ----

# clang takes as long to start as the linker to link, and all that it does is to find the linker's
# arguments. So it is asked for them here, once. Sets RACELINGS_LINKER_D, in which OBJECTS and
# PROGRAM stand for the objects and the output, or nothing where that cannot be told; and by what
# clang is known again: the harness links by it as soon as it is another one.
file(REAL_PATH "${RACELINGS_CLANG}" _clang)
file(SIZE "${_clang}" RACELINGS_CLANG_SIZE)
file(TIMESTAMP "${_clang}" RACELINGS_CLANG_CHANGED "%s" UTC)
file(WRITE "${CMAKE_BINARY_DIR}/probe/OBJECTS" "")
foreach(_detector IN LISTS RACELINGS_DETECTORS)
  execute_process(
    COMMAND "${CMAKE_COMMAND}" -E env --unset=LIBRARY_PATH # as when the harness runs it
            "${RACELINGS_CLANG}" "-###" ${RACELINGS_LINK_${_detector}} OBJECTS -Wl,--as-needed -lm -o PROGRAM
    WORKING_DIRECTORY "${CMAKE_BINARY_DIR}/probe" RESULT_VARIABLE _failed OUTPUT_QUIET
    ERROR_VARIABLE _told OUTPUT_STRIP_TRAILING_WHITESPACE ERROR_STRIP_TRAILING_WHITESPACE)
  string(REGEX MATCH "[^\n]*$" _command "${_told}")
  separate_arguments(RACELINGS_LINKER_${_detector} UNIX_COMMAND "${_command}")
  if(_failed OR NOT "OBJECTS" IN_LIST RACELINGS_LINKER_${_detector}
     OR NOT "PROGRAM" IN_LIST RACELINGS_LINKER_${_detector})
    set(RACELINGS_LINKER_${_detector} "")
  endif()
endforeach()
