#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "runner/launch/command_output.h"

namespace bench::runner {

/// What squeue says of one job, or of one task of an array.
struct SlurmReport {
  std::string name;      ///< of the job: what tells it from another one with the same number
  std::string job = {};  ///< number of the array, or of the job
  int index = 0;         ///< in the array
  std::string state;     ///< "PENDING", "RUNNING", "NODE_FAIL", ...
  std::string nodes;     ///< "" while it waits
  std::string reason;    ///< why it waits or ended, "" for none
};

/// Whether a job in this state will neither run nor wait again.
bool is_over(const std::string& slurm_state);

/// What the controller allows.
struct SlurmLimits {
  std::int64_t array_size = 0;  ///< tasks of one array; 0: there are no arrays
  std::int64_t jobs = 0;        ///< of all users together
};

enum class SlurmAnswer {
  kAccepted,
  kHeldBack,  ///< not now: a limit on the number of jobs
  kUnknown,   ///< the controller did not answer; it may have accepted
  kRefused,   ///< never
};

struct SlurmSubmission {
  SlurmAnswer answer = SlurmAnswer::kUnknown;
  std::string job = {};      ///< its number, if accepted
  std::string message = {};  ///< why not
};

/// Slurm's own commands, called without a shell. A controller that does not answer is no news of
/// any job: it is asked whether it is up before anything else is tried again.
class SlurmCommands {
 public:
  using CarryOut = std::function<std::optional<CommandEnd>(const std::vector<std::string>&)>;

  explicit SlurmCommands(CarryOut carry_out = end_of_command);

  /// Whether the controller answers.
  bool answers();

  /// \throws std::runtime_error saying what scontrol said
  SlurmLimits limits();

  /// `sbatch ARGUMENTS`. \pre they begin with --parsable
  SlurmSubmission submit(const std::vector<std::string>& arguments);

  /// All jobs of this user that Slurm knows, also those that are over; nothing if it does not
  /// answer.
  std::optional<std::vector<SlurmReport>> reports();

  /// Asks the scripts of running jobs to end. \returns whether Slurm took it.
  bool terminate(const std::vector<std::string>& jobs);
  /// Ends jobs, or keeps them from starting. \returns whether Slurm took it.
  bool cancel(const std::vector<std::string>& jobs);

 private:
  std::optional<CommandEnd> call(const std::vector<std::string>& command);
  bool call_for_each(const std::vector<std::string>& command, const std::vector<std::string>& jobs);

  CarryOut carry_out_;
  bool was_silent_ = false;
};

}  // namespace bench::runner
