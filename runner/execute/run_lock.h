#pragma once

#include <sys/types.h>

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace bench::runner {

/// A process that carries out a run.
struct RunHolder {
  std::string host;
  std::string boot_id;  ///< of its kernel: after a restart of the machine its number says nothing
  pid_t process = 0;
};

/// Says who carries out a run: STORE/runs/RUN.lock, held as long as this object lives, however the
/// process ends. Several processes may carry out one run at once; their stages have locks of their
/// own. Where locks do not reach from machine to machine, a lease does: whoever carries out the run
/// renews the file's time, and a machine that vanished does not.
class RunLock {
 public:
  /// \throws BadInput if the store cannot be written
  RunLock(const std::filesystem::path& store, const std::string& run_id);
  ~RunLock();
  RunLock(const RunLock&) = delete;
  RunLock& operator=(const RunLock&) = delete;

  /// Whether nobody else carries out the run. It stays so until share().
  bool is_first() const { return first_; }

  /// Lets others carry out the run too. To be called once it is on record.
  void share();

  /// Renews the lease, at most every few seconds.
  void renew();

  /// Whether nobody else carries out the run any more: then this process has to end it on record.
  /// Nobody can join from here on.
  bool leave();

 private:
  std::filesystem::path file_;
  int descriptor_ = -1;
  bool first_ = false;
  long renewed_ = 0;  ///< seconds of the steady clock
};

/// Whether a living process carries out the run, here or on another machine. Makes nothing.
bool is_at_work(const std::filesystem::path& store, const std::string& run_id);

/// The processes that carry it out and live; on other machines, all that ever named themselves.
std::vector<RunHolder> holders_of(const std::filesystem::path& store, const std::string& run_id);

/// Whether the process is one of this machine.
bool is_here(const RunHolder& holder);

/// Nothing if there is none.
void remove_run_lock(const std::filesystem::path& store, const std::string& run_id);

}  // namespace bench::runner
