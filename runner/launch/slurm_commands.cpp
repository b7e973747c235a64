#include "runner/launch/slurm_commands.h"

#include <unistd.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <sstream>
#include <stdexcept>
#include <string_view>

namespace bench::runner {
namespace {

// squeue pads or cuts each column to its width. Names are ours and short; the reason, the only
// column that may have blanks, comes last.
struct Column {
  const char* name;
  std::size_t width;
};
constexpr std::array kColumns = {Column{"Name", 32}, Column{"JobArrayID", 40}, Column{"State", 20},
                                 Column{"NodeList", 64}, Column{"Reason", 120}};

std::string column_format() {
  std::string format;
  for (const auto& [name, width] : kColumns) {
    format += (format.empty() ? "" : ",") + std::string(name) + ":" + std::to_string(width);
  }
  return format;
}

std::string trimmed(std::string_view text) {
  while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
  while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
  return std::string(text);
}

bool is_number(std::string_view text) {
  return !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos;
}

// "12_3" is task 3 of array 12, "12" a job without tasks.
std::optional<SlurmReport> report_of(const std::string& line) {
  std::array<std::string, kColumns.size()> cells;
  std::size_t begin = 0;
  for (std::size_t i = 0; i < kColumns.size() && begin < line.size(); ++i) {
    cells[i] = trimmed(std::string_view(line).substr(begin, kColumns[i].width));
    begin += kColumns[i].width;
  }
  SlurmReport report{.name = cells[0], .state = cells[2], .nodes = cells[3], .reason = cells[4]};
  const auto underline = cells[1].find('_');
  report.job = cells[1].substr(0, underline);
  if (!is_number(report.job)) return std::nullopt;
  if (underline != std::string::npos) {
    const auto index = cells[1].substr(underline + 1);
    const auto [end, error] =
        std::from_chars(index.data(), index.data() + index.size(), report.index);
    if (error != std::errc() || end != index.data() + index.size()) return std::nullopt;
  }
  if (report.reason == "None") report.reason.clear();
  return report;
}

bool contains_any(const std::string& text, std::initializer_list<std::string_view> phrases) {
  return std::any_of(phrases.begin(), phrases.end(), [&](std::string_view phrase) {
    return text.find(phrase) != std::string::npos;
  });
}

// Phrases of Slurm's own list of errors (slurm_errno.c).
bool is_about_contact(const std::string& complaint) {
  return contains_any(complaint,
                      {"Unable to contact slurm controller", "Communication connection failure",
                       "Communication shutdown failure", "Socket timed out", "Zero Bytes were",
                       "Message receive failure", "Message send failure", "Connection refused",
                       "Connection timed out", "Resource temporarily unavailable",
                       "temporarily unable to accept job"});
}

bool is_about_limits(const std::string& complaint) {
  return contains_any(
      complaint, {"job submit limit", "MaxSubmit", "MaxJobCount", "Job limit exceeded", "MaxJobs"});
}

// The last line names the matter: "sbatch: error: Batch job submission failed: ..."
std::string one_line(const std::string& complaint) {
  std::istringstream lines(complaint);
  std::string all;
  for (std::string line; std::getline(lines, line);) {
    constexpr std::string_view kError = "error: ";
    const auto error = line.find(kError);
    if (error != std::string::npos) line = line.substr(error + kError.size());
    if (!line.empty()) all += (all.empty() ? "" : "; ") + line;
  }
  return all.empty() ? "it gave no reason" : all;
}

std::int64_t setting(const std::string& config, const std::string& name) {
  std::istringstream lines(config);
  for (std::string line; std::getline(lines, line);) {
    if (!line.starts_with(name + " ")) continue;
    const auto value = trimmed(std::string_view(line).substr(line.find('=') + 1));
    std::int64_t number = 0;
    std::from_chars(value.data(), value.data() + value.size(), number);
    return number;
  }
  return 0;
}

}  // namespace

bool is_over(const std::string& slurm_state) {
  static const std::array kOver = {"BOOT_FAIL", "CANCELLED", "COMPLETED",     "DEADLINE",
                                   "FAILED",    "NODE_FAIL", "OUT_OF_MEMORY", "PREEMPTED",
                                   "REVOKED",   "TIMEOUT"};
  return std::any_of(kOver.begin(), kOver.end(),
                     [&](const char* state) { return slurm_state == state; });
}

SlurmCommands::SlurmCommands(CarryOut carry_out) : carry_out_(std::move(carry_out)) {}

bool SlurmCommands::answers() {
  const auto end = carry_out_({"scontrol", "ping"});
  return end && end->output.find(" is UP") != std::string::npos;
}

// Each client waits for nine seconds before it gives up; scontrol ping knows at once.
std::optional<CommandEnd> SlurmCommands::call(const std::vector<std::string>& command) {
  if (was_silent_ && !answers()) return std::nullopt;
  auto end = carry_out_(command);
  was_silent_ = !end || (end->exit_code != 0 && is_about_contact(end->complaint));
  if (was_silent_) end.reset();
  return end;
}

SlurmLimits SlurmCommands::limits() {
  const auto end = carry_out_({"scontrol", "show", "config"});
  if (!end) throw std::runtime_error("scontrol cannot be started; is Slurm installed here?");
  if (end->exit_code != 0) {
    throw std::runtime_error("scontrol show config: " + one_line(end->complaint));
  }
  // Indices are smaller than MaxArraySize, and begin at 0.
  return {.array_size = setting(end->output, "MaxArraySize"),
          .jobs = setting(end->output, "MaxJobCount")};
}

SlurmSubmission SlurmCommands::submit(const std::vector<std::string>& arguments) {
  std::vector<std::string> command = {"sbatch"};
  command.insert(command.end(), arguments.begin(), arguments.end());
  const auto end = call(command);
  if (!end) return {.message = "the Slurm controller does not answer"};
  if (end->exit_code != 0) {
    const bool later = is_about_limits(end->complaint);
    return {.answer = later ? SlurmAnswer::kHeldBack : SlurmAnswer::kRefused,
            .message = one_line(end->complaint)};
  }
  // "12" or, where there are several clusters, "12;cluster".
  const std::string first = end->output.substr(0, end->output.find_first_of(";\n"));
  if (!is_number(first)) return {.message = "sbatch printed \"" + first + "\""};
  return {.answer = SlurmAnswer::kAccepted, .job = first, .message = {}};
}

std::optional<std::vector<SlurmReport>> SlurmCommands::reports() {
  const auto end = call({"squeue", "--noheader", "--array", "--states=all",
                         "--user=" + std::to_string(::getuid()), "--Format=" + column_format()});
  if (!end || end->exit_code != 0) return std::nullopt;
  std::vector<SlurmReport> reports;
  std::istringstream lines(end->output);
  for (std::string line; std::getline(lines, line);) {
    if (auto report = report_of(line)) reports.push_back(std::move(*report));
  }
  return reports;
}

bool SlurmCommands::call_for_each(const std::vector<std::string>& command,
                                  const std::vector<std::string>& jobs) {
  constexpr std::size_t kAtOnce = 500;  // words of one command
  for (std::size_t begin = 0; begin < jobs.size(); begin += kAtOnce) {
    auto words = command;
    const auto end = std::min(jobs.size(), begin + kAtOnce);
    words.insert(words.end(), jobs.begin() + static_cast<std::ptrdiff_t>(begin),
                 jobs.begin() + static_cast<std::ptrdiff_t>(end));
    if (!call(words)) return false;  // what is over already is no failure
  }
  return true;
}

bool SlurmCommands::terminate(const std::vector<std::string>& jobs) {
  return call_for_each({"scancel", "--batch", "--signal=TERM"}, jobs);
}

bool SlurmCommands::cancel(const std::vector<std::string>& jobs) {
  return call_for_each({"scancel"}, jobs);
}

}  // namespace bench::runner
