# Registers the tests of the course. Adding an exercise is adding its folder: there is no list to
# edit.

# racelings_add_exercise(ROOT FOLDER)
#
# Registers the exercise in ROOT/exercises/FOLDER ("1-lost-updates/01-counter"):
#
#   NAME.DETECTOR.broken   the untouched starting program is reported as exercise.json promises
#   NAME.DETECTOR.fixed    the reference solution is clean (where ROOT has solutions/)
#   NAME.DETECTOR.yours    the student's program is clean; skipped while untouched
#   NAME.also-right.A      another right answer is accepted (label answers)
#   NAME.still-wrong.A     a tempting wrong answer is rejected (label answers)
#
# Where several tests run at a time and nothing is known of them yet, the costly ones begin first,
# so that none of these is left alone at the end.
#
# NAME is FOLDER's last part without its number. All carry the label "race" or "answers", and those
# of their detector, variant, exercise and chapter ("chapter-1": by its number alone, for `ctest -L
# race` is to choose no chapter for its name; `ctest -L 'chapter-1$'`, for there is a chapter 10).
function(racelings_add_exercise root folder)
  string(REGEX REPLACE "^([0-9]+)-.*" "chapter-\\1" chapter "${folder}")
  cmake_path(GET folder FILENAME name)
  string(REGEX REPLACE "^[0-9]+-" "" name "${name}")

  get_property(known GLOBAL PROPERTY RACELINGS_EXERCISE_${name})
  if(known)
    message(FATAL_ERROR "Two exercises are called \"${name}\": exercises/${known} and "
                        "exercises/${folder}. Rename one: names are unique over the course.")
  endif()
  set_property(GLOBAL PROPERTY RACELINGS_EXERCISE_${name} "${folder}")

  set(variants broken yours)
  if(EXISTS "${root}/solutions/${folder}")
    list(APPEND variants fixed)
  endif()
  foreach(detector IN LISTS RACELINGS_DETECTORS)
    foreach(variant IN LISTS variants)
      _racelings_test(${name}.${detector}.${variant}
                      "race;${detector};${variant};${name};${chapter}"
                      check ${name} --detector ${detector} --variant ${variant})
      if(detector STREQUAL "explore")
        set_tests_properties(${name}.${detector}.${variant} PROPERTIES COST 10)
      endif()
    endforeach()
  endforeach()

  foreach(kind also-right still-wrong)
    file(GLOB answers CONFIGURE_DEPENDS RELATIVE "${root}" "${root}/solutions/${folder}/${kind}/*.c")
    foreach(answer IN LISTS answers)
      cmake_path(GET answer STEM stem)
      _racelings_test(${name}.${kind}.${stem} "answers;${kind};${name};${chapter}"
                      verify ${name} --answer ${answer})
      set_tests_properties(${name}.${kind}.${stem} PROPERTIES COST 20)
    endforeach()
  endforeach()

  # For clangd, which learns from compile_commands.json how these files are compiled; never built.
  file(GLOB sources CONFIGURE_DEPENDS "${root}/exercises/${folder}/*.c")
  file(GLOB answers CONFIGURE_DEPENDS "${root}/solutions/${folder}/*.c"
       "${root}/solutions/${folder}/*/*.c")
  add_library(exercise-${name} OBJECT EXCLUDE_FROM_ALL ${sources} ${answers})
  target_include_directories(exercise-${name} PRIVATE "${root}/exercises/${folder}"
                             "${RACELINGS_DRIVER_INCLUDE}")
  target_compile_options(exercise-${name} PRIVATE -Wall -Wextra)
endfunction()

# racelings_add_course(ROOT): every exercise below ROOT/exercises.
function(racelings_add_course root)
  file(GLOB found CONFIGURE_DEPENDS RELATIVE "${root}/exercises" "${root}/exercises/*/*/exercise.json")
  if(NOT found)
    message(FATAL_ERROR "There is no exercise below ${root}/exercises: expected "
                        "exercises/N-CHAPTER/NN-NAME/exercise.json.")
  endif()
  list(SORT found COMPARE NATURAL) # chapter 10 comes after chapter 9
  foreach(json IN LISTS found)
    cmake_path(GET json PARENT_PATH folder)
    racelings_add_exercise("${root}" "${folder}")
  endforeach()
  if(EXISTS "${root}/solutions")
    _racelings_test(course.inventory "harness;inventory" verify --inventory)
  endif()
endfunction()

# One test: `racelings ARGN`, built first if need be. Exit status 77 is "skipped", with the reason
# in the output.
function(_racelings_test name labels)
  add_test(NAME ${name} COMMAND racelings ${ARGN} -j 1)
  set_tests_properties(${name} PROPERTIES
    LABELS "${labels}"
    SKIP_RETURN_CODE 77
    FIXTURES_REQUIRED racelings-built
    TIMEOUT 1200)
endfunction()

# `ctest -L race` alone must do, also straight after configuring: the first test builds the program.
add_test(NAME racelings.build
         COMMAND "${CMAKE_COMMAND}" --build "${CMAKE_BINARY_DIR}" --target racelings)
set_tests_properties(racelings.build PROPERTIES FIXTURES_SETUP racelings-built RUN_SERIAL ON)
