#include <algorithm>
#include <array>
#include <cstring>
#include <filesystem>
#include <iostream>
#include <string>
#include <string_view>
#include <vector>

#include "core/json/bad_input.h"
#include "core/text/visible_text.h"
#include "db/database_error.h"
#include "runner/cli/command.h"
#include "runner/cli/commands.h"
#include "runner/cli/standard_streams.h"
#include "runner/host/build_facts.h"

namespace bench::runner {
namespace {

constexpr Command kGateCost{"cost", "check latency, memory and size against a baseline",
                            gate_cost_command};

constexpr std::array kCommands = {
    Command{"run", "run an experiment and write its report", run_command},
    Command{"resume", "go on with a run that was interrupted", resume_command},
    Command{"cancel", "interrupt a run that another process carries out", cancel_command},
    Command{"plan", "preview stages and why each would run", plan_command},
    Command{"explain", "show why a stage is or is not up to date", explain_command},
    Command{"status", "show run progress", status_command},
    Command{"ls", "list runs, the stages of a run, or methods", ls_command},
    Command{"show", "show full details of a run or stage", show_command},
    Command{"report", "rewrite the report of a recorded run", report_command},
    Command{"compare", "compare two runs or contestants, paired by image and seed",
            compare_command},
    Command{"diff", "list the values in which two experiment files differ", diff_command},
    Command{"schema", "describe the settings of experiment files, or one of them", schema_command},
    Command{"gate", "check a run against a baseline; exits with 0, 3, 4 or 5", gate_command,
            &kGateCost},
    Command{"verify", "check published numbers against recorded runs", verify_command},
    Command{"score", "score restored images: PSNR, SSIM and more, by protocol", score_command},
    Command{"cost", "measure parameters, MACs, memory and latency of a method", cost_command},
    Command{"restore", "restore your images with a method or a trained network", restore_command},
    Command{"weights", "inspect a weights file", weights_command},
    Command{"data", "list, fetch, import and verify data sets", data_command},
    Command{"table", "print a table of scores for a paper", table_command},
    Command{"export", "write the numbers of a run as CSV or JSON Lines", export_command},
    Command{"db", "check a store's database or rebuild it from the folders", db_command},
    Command{"gc", "remove stages that no run on record needs", gc_command},
    Command{"rm", "remove a run from the record", rm_command},
    Command{"doctor", "show the machine, LibTorch, GPU, disk space and versions", doctor_command},
    Command{"completion", "print completions for bash, zsh or fish", completion_command},
    Command{"man", "print a man page", man_command},
};

void print_help(std::ostream& out) {
  out << "bench: reproducible benchmarks of architecture search for image restoration\n\n"
         "Usage: bench COMMAND [OPTIONS]\n\nCommands:\n";
  for (const auto& command : kCommands) {
    out << "  " << command.name << std::string(12 - std::strlen(command.name), ' ')
        << command.summary << "\n";
  }
  out << "\nRun bench COMMAND --help for the options of a command.\n"
         "Start with: bench run experiments/derain_transfer.json\n"
      << kExitCodesText << "\n";
}

int unknown_command(const std::string& word) {
  std::vector<std::string> names;
  for (const auto& command : kCommands) names.emplace_back(command.name);
  std::cerr << "bench: unknown command \"" << word << "\"" << core::did_you_mean(word, names)
            << "\nRun bench --help for the list of commands.\n";
  return kExitBadInput;
}

int dispatch(int argc, char** argv) {
  const std::string word = argc > 1 ? argv[1] : "--help";
  if (word == "--version") {
    std::cout << "bench " << kBenchVersion << "\n";
    return kExitOk;
  }
  if (word == "--help" || word == "-h" || word == "help") {
    print_help(std::cout);
    return argc > 1 ? kExitOk : kExitBadInput;
  }
  for (const auto& command : kCommands) {
    if (word == command.name) return command.function(argc - 1, argv + 1);
  }
  if (word == "slurm-task") return slurm_task_command(argc - 1, argv + 1);
  return unknown_command(word);
}

// Whose fault: a store that is not there or may not be written is the user's to name.
bool is_about_the_store(const std::exception& error) {
  const auto* database = dynamic_cast<const db::DatabaseError*>(&error);
  if (database == nullptr) return false;
  using enum db::DatabaseTrouble;
  constexpr std::array kUsers = {kMissing, kUnreachable, kReadOnly, kBusy,
                                 kForeign, kTooNew,      kTooOld};
  return std::find(kUsers.begin(), kUsers.end(), database->trouble()) != kUsers.end();
}

// The standard library's own words name its functions, not what the user can do.
std::string message_of(const std::exception& error) {
  if (const auto* of_files = dynamic_cast<const std::filesystem::filesystem_error*>(&error)) {
    return of_files->path1().string() + ": cannot be used: " + of_files->code().message();
  }
  const auto* database = dynamic_cast<const db::DatabaseError*>(&error);
  if (database == nullptr || database->trouble() != db::DatabaseTrouble::kMissing) {
    return error.what();
  }
  return std::string(error.what()) +
         " Without --store, results are looked for in .bench of the current folder or of the "
         "nearest folder above it that has .bench/ or experiments/.";
}

int exit_code_of(const std::exception& error) {
  const bool users = dynamic_cast<const std::filesystem::filesystem_error*>(&error) != nullptr ||
                     dynamic_cast<const core::BadInput*>(&error) != nullptr ||
                     dynamic_cast<const std::invalid_argument*>(&error) != nullptr ||
                     is_about_the_store(error);
  return users ? kExitBadInput : kExitStageFailed;
}

int guarded_dispatch(int argc, char** argv) {
  try {
    return dispatch(argc, argv);
  } catch (const std::exception& error) {
    std::cerr << "bench: " << text::visible_lines(message_of(error)) << "\n";
    return exit_code_of(error);
  }
}

// What `run` prints is its progress; its results are in the store and the report.
bool prints_results(int argc, char** argv) {
  const std::string_view command = argc < 2 ? "" : argv[1];
  return command != "run" && command != "resume";
}

}  // namespace

std::span<const Command> all_commands() {
  return kCommands;
}

// Whatever a command was asked for, it has not done it if nobody can read the answer.
int main_of(int argc, char** argv) {
  occupy_standard_streams();
  const int exit_code = guarded_dispatch(argc, argv);
  const std::string lost = flush_standard_output();
  if (lost.empty() || !prints_results(argc, argv)) return exit_code;
  std::cerr << "bench: standard output cannot be written: " << lost << "\n";
  return exit_code == kExitOk ? kExitStageFailed : exit_code;
}

}  // namespace bench::runner

int main(int argc, char** argv) {
  return bench::runner::main_of(argc, argv);
}
