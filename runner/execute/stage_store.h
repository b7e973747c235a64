#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "stages/exchange/folder_lock.h"
#include "stages/exchange/request.h"
#include "stages/exchange/result.h"

namespace bench::runner {

/// What the store holds of a stage.
struct StoredStage {
  std::optional<exchange::StageResult> result = {};  ///< if it is done and all its files are whole
  std::string damage = {};  ///< why a result that is there cannot be used, as one sentence
};

/// The folders of stages, by key: ROOT/store/ab/cdef.... Each is a whole: it can be copied with
/// rsync and opened elsewhere.
class StageStore {
 public:
  explicit StageStore(std::filesystem::path root);

  const std::filesystem::path& root() const { return root_; }
  std::filesystem::path folder_of(const std::string& key) const;

  /// The result of a finished stage, if its files are what was written: SHA-256 of each, computed
  /// once and again whenever size, time or place of the file changed (verified_files.h).
  StoredStage look(const std::string& key) const;

  /// The same of a stage that has just ended: its own SHA-256 of its files is believed.
  StoredStage look_at_new(const std::string& key) const;

  /// look(key).result
  std::optional<exchange::StageResult> result_of(const std::string& key) const {
    return look(key).result;
  }

  /// Makes the stage's folder and locks it; nothing else in it is changed.
  /// \returns nothing while a process still writes it.
  /// \throws std::filesystem::filesystem_error if the folder cannot be made or written.
  std::optional<exchange::FolderLock> lock(const std::string& key) const;

  /// Writes the request of a stage that is to be carried out (again). A checkpoint that lies in its
  /// folder stays: the stage goes on from it. \pre the caller has the folder's lock
  /// \param inputs  (role, key)
  void open(const std::string& key, exchange::StageRequest request,
            const std::vector<std::pair<std::string, std::string>>& inputs) const;

 private:
  std::filesystem::path root_;
};

/// Who works on a store: runs use it together, what removes or remakes its parts has it alone. Held
/// until destroyed, however the process ends.
class StoreLock {
 public:
  enum class Use { kTogether, kAlone };

  /// \throws BadInput saying which process holds it.
  explicit StoreLock(const std::filesystem::path& root, Use use = Use::kAlone);
  ~StoreLock();
  StoreLock(const StoreLock&) = delete;
  StoreLock& operator=(const StoreLock&) = delete;

 private:
  int descriptor_;
};

}  // namespace bench::runner
