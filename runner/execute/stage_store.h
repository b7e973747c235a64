#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "stages/exchange/request.h"
#include "stages/exchange/result.h"

namespace bench::runner {

/// The folders of stages, by key: ROOT/store/ab/cdef.... Each is a whole: it can be copied with
/// rsync and opened elsewhere.
class StageStore {
 public:
  explicit StageStore(std::filesystem::path root);

  const std::filesystem::path& root() const { return root_; }
  std::filesystem::path folder_of(const std::string& key) const;

  /// The result of a finished stage whose files are all there with their sizes.
  std::optional<exchange::StageResult> result_of(const std::string& key) const;

  /// Makes the stage's folder and writes its request. A checkpoint that lies there stays: the
  /// stage goes on from it. \param inputs  (role, key)
  void open(const std::string& key, exchange::StageRequest request,
            const std::vector<std::pair<std::string, std::string>>& inputs) const;

 private:
  std::filesystem::path root_;
};

/// Only one executor works on a store: holds its lock until destroyed.
class StoreLock {
 public:
  /// \throws BadInput saying which process holds it.
  explicit StoreLock(const std::filesystem::path& root);
  ~StoreLock();
  StoreLock(const StoreLock&) = delete;
  StoreLock& operator=(const StoreLock&) = delete;

 private:
  int descriptor_;
};

/// Whether an executor holds the lock of this store. Makes nothing, and keeps nobody waiting.
bool is_in_use(const std::filesystem::path& root);

}  // namespace bench::runner
