# What lets one start of the compiler do for two command lines: one_start.c, built and tried here.
#
# Sets RACELINGS_ONE_START to the library that is loaded into clang, or to "" where that is no dynamic
# program, or no program at all but a script: then the shell starts it twice.

set(RACELINGS_ONE_START "")
set(_source "${CMAKE_CURRENT_LIST_DIR}/one_start.c")
set(_library "${CMAKE_BINARY_DIR}/compiler/one_start.so")
set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS "${_source}")
file(MAKE_DIRECTORY "${CMAKE_BINARY_DIR}/compiler")
file(WRITE "${CMAKE_BINARY_DIR}/probe/two.c" "int two;\n")
file(REMOVE "${CMAKE_BINARY_DIR}/probe/two.i" "${CMAKE_BINARY_DIR}/probe/two.o")
execute_process( # renamed, for programs may be compiled meanwhile
  COMMAND "${RACELINGS_CLANG}" -std=gnu11 -O2 -shared -fPIC "${_source}" -o one_start.so -ldl
  WORKING_DIRECTORY "${CMAKE_BINARY_DIR}/probe" RESULT_VARIABLE _failed OUTPUT_QUIET ERROR_QUIET)
if(NOT _failed)
  file(RENAME "${CMAKE_BINARY_DIR}/probe/one_start.so" "${_library}")
  execute_process(
    COMMAND "${CMAKE_COMMAND}" -E env "LD_PRELOAD=${_library}"
            "${RACELINGS_CLANG}" 5 -E two.c -o two.i --then -c two.c -o two.o
    WORKING_DIRECTORY "${CMAKE_BINARY_DIR}/probe" RESULT_VARIABLE _failed OUTPUT_VARIABLE _told
    ERROR_VARIABLE _told)
  if(NOT _failed AND "${_told}" STREQUAL "" AND EXISTS "${CMAKE_BINARY_DIR}/probe/two.i"
     AND EXISTS "${CMAKE_BINARY_DIR}/probe/two.o")
    set(RACELINGS_ONE_START "${_library}")
  endif()
endif()
