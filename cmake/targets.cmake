# What every target of ours is compiled with, and nothing else is: third-party headers
# come in as SYSTEM through their own targets.
add_library(bench_options INTERFACE)
target_include_directories(bench_options INTERFACE ${PROJECT_SOURCE_DIR})
# Designated initializers leave out what keeps its default: that is what defaults are for.
target_compile_options(bench_options INTERFACE -Wall -Wextra -Wpedantic
  -Wno-missing-field-initializers
  # GCC 12 warns falsely of string concatenation (its bug 105651).
  $<$<CXX_COMPILER_ID:GNU>:-Wno-restrict>)

# bench_folder(NAME): the folder's library, then its tests.
function(bench_folder name)
  if(EXISTS ${PROJECT_SOURCE_DIR}/${name}/CMakeLists.txt)
    add_subdirectory(${PROJECT_SOURCE_DIR}/${name} ${PROJECT_BINARY_DIR}/${name})
    if(BUILD_TESTING AND EXISTS ${PROJECT_SOURCE_DIR}/tests/${name}/CMakeLists.txt)
      add_subdirectory(${PROJECT_SOURCE_DIR}/tests/${name} ${PROJECT_BINARY_DIR}/tests/${name})
    endif()
  endif()
endfunction()

# bench_library(NAME [FOLDER path] SOURCES files... [PUBLIC targets...] [PRIVATE targets...] [TORCH])
# A static library called bench_NAME, with the project's options. FOLDER: where its sources are,
# from the root; without it, beside the list. TORCH: it uses LibTorch and the shared precompiled
# header. Sources are compiled a few at a time, because their headers cost more than they do. So
# names in anonymous namespaces differ within a folder.
function(bench_library name)
  cmake_parse_arguments(arg "TORCH" "FOLDER" "SOURCES;PUBLIC;PRIVATE" ${ARGN})
  if(arg_FOLDER)
    list(TRANSFORM arg_SOURCES PREPEND ${PROJECT_SOURCE_DIR}/${arg_FOLDER}/)
  endif()
  add_library(bench_${name} STATIC ${arg_SOURCES})
  target_link_libraries(bench_${name} PUBLIC bench_options ${arg_PUBLIC} PRIVATE ${arg_PRIVATE})
  set_target_properties(bench_${name} PROPERTIES
    UNITY_BUILD ${BENCH_UNITY_BUILD} UNITY_BUILD_BATCH_SIZE 6)
  if(arg_TORCH)
    target_link_libraries(bench_${name} PUBLIC bench_torch)
    target_precompile_headers(bench_${name} REUSE_FROM bench_torch_headers)
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
    target_precompile_headers(${name}_test REUSE_FROM bench_torch_headers)
  endif()
  gtest_discover_tests(${name}_test TEST_PREFIX ${name}/ DISCOVERY_TIMEOUT 120)
endfunction()
