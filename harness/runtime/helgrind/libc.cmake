# A copy of the C library for programs under Helgrind: the same code and the same symbols, without
# the debug information. That valgrind reads at every start, whatever it is asked to leave out, and
# takes as long for it as for all the rest: with the copy a small program is judged in half the time
# (valgrind 3.19, glibc 2.36: 0.25 s instead of 0.49 s). The symbols it needs, to find the functions
# that Helgrind follows.
#
# Sets RACELINGS_HELGRIND_LIBC to the copy and the file of its symbols, and RACELINGS_LIBC to what
# was copied. The copy has its time, by which judge/detectors/helgrind.c sees that the library has
# been replaced since. Both are empty where there is no debug information to leave out, or the copy
# does not work.

set(RACELINGS_HELGRIND_LIBC "")
set(RACELINGS_LIBC "")

# Sets `result` to the file that has the debug information of `library`, or to "".
function(_racelings_debug_of library result)
  set(${result} "" PARENT_SCOPE)
  racelings_probe(failed "${RACELINGS_OBJCOPY}" --dump-section .note.gnu.build-id=build-id "${library}" unused)
  if(NOT failed)
    file(READ "${CMAKE_BINARY_DIR}/probe/build-id" id OFFSET 16 HEX) # behind the note's head
    string(REGEX REPLACE "^(..)(.*)$" "/usr/lib/debug/.build-id/\\1/\\2.debug" debug "${id}")
    if(EXISTS "${debug}")
      set(${result} "${debug}" PARENT_SCOPE)
    endif()
  endif()
endfunction()

# Makes libc.so.6 and libc.so.6.debug of `library` in build/probe/lib. Without its identifier, by
# which valgrind would find the debug information all the same; with a link to the symbols beside
# it. ("lib" must be in its path: by that valgrind's own suppressions know the library.)
function(_racelings_copy library debug result)
  file(MAKE_DIRECTORY "${CMAKE_BINARY_DIR}/probe/lib")
  racelings_probe(failed "${RACELINGS_OBJCOPY}" --strip-debug "${debug}" lib/libc.so.6.debug)
  if(NOT failed)
    racelings_probe(failed "${RACELINGS_OBJCOPY}" --preserve-dates
                    --remove-section .note.gnu.build-id --remove-section .gnu_debuglink
                    --add-gnu-debuglink=lib/libc.so.6.debug "${library}" lib/libc.so.6)
  endif()
  if(NOT failed)
    file(WRITE "${CMAKE_BINARY_DIR}/probe/thread.c" "#include <pthread.h>
static void *nothing(void *unused) { return unused; }
int main(void)
{
    pthread_t thread;
    return pthread_create(&thread, NULL, nothing, NULL) || pthread_join(thread, NULL);
}
")
    racelings_probe(failed "${RACELINGS_CLANG}" -pthread thread.c -o thread)
  endif()
  if(NOT failed)
    racelings_probe(failed "${CMAKE_COMMAND}" -E env LD_LIBRARY_PATH=lib "${RACELINGS_VALGRIND}"
                    --tool=helgrind --error-exitcode=1 ./thread)
  endif()
  set(${result} "${failed}" PARENT_SCOPE)
endfunction()

execute_process(COMMAND "${RACELINGS_CLANG}" -print-file-name=libc.so.6 OUTPUT_VARIABLE _libc
                OUTPUT_STRIP_TRAILING_WHITESPACE)
_racelings_debug_of("${_libc}" _debug)
if(_debug)
  set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS "${_libc}" "${_debug}")
  _racelings_copy("${_libc}" "${_debug}" _failed)
  if(NOT _failed)
    set(RACELINGS_LIBC "${_libc}")
    foreach(_name libc.so.6 libc.so.6.debug) # renamed, for programs may be judged meanwhile
      file(MAKE_DIRECTORY "${CMAKE_BINARY_DIR}/libc")
      file(RENAME "${CMAKE_BINARY_DIR}/probe/lib/${_name}" "${CMAKE_BINARY_DIR}/libc/${_name}")
      list(APPEND RACELINGS_HELGRIND_LIBC "${CMAKE_BINARY_DIR}/libc/${_name}")
    endforeach()
  endif()
endif()
