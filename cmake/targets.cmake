# What every target of ours is compiled with, and nothing else is: third-party headers
# come in as SYSTEM through their own targets.
add_library(bench_options INTERFACE)
target_include_directories(bench_options INTERFACE ${PROJECT_SOURCE_DIR})
# Designated initialisers leave out what keeps its default: that is what defaults are for.
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

# bench_library(NAME SOURCES files... [PUBLIC targets...] [PRIVATE targets...] [TORCH])
# A static library called bench_NAME, with the project's options. TORCH: it uses LibTorch and
# the shared precompiled header. Sources are compiled a few at a time, because their headers cost
# more than they do: an empty file under the precompiled LibTorch header takes g++ six seconds.
# So names in anonymous namespaces differ within a folder.
function(bench_library name)
  cmake_parse_arguments(arg "TORCH" "" "SOURCES;PUBLIC;PRIVATE" ${ARGN})
  add_library(bench_${name} STATIC ${arg_SOURCES})
  target_link_libraries(bench_${name} PUBLIC bench_options ${arg_PUBLIC} PRIVATE ${arg_PRIVATE})
  set_target_properties(bench_${name} PROPERTIES UNITY_BUILD ${BENCH_UNITY_BUILD} UNITY_BUILD_BATCH_SIZE 6)
  if(arg_TORCH)
    target_link_libraries(bench_${name} PUBLIC bench_torch)
    target_precompile_headers(bench_${name} REUSE_FROM bench_torch_headers)
  endif()
endfunction()

# bench_test(FOLDER SOURCES files... [LINK targets...] [TORCH]): tests of one folder, linked to
# that folder alone, so that a hidden dependency shows as a link error.
function(bench_test folder)
  cmake_parse_arguments(arg "TORCH" "" "SOURCES;LINK" ${ARGN})
  add_executable(${folder}_test ${arg_SOURCES})
  target_link_libraries(${folder}_test PRIVATE bench_${folder} ${arg_LINK} GTest::gtest_main)
  target_compile_definitions(${folder}_test PRIVATE
    BENCH_SOURCE_DIR="${PROJECT_SOURCE_DIR}")
  if(arg_TORCH)
    target_precompile_headers(${folder}_test REUSE_FROM bench_torch_headers)
  endif()
  gtest_discover_tests(${folder}_test TEST_PREFIX ${folder}/ DISCOVERY_TIMEOUT 120)
endfunction()
