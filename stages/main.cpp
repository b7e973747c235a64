#include <malloc.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <torch/types.h>
#include <torch/utils.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <cstring>
#include <iostream>
#include <limits>
#include <map>
#include <nlohmann/json.hpp>

#include "stages/environment.h"
#include "stages/exchange/exit_codes.h"
#include "stages/exchange/folder_lock.h"
#include "stages/memory/at_hand.h"
#include "stages/out_of_memory.h"
#include "stages/prepared_data.h"
#include "stages/stage.h"
#include "training/kernels/kernel_variant.h"

namespace bench::stages {
namespace {

constexpr int kDone = 0, kFailed = 1, kUsage = 2;

double seconds_of(const timeval& time) {
  return static_cast<double>(time.tv_sec) + 1e-6 * static_cast<double>(time.tv_usec);
}

exchange::Resources resources_since(std::chrono::steady_clock::time_point start) {
  rusage usage{};
  ::getrusage(RUSAGE_SELF, &usage);
  const std::chrono::duration<double> wall = std::chrono::steady_clock::now() - start;
  return {.wall_seconds = wall.count(),
          .cpu_seconds = seconds_of(usage.ru_utime) + seconds_of(usage.ru_stime),
          .peak_memory_bytes = static_cast<std::int64_t>(usage.ru_maxrss) * 1024,
          .threads = torch::get_num_threads()};
}

using StageFunction = exchange::StageResult (*)(Stage&);

StageFunction function_of(const std::string& kind) {
  static const std::map<std::string, StageFunction> functions = {
      {"prepare", prepare},   {"search", search},     {"train", train},
      {"evaluate", evaluate}, {"cost", measure_cost}, {"restore", restore}};
  const auto found = functions.find(kind);
  if (found == functions.end()) throw std::runtime_error("unknown kind of stage \"" + kind + "\"");
  return found->second;
}

// Only on a CPU: CUDA reserves far more addresses than it uses.
bool computes_on_cpu(const exchange::StageRequest& request) {
  const auto settings = nlohmann::json::parse(request.settings_json);
  return !settings.contains("machine") || settings["machine"].value("device", "cpu") == "cpu";
}

std::string reason_of(const std::exception& error, const exchange::StageRequest& request,
                      const std::filesystem::path& folder) {
  const auto shortage = memory_shortage(error);
  if (!shortage) return first_line(error.what());
  const auto at_hand = shortage->on_gpu ? shortage->gpu_bytes : memory::bytes_at_hand();
  return shortage_text(*shortage, request, at_hand, training_data_bytes(request, folder));
}

int carry_out(const std::filesystem::path& folder) {
  const auto start = std::chrono::steady_clock::now();
  exchange::StageRequest request;
  try {
    training::kernel_variant();  // says at once what is wrong with it
    request = exchange::read_request(folder);
    const auto at_hand = memory::bytes_at_hand();
    if (at_hand && computes_on_cpu(request)) memory::limit_data(*at_hand);
    exchange::EventWriter events(folder);
    Stage stage{folder, request, events};
    auto result = function_of(request.kind)(stage);
    result.environment = environment();
    result.resources = resources_since(start);
    exchange::write_result(folder, result);
    return kDone;
  } catch (const Interrupted&) {
    return exchange::kInterruptedExit;
  } catch (const std::exception& error) {
    const std::string reason = reason_of(error, request, folder);
    std::cerr << reason << "\n";
    exchange::write_failure(folder, reason);
    return memory_shortage(error) ? exchange::kOutOfMemoryExit : kFailed;
  }
}

// Each step asks for the same blocks again. Given back to the system in between, as is usual above
// 128 KiB, every page of them would fault anew: a quarter of the time of an evaluation.
void keep_freed_memory() {
#ifdef __GLIBC__
  ::mallopt(M_MMAP_THRESHOLD, 1 << 30);
  ::mallopt(M_TRIM_THRESHOLD, std::numeric_limits<int>::max());
#endif
}

// Who starts a stage with this option holds the lock of its folder for it, and has asked for its
// death before this program was loaded. Asked again for those who only call fork and exec.
void die_with_parent() {
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);
}

int print_facts() {
  try {
    nlohmann::json facts = nlohmann::json::object();
    for (const auto& [name, value] : environment()) facts[name] = value;
    std::cout << facts.dump() << "\n";
    return kDone;
  } catch (const std::exception& error) {
    std::cerr << first_line(error.what()) << "\n";
    return kFailed;
  }
}

int carry_out_locked(const std::filesystem::path& folder) {
  const auto lock = exchange::FolderLock::take(folder);
  if (lock) return carry_out(folder);
  std::cerr << folder.string() << ": process " << exchange::holder_of(folder)
            << " is writing this stage; wait for its end\n";
  return kFailed;
}

}  // namespace

int run(int argc, char** argv) {
  int next = 1;
  const bool has_parent = next < argc && std::strcmp(argv[next], "--die-with-parent") == 0;
  if (has_parent) {
    die_with_parent();
    ++next;
  }
  if (argc - next != 1) {
    std::cerr << "usage: bench-stage [--die-with-parent] FOLDER | --facts\n"
                 "Runs the stage described by FOLDER/request.json.\n";
    return kUsage;
  }
  if (std::strcmp(argv[next], "--facts") == 0) return print_facts();
  heed_interruption();
  keep_freed_memory();
  return has_parent ? carry_out(argv[next]) : carry_out_locked(argv[next]);
}

}  // namespace bench::stages

int main(int argc, char** argv) {
  return bench::stages::run(argc, argv);
}
