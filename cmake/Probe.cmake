# What a tool can do is tried out while the build is configured. For cmake/Detectors.cmake, which
# includes this, and for the files of the rooms.

# Runs a command in build/probe, silently. Sets `failed` to what if() takes for false where it
# succeeds, and ${failed}_told to what it has written.
function(racelings_probe failed)
  file(MAKE_DIRECTORY "${CMAKE_BINARY_DIR}/probe")
  execute_process(COMMAND ${ARGN} WORKING_DIRECTORY "${CMAKE_BINARY_DIR}/probe"
                  RESULT_VARIABLE status OUTPUT_VARIABLE told ERROR_VARIABLE told)
  set(${failed} "${status}" PARENT_SCOPE)
  set(${failed}_told "${told}" PARENT_SCOPE)
endfunction()
