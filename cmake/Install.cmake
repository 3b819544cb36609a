# What `cmake --install build` puts where. An installed program finds the rest from its own folder
# (harness/course/kit.c), so that any --prefix will do, and DESTDIR, and moving the whole prefix.
#
#   bin/racelings
#   lib/racelings/DETECTOR/*.o     what is linked into judged programs (from harness/CMakeLists.txt)
#   share/racelings/               the course; the sources of the harness, which handouts hold
#   share/man/man1/racelings.1     the manual page, and completion for bash and zsh: the program
#                                  writes them itself

set(_share "${CMAKE_INSTALL_DATADIR}/racelings")
set(_kit "${CMAKE_CURRENT_SOURCE_DIR}")

install(TARGETS racelings RUNTIME DESTINATION "${CMAKE_INSTALL_BINDIR}")
install(FILES "${_kit}/CMakeLists.txt" "${_kit}/CMakePresets.json" "${_kit}/LICENSE"
              "${_kit}/.gitignore" "${_kit}/.clang-format" DESTINATION "${_share}")
install(DIRECTORY "${_kit}/cmake" "${_kit}/exercises" DESTINATION "${_share}")
install(DIRECTORY "${_kit}/harness" DESTINATION "${_share}"
        PATTERN "tests" EXCLUDE PATTERN "bench" EXCLUDE)
if(EXISTS "${_kit}/solutions") # a handout has none
  install(DIRECTORY "${_kit}/solutions" DESTINATION "${_share}")
endif()

# Has the program write FILE with the words that follow, and installs it in DESTINATION.
function(_racelings_page file destination)
  set(path "${CMAKE_BINARY_DIR}/pages/${file}")
  add_custom_command(OUTPUT "${path}"
    COMMAND "${CMAKE_COMMAND}" -E make_directory "${CMAKE_BINARY_DIR}/pages"
    COMMAND racelings ${ARGN} > "${path}"
    DEPENDS racelings VERBATIM)
  install(FILES "${path}" DESTINATION "${destination}")
  set_property(GLOBAL APPEND PROPERTY RACELINGS_PAGES "${path}")
endfunction()

_racelings_page(racelings.1 "${CMAKE_INSTALL_MANDIR}/man1" manual)
_racelings_page(racelings "${CMAKE_INSTALL_DATADIR}/bash-completion/completions" completion bash)
_racelings_page(_racelings "${CMAKE_INSTALL_DATADIR}/zsh/site-functions" completion zsh)
get_property(_pages GLOBAL PROPERTY RACELINGS_PAGES)
add_custom_target(pages ALL DEPENDS ${_pages})
if(TARGET harness-tests)
  add_dependencies(harness-tests pages)
endif()
