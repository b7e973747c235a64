#pragma once

#include <sys/types.h>

#include <filesystem>
#include <string>
#include <vector>

namespace bench::end_to_end {

/// How a program ended, and all that it printed on both streams.
struct Ended {
  int exit_code = 0;  ///< 128 + signal if a signal ended it
  std::string output;
};

/// A started `bench` whose output goes to a file.
class Program {
 public:
  /// \param printed  where standard output goes instead; `output` then holds the messages alone.
  Program(const std::vector<std::string>& arguments, const std::filesystem::path& output,
          const std::filesystem::path& printed = {});

  void send(int signal) const;
  Ended wait();

 private:
  pid_t pid_;
  std::filesystem::path output_;
};

/// The content of a file, "" if there is none.
std::string text_of(const std::filesystem::path& file);

}  // namespace bench::end_to_end
