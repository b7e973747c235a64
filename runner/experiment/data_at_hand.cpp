#include "runner/experiment/data_at_hand.h"

#include <vector>

#include "datasets/catalogue.h"
#include "runner/experiment/bad_input.h"

namespace bench::runner {
namespace {

void require_at_hand(const DataSelection& selection, const std::filesystem::path& data_root) {
  const std::vector<std::filesystem::path> roots = {data_root / "data"};
  try {
    datasets::locate(datasets::find(selection.set), roots);
  } catch (const datasets::DataSetError& error) {
    throw BadInput(std::string(error.what()) +
                   "; set BENCH_DATA_DIR to the folder that holds data/");
  }
}

}  // namespace

void require_data_at_hand(const Profile& profile, const std::filesystem::path& data_root) {
  for (const auto& [task, data] : profile.data) {
    if (!data.train.set.empty()) require_at_hand(data.train, data_root);
    for (const auto& test : data.test) require_at_hand(test, data_root);
  }
}

}  // namespace bench::runner
