# `cmake --install` and CPack. The programs and LibTorch's libraries lie in one folder, lib/bench/,
# where they find each other (bench-stage by RUNPATH $ORIGIN); bin/bench is a link into it:
#
#   bin/bench -> ../lib/bench/bench
#   lib/bench/{bench,bench-stage,libtorch_cpu.so,libc10.so,...}
#   share/bench/experiments/           found by `bench run experiments/X.json` in any folder
#   share/{man/man1,bash-completion/completions,zsh/site-functions,fish/vendor_completions.d}
#   share/doc/bench/
include(GNUInstallDirs)

install(TARGETS bench DESTINATION lib/bench)
file(MAKE_DIRECTORY ${PROJECT_BINARY_DIR}/install)
file(CREATE_LINK ../lib/bench/bench ${PROJECT_BINARY_DIR}/install/bench SYMBOLIC)
install(FILES ${PROJECT_BINARY_DIR}/install/bench DESTINATION bin)

if(BENCH_WITH_TORCH)
  set_target_properties(bench-stage PROPERTIES INSTALL_RPATH "$ORIGIN")
  # Of what bench-stage loads, the libraries that came with LibTorch; those of the distribution
  # are dependencies of the package.
  install(TARGETS bench-stage RUNTIME_DEPENDENCY_SET bench_libraries RUNTIME DESTINATION lib/bench)
  if(NOT torch_prefix STREQUAL "/usr")
    install(RUNTIME_DEPENDENCY_SET bench_libraries
      DIRECTORIES ${torch_prefix}/lib
      POST_INCLUDE_REGEXES "/torch/lib/[^/]*$" POST_EXCLUDE_REGEXES ".*"
      DESTINATION lib/bench)
    file(GLOB torch_licenses ${torch_prefix}/../torch-*.dist-info/licenses/LICENSE
      ${torch_prefix}/../torch-*.dist-info/licenses/NOTICE ${torch_prefix}/../torch-*.dist-info/LICENSE
      ${torch_prefix}/../torch-*.dist-info/NOTICE)
    install(FILES ${torch_licenses} DESTINATION ${CMAKE_INSTALL_DOCDIR}/libtorch)
  endif()
endif()

# What the program can say of its commands is written by the program.
set(generated ${PROJECT_BINARY_DIR}/install)
add_custom_command(
  OUTPUT ${generated}/bench.bash ${generated}/_bench ${generated}/bench.fish ${generated}/man1/bench.1
  COMMAND bench completion bash > ${generated}/bench.bash
  COMMAND bench completion zsh > ${generated}/_bench
  COMMAND bench completion fish > ${generated}/bench.fish
  COMMAND bench man --output ${generated}/man1
  DEPENDS bench
  VERBATIM)
add_custom_target(bench_help_files
  DEPENDS ${generated}/bench.bash ${generated}/_bench ${generated}/bench.fish ${generated}/man1/bench.1)
# Before they are installed, not in the default build: `./bench` does not need them.
install(CODE "execute_process(COMMAND \"${CMAKE_COMMAND}\" --build \"${PROJECT_BINARY_DIR}\"
  --target bench_help_files COMMAND_ERROR_IS_FATAL ANY)")
install(FILES ${generated}/bench.bash DESTINATION share/bash-completion/completions RENAME bench)
install(FILES ${generated}/_bench DESTINATION share/zsh/site-functions)
install(FILES ${generated}/bench.fish DESTINATION share/fish/vendor_completions.d)
install(DIRECTORY ${generated}/man1 DESTINATION ${CMAKE_INSTALL_MANDIR})

install(DIRECTORY experiments DESTINATION share/bench)
install(FILES README.md CHANGELOG.md LICENSE CITATION.cff DESTINATION ${CMAKE_INSTALL_DOCDIR})
install(DIRECTORY docs DESTINATION ${CMAKE_INSTALL_DOCDIR})

set(CPACK_GENERATOR TGZ DEB)
set(CPACK_PACKAGE_NAME bench)
set(CPACK_PACKAGE_VENDOR "The bench maintainers")
set(CPACK_PACKAGE_CONTACT "The bench maintainers <bench@localhost>")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY
  "reproducible benchmarks of image restoration and architecture search")
set(CPACK_PACKAGE_DESCRIPTION
  "Carries out studies that are stated as one JSON file: searches, trainings and evaluations, with \
every number kept with its seed, protocol and provenance, and writes their reports.")
set(CPACK_RESOURCE_FILE_LICENSE ${PROJECT_SOURCE_DIR}/LICENSE)
set(CPACK_STRIP_FILES ON)
set(CPACK_PACKAGE_DIRECTORY ${PROJECT_BINARY_DIR}/packages)
set(CPACK_PACKAGE_FILE_NAME bench-${PROJECT_VERSION}-${CMAKE_SYSTEM_NAME}-${CMAKE_SYSTEM_PROCESSOR})
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SECTION science)
# dpkg-shlibdeps finds the packages of the libraries that are not brought along.
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
if(BENCH_WITH_TORCH)
  set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS_PRIVATE_DIRS ${torch_prefix}/lib)
endif()
# Charts that move in the HTML report; the commit that is recorded with each run.
set(CPACK_DEBIAN_PACKAGE_RECOMMENDS "libjs-vega, git")
set(CPACK_THREADS 0)
include(CPack)
