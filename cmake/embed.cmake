# bench_embed(TARGET NAMESPACE FILES files...): makes each file's bytes part of the program.
# `migrations/0001_runs.sql` becomes `extern const std::string_view k_0001_runs_sql;` in namespace
# NAMESPACE, declared in the generated header "embedded/TARGET.h" (beside the build, included by
# that folder's own sources only).
function(bench_embed target namespace)
  cmake_parse_arguments(arg "" "" "FILES" ${ARGN})
  set(header ${PROJECT_BINARY_DIR}/embedded/${target}.h)
  set(source ${PROJECT_BINARY_DIR}/embedded/${target}.cpp)
  set(absolute_files "")
  foreach(file IN LISTS arg_FILES)
    get_filename_component(absolute ${file} ABSOLUTE)
    list(APPEND absolute_files ${absolute})
  endforeach()
  add_custom_command(
    OUTPUT ${header} ${source}
    COMMAND ${CMAKE_COMMAND} "-DFILES=${absolute_files}" -DNAMESPACE=${namespace}
            -DHEADER=${header} -DSOURCE=${source} -P ${PROJECT_SOURCE_DIR}/cmake/embed_files.cmake
    DEPENDS ${absolute_files} ${PROJECT_SOURCE_DIR}/cmake/embed_files.cmake
    VERBATIM)
  # All such headers, for what reads sources without building them: ci/tidy.sh.
  if(NOT TARGET bench_embedded)
    add_custom_target(bench_embedded)
  endif()
  add_custom_target(bench_embedded_${target} DEPENDS ${header})
  add_dependencies(bench_embedded bench_embedded_${target})
  target_sources(bench_${target} PRIVATE ${header} ${source})
  target_include_directories(bench_${target} PRIVATE ${PROJECT_BINARY_DIR})
endfunction()
