# Script: FOLDERS (of ROOT), LIBTORCH (its version) -> OUTPUT, the source of folder_digest().
# Written only when it differs, so that an unchanged digest recompiles nothing.
set(entries "      {\"libtorch\", \"${LIBTORCH}\"},\n")
foreach(folder IN LISTS FOLDERS)
  file(GLOB_RECURSE files RELATIVE ${ROOT} ${ROOT}/${folder}/*.cpp ${ROOT}/${folder}/*.h
       ${ROOT}/${folder}/*.tsv)
  # What lies in these folders decides no stage's result.
  list(FILTER files EXCLUDE REGEX "^(metrics/statistics|metrics/scoring|stages/exchange|stages/memory)/")
  list(SORT files)
  set(all "")
  foreach(file IN LISTS files)
    file(SHA256 ${ROOT}/${file} digest)
    string(APPEND all "${file} ${digest}\n")
  endforeach()
  string(SHA256 folder_digest "${all}")
  string(APPEND entries "      {\"${folder}\", \"${folder_digest}\"},\n")
endforeach()
set(text "// Generated: see cmake/code_digests.cmake.
#include \"runner/plan/code_digests.h\"

#include <map>

namespace bench::runner {

std::string folder_digest(const std::string& folder) {
  static const std::map<std::string, std::string> digests = {
${entries}  };
  return digests.at(folder);
}

}  // namespace bench::runner
")
if(EXISTS ${OUTPUT})
  file(READ ${OUTPUT} old)
endif()
if(NOT "${old}" STREQUAL "${text}")
  file(WRITE ${OUTPUT} "${text}")
endif()
