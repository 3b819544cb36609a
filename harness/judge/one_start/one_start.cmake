# What lets one start of the compiler do for several command lines: one_start.c, built and tried
# here.
#
# Sets RACELINGS_ONE_START to the library that is loaded into clang, or to "" where that is no
# dynamic program, or no program at all but a script: then the shell starts it each time.

set(RACELINGS_ONE_START "")
set(_source "${CMAKE_CURRENT_LIST_DIR}/one_start.c")
set(_library "${CMAKE_BINARY_DIR}/compiler/one_start.so")
set(_made "${CMAKE_BINARY_DIR}/probe/two.i" "${CMAKE_BINARY_DIR}/probe/two.o"
          "${CMAKE_BINARY_DIR}/probe/two.ll")
set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS "${_source}")
file(MAKE_DIRECTORY "${CMAKE_BINARY_DIR}/compiler")
file(WRITE "${CMAKE_BINARY_DIR}/probe/two.c" "int two;\n")
file(REMOVE ${_made})
racelings_probe(_failed "${RACELINGS_CLANG}" -std=gnu11 -O2 -shared -fPIC "${_source}"
                -o one_start.so -ldl)
if(NOT _failed)
  # Renamed, for programs may be compiled meanwhile.
  file(RENAME "${CMAKE_BINARY_DIR}/probe/one_start.so" "${_library}")
  racelings_probe(_failed "${CMAKE_COMMAND}" -E env "LD_PRELOAD=${_library}"
                  "${RACELINGS_CLANG}" 5 -E two.c -o two.i --then -c two.c -o two.o
                  --then -S -emit-llvm two.c -o two.ll)
  foreach(_file IN LISTS _made)
    if(NOT EXISTS "${_file}")
      set(_failed TRUE)
    endif()
  endforeach()
  # What is written would be taken for the compiler's messages.
  if(NOT _failed AND "${_failed_told}" STREQUAL "")
    set(RACELINGS_ONE_START "${_library}")
  endif()
endif()
