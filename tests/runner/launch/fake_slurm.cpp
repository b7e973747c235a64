#include "tests/runner/launch/fake_slurm.h"

#include <stdlib.h>

#include <fstream>
#include <sstream>

#include "core/files/read_file.h"
#include "stages/exchange/request.h"

namespace bench::runner {
namespace {

namespace fs = std::filesystem;

// Each call is noted as its words, one a line, and an empty line.
constexpr const char* kPreamble = R"script(#!/bin/sh
here='HERE'
me=$(basename "$0")
{ for word in "$@"; do printf '%s\n' "$word"; done; echo; } >> "$here/$me.calls"
lost() { echo "$me: error: Unable to contact slurm controller (connect failure)" >&2;
exit 1;
}
)script";

constexpr const char* kSbatch = R"script(
[ -e "$here/down" ] && lost
[ -e "$here/refusal" ] && { echo "sbatch: error: $(cat "$here/refusal")" >&2;
exit 1;
}
number=$(( $(cat "$here/number" 2>/dev/null || echo 0) + 1 ))
echo $number > "$here/number"
[ -e "$here/deaf" ] && lost
echo $number
)script";

constexpr const char* kSqueue = R"script(
[ -e "$here/down" ] && lost
cat "$here/queue"
)script";

constexpr const char* kScancel = R"script(
[ -e "$here/down" ] && lost
exit 0
)script";

constexpr const char* kScontrol = R"script(
if [ "$1" = ping ]; then
  [ -e "$here/down" ] && { echo "Slurmctld(primary) at c is DOWN"; exit 1; }
  echo "Slurmctld(primary) at c is UP"
else
  printf 'MaxArraySize            = %s\nMaxJobCount             = 10000\n' "$(cat "$here/array_size")"
fi
)script";

}  // namespace

FakeSlurm::FakeSlurm() : path_before_(::getenv("PATH")) {
  std::string preamble = kPreamble;
  preamble.replace(preamble.find("HERE"), 4, folder_.path().string());
  for (const auto& [name, body] : {std::pair{"sbatch", kSbatch},
                                   {"squeue", kSqueue},
                                   {"scancel", kScancel},
                                   {"scontrol", kScontrol}}) {
    fs::permissions(folder_.write(std::string("bin/") + name, preamble + body),
                    fs::perms::owner_all);
  }
  write("array_size", "1001");
  write("queue", "");
  ::setenv("PATH", (at("bin").string() + ":" + path_before_).c_str(), 1);
}

FakeSlurm::~FakeSlurm() {
  ::setenv("PATH", path_before_.c_str(), 1);
}

std::vector<std::vector<std::string>> FakeSlurm::calls(const std::string& command) const {
  std::vector<std::vector<std::string>> calls;
  std::ifstream file(at(command + ".calls"));
  std::vector<std::string> words;
  for (std::string line; std::getline(file, line);) {
    if (!line.empty()) {
      words.push_back(line);
    } else {
      calls.push_back(std::move(words));
      words.clear();
    }
  }
  return calls;
}

std::string FakeSlurm::option(std::size_t call, const std::string& name) const {
  const std::string beginning = "--" + name + "=";
  const auto words = calls("sbatch").at(call);
  for (const auto& word : words) {
    if (word.starts_with(beginning)) return word.substr(beginning.size());
  }
  return "";
}

fs::path FakeSlurm::array(std::size_t call) const {
  return option(call, "chdir");
}

void FakeSlurm::queue(const std::vector<std::vector<std::string>>& jobs) const {
  std::string text;
  for (const auto& job : jobs) {
    constexpr std::size_t kWidths[] = {32, 40, 20, 64, 120};
    for (std::size_t i = 0; i < job.size(); ++i) {
      std::string cell = job[i].substr(0, kWidths[i]);
      text += cell + std::string(kWidths[i] - cell.size(), ' ');
    }
    text += "\n";
  }
  write("queue", text);
}

void FakeSlurm::queue(const std::string& state, const std::string& reason, std::size_t call,
                      int task) const {
  queue({{option(call, "job-name"), std::to_string(call + 1) + "_" + std::to_string(task), state,
          state == "PENDING" ? "" : "n1", reason}});
}

SlurmLauncher FakeSlurm::launcher(const SlurmSettings& settings,
                                  std::chrono::milliseconds for_files) const {
  using std::chrono::milliseconds;
  return {{.store = at("store"), .bench = "/opt/bench", .stage_program = "/opt/bench-stage"},
          settings,
          SlurmCommands(),
          {.look_every = milliseconds(1),
           .ask_every = milliseconds(1),
           .for_files = for_files,
           .for_signs = milliseconds(400)}};
}

fs::path FakeSlurm::folder_of(const std::string& stage) const {
  return at("store") / "store" / "ab" / stage;
}

std::unique_ptr<RunningStage> FakeSlurm::start(SlurmLauncher& launcher, const std::string& name,
                                               StageStart needs,
                                               const std::string& settings) const {
  needs.folder = folder_of(name);
  fs::create_directories(needs.folder);
  exchange::write_request(needs.folder, {.kind = "train", .name = name, .settings_json = settings});
  return launcher.start(needs, exchange::FolderLock::take(needs.folder).value());
}

}  // namespace bench::runner
