# What every target of ours is compiled with, and nothing else is: third-party headers
# come in as SYSTEM through their own targets.
add_library(bench_options INTERFACE)
target_include_directories(bench_options INTERFACE ${PROJECT_SOURCE_DIR})
# Designated initializers leave out what keeps its default: that is what defaults are for.
target_compile_options(bench_options INTERFACE -Wall -Wextra -Wpedantic
  -Wno-missing-field-initializers
  # GCC 12 warns falsely where strings are concatenated or moved (its bugs 105651 and 105329).
  $<$<CXX_COMPILER_ID:GNU>:-Wno-restrict>
  $<$<CXX_COMPILER_ID:GNU>:-Wno-array-bounds>
  $<$<CXX_COMPILER_ID:GNU>:-Wno-stringop-overflow>
  # GCC collects its garbage less often: an eighth of its time, for memory of a few hundred MB.
  $<$<CXX_COMPILER_ID:GNU>:--param=ggc-min-heapsize=393216>)

# Only loops over pixels and samples are worth the optimizer's time; everything else is compiled
# for a short build (docs/results/build.md). No level changes a floating-point result.
set(BENCH_QUICK $<$<CONFIG:Release>:-O1>)
set(BENCH_HOT $<$<CONFIG:Release>:-O3>)

# bench_precompiled(NAME HEADERS headers... LINK targets...): headers that are parsed once, for all
# targets that say target_precompile_headers(TARGET REUSE_FROM NAME).
function(bench_precompiled name)
  cmake_parse_arguments(arg "" "" "HEADERS;LINK" ${ARGN})
  set(carrier ${PROJECT_BINARY_DIR}/${name}.cpp)
  file(CONFIGURE OUTPUT ${carrier} CONTENT "// Carries precompiled headers.\n")
  add_library(${name} OBJECT EXCLUDE_FROM_ALL ${carrier})
  target_link_libraries(${name} PRIVATE bench_options ${arg_LINK})
  target_compile_options(${name} PRIVATE ${BENCH_QUICK})
  target_precompile_headers(${name} PRIVATE ${arg_HEADERS})
endfunction()

# JSON and what of the standard library nearly every file of the runner uses.
set(common_headers <algorithm> <cmath> <filesystem> <fstream> <functional> <map> <memory> <optional>
  <set> <span> <sstream> <stdexcept> <string> <string_view> <variant> <vector> <nlohmann/json.hpp>)
bench_precompiled(bench_common_headers HEADERS ${common_headers} LINK nlohmann_json::nlohmann_json)
if(BUILD_TESTING)
  bench_precompiled(bench_test_headers HEADERS ${common_headers} <gmock/gmock.h> <gtest/gtest.h>
    LINK nlohmann_json::nlohmann_json GTest::gmock GTest::gtest)
endif()

# bench_folder(NAME): the folder's library, then its tests.
function(bench_folder name)
  if(EXISTS ${PROJECT_SOURCE_DIR}/${name}/CMakeLists.txt)
    add_subdirectory(${PROJECT_SOURCE_DIR}/${name} ${PROJECT_BINARY_DIR}/${name})
    if(BUILD_TESTING AND EXISTS ${PROJECT_SOURCE_DIR}/tests/${name}/CMakeLists.txt)
      add_subdirectory(${PROJECT_SOURCE_DIR}/tests/${name} ${PROJECT_BINARY_DIR}/tests/${name})
    endif()
  endif()
endfunction()

# bench_library(NAME [FOLDER path] SOURCES files... [PUBLIC targets...] [PRIVATE targets...] [TORCH]
#               [HOT])
# A static library called bench_NAME, with the project's options. FOLDER: where its sources are,
# from the root; without it, beside the list. TORCH: it uses LibTorch and its precompiled headers,
# which are made with `training`, the first that needs them: they have no target of their own,
# because its empty source would cost as much as a file of the house.
# HOT: its loops decide how long a stage takes, so they get -O3 (and no precompiled headers, unless
# TORCH). Sources are compiled a few at a time, because their headers cost more than they do. So
# names in anonymous namespaces differ within a folder.
function(bench_library name)
  cmake_parse_arguments(arg "TORCH;HOT" "FOLDER" "SOURCES;PUBLIC;PRIVATE" ${ARGN})
  if(arg_FOLDER)
    list(TRANSFORM arg_SOURCES PREPEND ${PROJECT_SOURCE_DIR}/${arg_FOLDER}/)
  endif()
  add_library(bench_${name} STATIC ${arg_SOURCES})
  target_link_libraries(bench_${name} PUBLIC bench_options ${arg_PUBLIC} PRIVATE ${arg_PRIVATE})
  set_target_properties(bench_${name} PROPERTIES
    UNITY_BUILD ${BENCH_UNITY_BUILD} UNITY_BUILD_BATCH_SIZE 10)
  target_compile_options(bench_${name} PRIVATE $<IF:$<BOOL:${arg_HOT}>,${BENCH_HOT},${BENCH_QUICK}>)
  if(arg_TORCH)
    target_link_libraries(bench_${name} PUBLIC bench_torch)
    if(name STREQUAL "training")
      target_precompile_headers(bench_training PRIVATE ${BENCH_TORCH_HEADERS})
    else()
      target_precompile_headers(bench_${name} REUSE_FROM bench_training)
    endif()
  elseif(NOT arg_HOT)
    target_precompile_headers(bench_${name} REUSE_FROM bench_common_headers)
  endif()
endfunction()

# bench_test_program(PROGRAM [TORCH]): compiles a program of tests for a short build. With LibTorch,
# whose templates take 9 s in every unit, four files are one.
function(bench_test_program program)
  cmake_parse_arguments(arg "TORCH" "" "" ${ARGN})
  target_compile_options(${program} PRIVATE ${BENCH_QUICK})
  if(arg_TORCH)
    target_precompile_headers(${program} REUSE_FROM bench_training)
    set_target_properties(${program} PROPERTIES
      UNITY_BUILD ${BENCH_UNITY_BUILD} UNITY_BUILD_BATCH_SIZE 4)
  else()
    target_precompile_headers(${program} REUSE_FROM bench_test_headers)
  endif()
endfunction()

# bench_test(NAME [FOLDER path] SOURCES files... [LINK targets...] [TORCH]): tests of one library,
# linked to it alone, so that a hidden dependency shows as a link error. FOLDER: as above, below
# tests/.
function(bench_test name)
  cmake_parse_arguments(arg "TORCH" "FOLDER" "SOURCES;LINK" ${ARGN})
  if(arg_FOLDER)
    list(TRANSFORM arg_SOURCES PREPEND ${PROJECT_SOURCE_DIR}/tests/${arg_FOLDER}/)
  endif()
  add_executable(${name}_test ${arg_SOURCES})
  target_link_libraries(${name}_test PRIVATE bench_${name} ${arg_LINK} GTest::gtest_main)
  target_compile_definitions(${name}_test PRIVATE BENCH_SOURCE_DIR="${PROJECT_SOURCE_DIR}")
  if(arg_TORCH)
    bench_test_program(${name}_test TORCH)
  else()
    bench_test_program(${name}_test)
  endif()
  gtest_discover_tests(${name}_test TEST_PREFIX ${name}/ DISCOVERY_TIMEOUT 120)
endfunction()
