#include "tests/runner/misdeed.h"

#include <unistd.h>

#include <csignal>
#include <cstdlib>
#include <fstream>
#include <iostream>

#include "stages/exchange/request.h"

namespace bench::runner {
namespace {

const std::string kEmptyResult =
    R"({"version": 1, "scores": [], "quantities": [], "artifacts": [], "data_files": [],)"
    R"( "facts": [], "environment": [], "resources": {"wall_seconds": 1, "cpu_seconds": 1,)"
    R"( "peak_memory_bytes": 1, "threads": 1}})";

std::string with(const std::string& empty, const std::string& full) {
  std::string result = kEmptyResult;
  return result.replace(result.find(empty), empty.size(), full);
}

int leave(const std::filesystem::path& folder, const std::string& result) {
  std::ofstream(folder / exchange::kResultFile) << result;
  return 0;
}

[[noreturn]] void hang() {
  for (;;) ::pause();
}

void leave_a_child(const std::filesystem::path& folder) {
  const pid_t child = ::fork();
  if (child == 0) hang();
  std::ofstream(folder / "child") << child;
}

int flood(const std::filesystem::path& file, long bytes) {
  const std::string block(1 << 16, 'x');
  std::ofstream stream(file, std::ios::app);
  for (long written = 0; written < bytes; written += static_cast<long>(block.size())) {
    stream << block;
  }
  return 1;
}

long bytes_to_write() {
  const char* text = std::getenv("FAKE_STAGE_BYTES");
  return text ? std::atol(text) : 1 << 20;
}

std::optional<int> leave_a_bad_result(const std::string& name,
                                      const std::filesystem::path& folder) {
  const std::string score = R"({"data_set": "s", "image": "i", "protocol": "p", "value": 1})";
  if (name == "half-result") return leave(folder, kEmptyResult.substr(0, 60));
  if (name == "nan-result") {
    return leave(folder, with(R"("scores": [])", R"("scores": [{"data_set": "s", "image": "i",)"
                                                 R"( "protocol": "p", "value": NaN}])"));
  }
  if (name == "twice-result") {
    return leave(folder, with(R"("scores": [])", R"("scores": [)" + score + ", " + score + "]"));
  }
  if (name == "deep-result") return leave(folder, std::string(200'000, '['));
  if (name == "outside-result") {
    return leave(folder, with(R"("artifacts": [])",
                              R"("artifacts": [{"role": "model", "path": "/etc/hostname",)"
                              R"( "size": 5, "sha256": "x"}])"));
  }
  return std::nullopt;
}

}  // namespace

std::optional<int> do_misdeed(const std::string& name, const std::filesystem::path& folder) {
  if (name == "hang" || name == "deaf") {
    ::signal(SIGTERM, name == "deaf" ? SIG_IGN : SIG_DFL);
    hang();
  }
  if (name == "stop") ::raise(SIGSTOP);
  if (name == "children") leave_a_child(folder);
  if (name == "crash") {
    ::signal(SIGSEGV, SIG_DFL);
    ::raise(SIGSEGV);
  }
  if (name == "no-result") return 0;
  if (name == "flood") return flood(folder / "stage.log", bytes_to_write());
  if (name == "endless-event") return flood(folder / exchange::kEventsFile, bytes_to_write());
  if (name == "commands") {
    std::cout << "\x1b[2J\x1b]0;owned\a" << std::endl;
    return 1;
  }
  if (name == "no-folder") {
    std::filesystem::remove_all(folder);
    return 1;
  }
  return leave_a_bad_result(name, folder);
}

}  // namespace bench::runner
