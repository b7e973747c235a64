#include "runner/host/provenance.h"

#include <sys/utsname.h>

#include <charconv>
#include <cstdint>
#include <set>
#include <sstream>
#include <thread>

#include "core/digest/sha256.h"
#include "core/files/proc_file.h"
#include "core/text/number.h"
#include "runner/host/build_facts.h"
#include "runner/launch/command_output.h"

namespace bench::runner {
namespace {

std::string trimmed(std::string text) {
  while (!text.empty() && (text.back() == '\n' || text.back() == ' ')) text.pop_back();
  return text;
}

std::string vector_extensions() {
  static const std::set<std::string> telling = {"avx",      "avx2",        "avx512f", "avx512_bf16",
                                                "amx_bf16", "avx512_vnni", "asimd",   "sve"};
  std::istringstream flags(files::proc_value("/proc/cpuinfo", "flags"));
  std::string found;
  for (std::string flag; flags >> flag;) {
    if (telling.contains(flag)) found += (found.empty() ? "" : " ") + flag;
  }
  return found.empty() ? "none known" : found;
}

std::string operating_system() {
  utsname names{};
  ::uname(&names);
  return std::string(names.sysname) + " " + names.release + " " + names.machine;
}

std::string gpus() {
  const auto listed = output_of(
      {"nvidia-smi", "--query-gpu=name,memory.total,driver_version", "--format=csv,noheader"});
  if (!listed || trimmed(*listed).empty()) return "none";
  std::string one_line = trimmed(*listed);
  for (char& letter : one_line) {
    if (letter == '\n') letter = ';';
  }
  return one_line;
}

// /proc says "32898184 kB", by which it means KiB.
std::string memory_text(const std::string& in_proc) {
  std::int64_t kibi = 0;
  const auto [end, code] = std::from_chars(in_proc.data(), in_proc.data() + in_proc.size(), kibi);
  return code == std::errc() && std::string(end, in_proc.data() + in_proc.size()) == " kB"
             ? text::bytes(1024 * kibi)
             : in_proc;
}

}  // namespace

Facts machine_facts() {
  return {{"processor", files::processor_name()},
          {"vector extensions", vector_extensions()},
          {"cores", std::to_string(std::thread::hardware_concurrency())},
          {"memory", memory_text(files::proc_value("/proc/meminfo", "MemTotal"))},
          {"operating system", operating_system()},
          {"GPU", gpus()}};
}

Facts program_facts() {
  return {{"bench", kBenchVersion},
          {"compiler", kCompiler},
          {"flags", kCompilerFlags},
          {"LibTorch built with", kTorchVersion}};
}

Facts source_facts(const std::filesystem::path& folder) {
  const auto commit = git_output(folder, {"rev-parse", "HEAD"});
  if (!commit) return {{"commit", "no git repository"}};
  const auto changes = git_output(
      folder, {"diff", "--no-ext-diff", "--no-textconv", "--ignore-submodules=dirty", "HEAD"});
  if (!changes || changes->empty()) return {{"commit", trimmed(*commit)}, {"changes", "none"}};
  return {{"commit", trimmed(*commit)},
          {"changes", "uncommitted, SHA-256 of the diff " + digest::sha256_hex(*changes)}};
}

}  // namespace bench::runner
