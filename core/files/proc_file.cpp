#include "core/files/proc_file.h"

#include <fstream>

namespace bench::files {

std::string proc_value(const char* file, const std::string& name) {
  std::ifstream stream(file);
  for (std::string line; std::getline(stream, line);) {
    if (!line.starts_with(name)) continue;
    const auto first = line.find_first_not_of(" \t", line.find(':') + 1);
    if (first == std::string::npos) return "";
    return line.substr(first, line.find_last_not_of(' ') - first + 1);
  }
  return "unknown";
}

std::string processor_name() {
  return proc_value("/proc/cpuinfo", "model name");
}

}  // namespace bench::files
