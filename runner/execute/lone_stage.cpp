#include "runner/execute/lone_stage.h"

#include <chrono>
#include <thread>

#include "runner/execute/outcome.h"
#include "runner/launch/temporary_folder.h"

namespace bench::runner {
namespace {

constexpr std::chrono::milliseconds kLookEvery{20};

// The stage's events since the last look.
class EventTail {
 public:
  explicit EventTail(const std::filesystem::path& folder) : folder_(folder) {}

  void pass_on(const LoneStageWatch& watch) {
    const auto events = exchange::read_events(folder_, bytes_read_);
    bytes_read_ = events.bytes_read;
    if (events.last_progress) watch.progressed(*events.last_progress);
  }

 private:
  const std::filesystem::path& folder_;
  std::int64_t bytes_read_ = 0;
};

}  // namespace

std::optional<exchange::StageResult> carry_out_alone(StageLauncher& launcher,
                                                     const exchange::StageRequest& request,
                                                     const LoneStageWatch& watch) {
  const TemporaryFolder folder;
  exchange::write_request(folder.path(), request);
  // Nobody else knows the folder, so the lock is free.
  const auto stage =
      launcher.start({.folder = folder.path()}, exchange::FolderLock::take(folder.path()).value());
  EventTail events(folder.path());
  auto ended = stage->poll();
  while (!ended) {
    if (watch.interrupted) {
      stage->kill();  // there is no checkpoint to write
      while (!stage->poll()) std::this_thread::sleep_for(kLookEvery);
      return std::nullopt;
    }
    events.pass_on(watch);
    std::this_thread::sleep_for(kLookEvery);
    ended = stage->poll();
  }
  auto result = exchange::read_result(folder.path());
  if (!result) throw StageFailed(judge(*ended, folder.path()).reason);
  return result;
}

}  // namespace bench::runner
