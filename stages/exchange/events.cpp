#include "stages/exchange/events.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <limits>
#include <nlohmann/json.hpp>
#include <stdexcept>
#include <string_view>

#include "stages/exchange/request.h"

namespace bench::exchange {
namespace {

using nlohmann::json;

json number_or_null(const std::optional<double>& value) {
  return value ? json(*value) : json(nullptr);
}

std::optional<double> number_or_nothing(const json& value) {
  if (!value.is_number()) return std::nullopt;
  return value.get<double>();
}

// JSON has no NaN: a diverged loss was written as null.
double number_or_nan(const json& value) {
  return value.is_number() ? value.get<double>() : std::numeric_limits<double>::quiet_NaN();
}

void add_event(const json& event, Events& events) {
  const std::string kind = event.value("event", "");
  if (kind == "point") {
    events.points.push_back(
        {event.at("series"), event.at("step"), number_or_nan(event.at("value"))});
  } else if (kind == "progress") {
    events.last_progress = Progress{.step = event.at("step"),
                                    .steps = event.at("steps"),
                                    .loss = number_or_nothing(event.at("loss")),
                                    .psnr_db = number_or_nothing(event.at("psnr_db"))};
  }
}

// Points are nearly all that a long training says: they are written and read by hand, several times
// faster than by a general JSON library. A name that needs an escape goes the general way.
constexpr std::string_view kPointBegin = R"({"event":"point","series":")";
constexpr std::string_view kPointStep = R"(","step":)";
constexpr std::string_view kPointValue = R"(,"value":)";

bool is_plain(std::string_view name) {
  return std::all_of(name.begin(), name.end(), [](char letter) {
    return letter >= ' ' && letter <= '~' && letter != '"' && letter != '\\';
  });
}

template <typename Number>
void append_number(std::string& line, Number number) {
  char digits[32];
  const auto [end, error] = std::to_chars(digits, digits + sizeof(digits), number);
  line.append(digits, end);
}

std::string point_line(const Point& point) {
  if (!is_plain(point.series)) {
    return json{
        {"event", "point"}, {"series", point.series}, {"step", point.step}, {"value", point.value}}
        .dump();
  }
  std::string line(kPointBegin);
  line.append(point.series).append(kPointStep);
  append_number(line, point.step);
  line += kPointValue;
  if (std::isfinite(point.value)) {
    append_number(line, point.value);
  } else {
    line += "null";
  }
  return line += '}';
}

// Takes what `line` begins with off it.
bool takes(std::string_view& line, std::string_view beginning) {
  if (!line.starts_with(beginning)) return false;
  line.remove_prefix(beginning.size());
  return true;
}

template <typename Number>
bool takes_number(std::string_view& line, Number& number) {
  // JSON has no "nan" and no "inf", which from_chars knows.
  const std::size_t first = line.starts_with('-') ? 1 : 0;
  if (first >= line.size() || line[first] < '0' || line[first] > '9') return false;
  const auto [end, error] = std::from_chars(line.data(), line.data() + line.size(), number);
  if (error != std::errc()) return false;
  line.remove_prefix(static_cast<std::size_t>(end - line.data()));
  return true;
}

// A line that point_line has written; nothing for any other.
std::optional<Point> plain_point(std::string_view line) {
  if (!takes(line, kPointBegin)) return std::nullopt;
  const auto name_end = line.find('"');
  if (name_end == std::string_view::npos || !is_plain(line.substr(0, name_end))) {
    return std::nullopt;
  }
  Point point{.series = std::string(line.substr(0, name_end)), .step = 0, .value = 0};
  line.remove_prefix(name_end);
  if (!takes(line, kPointStep) || !takes_number(line, point.step)) return std::nullopt;
  if (!takes(line, kPointValue)) return std::nullopt;
  if (takes(line, "null")) {
    point.value = std::numeric_limits<double>::quiet_NaN();
  } else if (!takes_number(line, point.value)) {
    return std::nullopt;
  }
  if (line != "}") return std::nullopt;
  return point;
}

// A line that is no event is passed over: what a stage says must not end the run that reads it.
void add_line(const std::string& line, Events& events) {
  if (auto point = plain_point(line)) {
    events.points.push_back(std::move(*point));
    return;
  }
  try {
    add_event(json::parse(line), events);
  } catch (const json::exception&) {
    return;
  }
}

}  // namespace

EventWriter::EventWriter(const std::filesystem::path& stage_folder)
    : file_(stage_folder / kEventsFile), stream_(file_, std::ios::app | std::ios::binary) {
  if (!stream_) throw std::runtime_error(file_.string() + ": cannot open the file for appending");
}

void EventWriter::append(const std::string& line) {
  stream_ << line << '\n' << std::flush;
  if (!stream_)
    throw std::runtime_error(file_.string() + ": cannot write. Check that the disk is not full");
}

void EventWriter::progress(const Progress& progress) {
  append(json{{"event", "progress"},
              {"step", progress.step},
              {"steps", progress.steps},
              {"loss", number_or_null(progress.loss)},
              {"psnr_db", number_or_null(progress.psnr_db)}}
             .dump());
}

void EventWriter::point(const Point& point) {
  append(point_line(point));
}

void EventWriter::log(const std::string& text) {
  append(json{{"event", "log"}, {"text", text}}.dump());
}

std::int64_t EventWriter::position() {
  return static_cast<std::int64_t>(std::filesystem::file_size(file_));
}

void EventWriter::truncate(std::int64_t position) {
  stream_.close();
  if (position < static_cast<std::int64_t>(std::filesystem::file_size(file_))) {
    std::filesystem::resize_file(file_, static_cast<std::uintmax_t>(position));
  }
  stream_.open(file_, std::ios::app | std::ios::binary);
  if (!stream_) throw std::runtime_error(file_.string() + ": cannot open the file for appending");
}

Events read_events(const std::filesystem::path& stage_folder, std::int64_t from) {
  Events events;
  events.bytes_read = from;
  std::ifstream stream(stage_folder / kEventsFile, std::ios::binary);
  if (!stream) return events;
  stream.seekg(from);
  for (std::string line; std::getline(stream, line);) {
    if (stream.eof()) break;  // the line has no end yet
    events.bytes_read += static_cast<std::int64_t>(line.size()) + 1;
    add_line(line, events);
  }
  return events;
}

}  // namespace bench::exchange
