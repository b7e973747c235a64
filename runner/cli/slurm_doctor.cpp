#include "runner/cli/slurm_doctor.h"

#include <map>
#include <sstream>
#include <stdexcept>

#include "runner/carry_out/programs.h"
#include "runner/launch/slurm_commands.h"

namespace bench::runner {
namespace {

SlurmFinding commands() {
  std::string missing;
  for (const char* command : {"sbatch", "squeue", "scancel", "scontrol", "sinfo"}) {
    if (!output_of({command, "--version"})) missing += std::string(" ") + command;
  }
  if (!missing.empty()) {
    return {"commands", "missing:" + missing,
            "install Slurm's commands on this machine (Debian: slurm-client), or call bench on a "
            "login node of the cluster"};
  }
  const std::string version = output_of({"sbatch", "--version"}).value_or("");
  return {"commands", version.substr(0, version.find('\n')), ""};
}

std::vector<SlurmFinding> controller() {
  SlurmCommands slurm;
  if (!slurm.answers()) {
    return {{"controller", "does not answer",
             "see scontrol ping; SLURM_CONF names the cluster's slurm.conf where it is not "
             "/etc/slurm/slurm.conf"}};
  }
  std::vector<SlurmFinding> findings = {{"controller", "answers", ""}};
  try {
    const auto limits = slurm.limits();
    findings.push_back({"tasks of an array",
                        limits.array_size > 0 ? "at most " + std::to_string(limits.array_size)
                                              : "none: each stage is a job of its own",
                        ""});
    findings.push_back({"jobs", "at most " + std::to_string(limits.jobs) + " of all users", ""});
  } catch (const std::runtime_error& error) {
    findings.push_back({"limits", error.what(), "ask the cluster's administrators"});
  }
  return findings;
}

// "2 idle, 1 down" in the partition `main`.
std::vector<SlurmFinding> partitions() {
  const auto said = output_of({"sinfo", "--noheader", "--format=%R %D %T"});
  if (!said) return {};
  std::map<std::string, std::string> states;
  std::istringstream lines(*said);
  for (std::string partition, count, state; lines >> partition >> count >> state;) {
    auto& text = states[partition];
    text += (text.empty() ? "" : ", ") + count + " " + state;
  }
  std::vector<SlurmFinding> findings;
  for (const auto& [partition, text] : states) {
    findings.push_back({"partition " + partition, text + " (nodes)", ""});
  }
  if (findings.empty()) {
    findings.push_back({"partitions", "none", "no partition is open to this user: see sinfo"});
  }
  return findings;
}

SlurmFinding program() {
  try {
    return {"bench-stage", stage_program().string(), ""};
  } catch (const std::exception& error) {
    return {"bench-stage", "missing", error.what()};
  }
}

}  // namespace

std::vector<SlurmFinding> examine_slurm(const std::filesystem::path& store) {
  std::vector<SlurmFinding> all = {commands()};
  if (all.front().advice.empty()) {
    for (const auto& findings : {controller(), partitions()}) {
      all.insert(all.end(), findings.begin(), findings.end());
    }
  }
  all.push_back(program());
  all.push_back({"bench", own_program().string(), ""});
  all.push_back({"store",
                 std::filesystem::absolute(store).lexically_normal().string() +
                     " (all nodes must see it, bench and bench-stage; the first job of a "
                     "run checks it)",
                 ""});
  return all;
}

}  // namespace bench::runner
