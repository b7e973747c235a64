#include "clearer/search/record.h"

#include <torch/torch.h>

#include "training/module_state.h"

namespace bench::clearer {
namespace {

std::vector<double> numbers_of(const SearchCost& cost) {
  return {static_cast<double>(cost.images_seen), static_cast<double>(cost.weight_steps),
          static_cast<double>(cost.architecture_steps), static_cast<double>(cost.evaluations),
          cost.seconds};
}

SearchCost cost_from(const double* numbers) {
  return {static_cast<std::int64_t>(numbers[0]), static_cast<std::int64_t>(numbers[1]),
          static_cast<std::int64_t>(numbers[2]), static_cast<std::int64_t>(numbers[3]), numbers[4]};
}

void append(std::vector<double>& row, const Architecture& architecture) {
  for (const auto kind : flattened(architecture)) row.push_back(kind == ModuleKind::kFusion);
}

Architecture architecture_from(const double* row, const std::vector<std::int64_t>& cell_sizes,
                               std::int64_t positions) {
  std::vector<ModuleKind> modules;
  for (std::int64_t i = 0; i < positions; ++i) {
    modules.push_back(row[i] != 0.0 ? ModuleKind::kFusion : ModuleKind::kParallel);
  }
  return architecture_of(modules, cell_sizes);
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

constexpr std::int64_t kCostNumbers = 5;
constexpr std::int64_t kPointNumbers = 4 + kCostNumbers;

std::int64_t positions_of(const std::vector<std::int64_t>& cell_sizes) {
  std::int64_t positions = 0;
  for (const auto size : cell_sizes) positions += size;
  return positions;
}

}  // namespace

void append_result(const SearchResult& result, training::State& state) {
  const auto positions = static_cast<std::int64_t>(flattened(result.architecture).size());
  std::vector<double> points, scored;
  for (const auto& point : result.trajectory) {
    points.insert(points.end(), {static_cast<double>(point.step), point.entropy_nats,
                                 point.weight_loss, point.architecture_loss});
    for (const auto number : numbers_of(point.cost)) points.push_back(number);
    append(points, point.architecture);
    for (const auto& pair : point.probabilities)
      points.insert(points.end(), pair.begin(), pair.end());
  }
  for (const auto& candidate : result.scored) {
    scored.push_back(candidate.score);
    append(scored, candidate.architecture);
  }
  std::vector<double> now = numbers_of(result.cost);
  append(now, result.architecture);
  state.tensors.push_back({"search.now", table(now, kCostNumbers + positions)});
  state.tensors.push_back({"search.trajectory", table(points, kPointNumbers + 3 * positions)});
  state.tensors.push_back({"search.scored", table(scored, 1 + positions)});
}

SearchResult result_in(const training::State& state, const std::vector<std::int64_t>& cell_sizes) {
  const auto positions = positions_of(cell_sizes);
  SearchResult result;
  const auto now = table_in(state, "search.now", kCostNumbers + positions);
  TORCH_CHECK_VALUE(now.size(0) == 1, "restore: \"search.now\" is ", now.sizes(),
                    ", expected one row");
  const auto* present = now.const_data_ptr<double>();
  result.cost = cost_from(present);
  result.architecture = architecture_from(present + kCostNumbers, cell_sizes, positions);

  const auto points = table_in(state, "search.trajectory", kPointNumbers + 3 * positions);
  for (std::int64_t i = 0; i < points.size(0); ++i) {
    const auto* row = points.const_data_ptr<double>() + i * points.size(1);
    TrajectoryPoint point{
        static_cast<std::int64_t>(row[0]), {}, row[1], row[2], row[3], {}, cost_from(row + 4)};
    point.architecture = architecture_from(row + kPointNumbers, cell_sizes, positions);
    const auto* pairs = row + kPointNumbers + positions;
    for (std::int64_t k = 0; k < positions; ++k) {
      point.probabilities.push_back({pairs[2 * k], pairs[2 * k + 1]});
    }
    result.trajectory.push_back(std::move(point));
  }
  const auto scored = table_in(state, "search.scored", 1 + positions);
  for (std::int64_t i = 0; i < scored.size(0); ++i) {
    const auto* row = scored.const_data_ptr<double>() + i * scored.size(1);
    result.scored.push_back({architecture_from(row + 1, cell_sizes, positions), row[0]});
  }
  return result;
}

}  // namespace bench::clearer
