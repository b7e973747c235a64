#include "clearer/search/record.h"

#include <torch/types.h>

#include <sstream>

#include "training/module_state.h"

namespace bench::clearer {
namespace {

constexpr std::int64_t kCostNumbers = 5;
constexpr std::int64_t kPointNumbers = 4 + kCostNumbers;

std::vector<double> numbers_of(const SearchCost& cost) {
  return {static_cast<double>(cost.images_seen), static_cast<double>(cost.weight_steps),
          static_cast<double>(cost.architecture_steps), static_cast<double>(cost.evaluations),
          cost.seconds};
}

SearchCost cost_from(const double* numbers) {
  return {static_cast<std::int64_t>(numbers[0]), static_cast<std::int64_t>(numbers[1]),
          static_cast<std::int64_t>(numbers[2]), static_cast<std::int64_t>(numbers[3]), numbers[4]};
}

/// A table with one row per element; it has its width also without rows.
torch::Tensor table(const std::vector<double>& values, std::int64_t width) {
  const auto rows = static_cast<std::int64_t>(values.size()) / width;
  return torch::tensor(values, torch::kFloat64).reshape({rows, width});
}

torch::Tensor table_in(const training::State& state, const std::string& name, std::int64_t width) {
  const auto found = training::tensor_in(state, name).to(torch::kCPU, torch::kFloat64).contiguous();
  TORCH_CHECK_VALUE(found.dim() == 2 && found.size(1) == width, "restore: \"", name, "\" is ",
                    found.sizes(), ", expected [rows, ", width, "]");
  return found;
}

/// Choices of each row of the probabilities; the same at every point of a search.
std::vector<double> widths_of(const SearchResult& result) {
  std::vector<double> widths;
  if (result.trajectory.empty()) return widths;
  for (const auto& row : result.trajectory.front().probabilities) {
    widths.push_back(static_cast<double>(row.size()));
  }
  return widths;
}

/// Architectures contain no line end.
std::string joined(const auto& items) {
  std::string text;
  for (const auto& item : items) text += item.architecture + "\n";
  return text;
}

std::vector<std::string> texts_in(const training::State& state, const std::string& name,
                                  std::int64_t count) {
  const auto found = state.facts.find(name);
  TORCH_CHECK_VALUE(found != state.facts.end(), "restore: the state has no \"", name, "\"");
  std::istringstream lines(found->second);
  std::vector<std::string> texts;
  for (std::string line; std::getline(lines, line);) texts.push_back(line);
  TORCH_CHECK_VALUE(static_cast<std::int64_t>(texts.size()) == count, "restore: \"", name,
                    "\" has ", texts.size(), " lines, expected ", count);
  return texts;
}

std::vector<double> numbers_of(const TrajectoryPoint& point) {
  std::vector<double> numbers{static_cast<double>(point.step), point.entropy_nats,
                              point.weight_loss, point.architecture_loss};
  for (const auto number : numbers_of(point.cost)) numbers.push_back(number);
  for (const auto& row : point.probabilities) numbers.insert(numbers.end(), row.begin(), row.end());
  return numbers;
}

TrajectoryPoint point_from(const double* numbers, const std::vector<std::int64_t>& widths,
                           std::string architecture) {
  TrajectoryPoint point{static_cast<std::int64_t>(numbers[0]),
                        {},
                        numbers[1],
                        numbers[2],
                        numbers[3],
                        std::move(architecture),
                        cost_from(numbers + 4)};
  const double* row = numbers + kPointNumbers;
  for (const auto width : widths) {
    point.probabilities.emplace_back(row, row + width);
    row += width;
  }
  return point;
}

void read_trajectory(const training::State& state, SearchResult& result) {
  const auto stored = table_in(state, "search.widths", 1);
  std::vector<std::int64_t> widths;
  std::int64_t all = 0;
  for (std::int64_t i = 0; i < stored.size(0); ++i) {
    widths.push_back(static_cast<std::int64_t>(stored.const_data_ptr<double>()[i]));
    all += widths.back();
  }
  const auto points = table_in(state, "search.trajectory", kPointNumbers + all);
  const auto texts = texts_in(state, "search.trajectory_architectures", points.size(0));
  for (std::int64_t i = 0; i < points.size(0); ++i) {
    result.trajectory.push_back(point_from(points.const_data_ptr<double>() + i * points.size(1),
                                           widths, texts[static_cast<std::size_t>(i)]));
  }
}

}  // namespace

void append_result(const SearchResult& result, training::State& state) {
  const auto widths = widths_of(result);
  std::int64_t all = 0;
  for (const auto width : widths) all += static_cast<std::int64_t>(width);
  std::vector<double> points, scores;
  for (const auto& point : result.trajectory) {
    const auto numbers = numbers_of(point);
    points.insert(points.end(), numbers.begin(), numbers.end());
  }
  for (const auto& candidate : result.scored) scores.push_back(candidate.score);
  state.tensors.push_back({"search.now", table(numbers_of(result.cost), kCostNumbers)});
  state.tensors.push_back({"search.widths", table(widths, 1)});
  state.tensors.push_back({"search.trajectory", table(points, kPointNumbers + all)});
  state.tensors.push_back({"search.scored", table(scores, 1)});
  state.facts["search.architecture"] = result.architecture;
  state.facts["search.trajectory_architectures"] = joined(result.trajectory);
  state.facts["search.scored_architectures"] = joined(result.scored);
}

SearchResult result_in(const training::State& state) {
  SearchResult result;
  const auto now = table_in(state, "search.now", kCostNumbers);
  TORCH_CHECK_VALUE(now.size(0) == 1, "restore: \"search.now\" is ", now.sizes(),
                    ", expected one row");
  result.cost = cost_from(now.const_data_ptr<double>());
  const auto answer = state.facts.find("search.architecture");
  TORCH_CHECK_VALUE(answer != state.facts.end(),
                    "restore: the state has no \"search.architecture\"");
  result.architecture = answer->second;
  read_trajectory(state, result);
  const auto scored = table_in(state, "search.scored", 1);
  const auto texts = texts_in(state, "search.scored_architectures", scored.size(0));
  for (std::size_t i = 0; i < texts.size(); ++i) {
    result.scored.push_back({texts[i], scored.const_data_ptr<double>()[i]});
  }
  return result;
}

}  // namespace bench::clearer
