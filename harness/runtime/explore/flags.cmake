# How programs are built for the explorer. Included by cmake/Detectors.cmake; sets
#   RACELINGS_FLAGS_explore, RACELINGS_LINK_explore  as for the other detectors
#   RACELINGS_WRAPS_explore  the functions of the library that the runtime takes the place of
#
# -O0 keeps a thread's state on its stack, by which spinning is told, and the order of the source.
# Without -tsan-instrument-read-before-write clang leaves out the read of `x++`. With -z now symbols
# are looked up once, and not by each of the many processes that are forked.

file(GLOB _lists CONFIGURE_DEPENDS "${CMAKE_CURRENT_LIST_DIR}/*.wrap")
set(RACELINGS_WRAPS_explore "")
foreach(_list IN LISTS _lists)
  file(STRINGS "${_list}" _symbols)
  list(APPEND RACELINGS_WRAPS_explore ${_symbols})
  set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS "${_list}")
endforeach()
list(TRANSFORM RACELINGS_WRAPS_explore PREPEND "-Wl,--wrap=" OUTPUT_VARIABLE _wraps_explore)

set(RACELINGS_FLAGS_explore ${_common} ${_as_written} -fno-pie -fsanitize=thread
    -mllvm -tsan-instrument-read-before-write=1)
set(RACELINGS_LINK_explore ${_common_link} -no-pie -Wl,-z,now ${_wraps_explore})
