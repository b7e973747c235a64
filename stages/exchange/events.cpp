#include "stages/exchange/events.h"

#include <limits>
#include <nlohmann/json.hpp>
#include <stdexcept>

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

// A line that is no event is passed over: what a stage says must not end the run that reads it.
void add_line(const std::string& line, Events& events) {
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
  append(json{
      {"event", "point"}, {"series", point.series}, {"step", point.step}, {"value", point.value}}
             .dump());
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
