#pragma once

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <optional>
#include <string>
#include <vector>

/// events.jsonl: what a stage says while it works, one JSON object a line, append-only. A last
/// line without its end (the stage was killed while writing) is not an event.
namespace bench::exchange {

/// How far a stage is.
struct Progress {
  std::int64_t step = 0;
  std::int64_t steps = 0;
  std::optional<double> loss;
  std::optional<double> psnr_db;
  friend bool operator==(const Progress&, const Progress&) = default;
};

/// One value of a series over steps.
struct Point {
  std::string series;
  std::int64_t step;
  double value;
  friend bool operator==(const Point&, const Point&) = default;
};

/// Appends events; each is flushed to the operating system before the call returns.
class EventWriter {
 public:
  /// Opens for appending. \throws std::runtime_error naming the file.
  explicit EventWriter(const std::filesystem::path& stage_folder);

  void progress(const Progress& progress);
  void point(const Point& point);
  void log(const std::string& text);

  /// Bytes written so far: what a checkpoint notes, to cut off later events when it is taken up.
  std::int64_t position();

  /// Cuts the file to `position` bytes and goes on from there.
  void truncate(std::int64_t position);

 private:
  void append(const std::string& line);

  std::filesystem::path file_;
  std::ofstream stream_;
};

/// What was read of an events file.
struct Events {
  std::vector<Point> points;
  std::optional<Progress> last_progress;
  std::int64_t bytes_read = 0;  ///< to continue from
};

/// Reads whole lines from byte `from` on; a missing file has no events.
Events read_events(const std::filesystem::path& stage_folder, std::int64_t from = 0);

}  // namespace bench::exchange
