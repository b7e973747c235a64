#include "runner/experiment/data_at_hand.h"

#include <algorithm>
#include <vector>

#include "core/json/bad_input.h"
#include "datasets/catalogue.h"
#include "datasets/embedded.h"
#include "datasets/examples.h"
#include "datasets/image.h"
#include "datasets/image_file.h"
#include "runner/experiment/imported_sets.h"

namespace bench::runner {
namespace {

using Roots = std::vector<std::filesystem::path>;

using Files = std::vector<datasets::ExampleFiles>;

/// The images of a selection's split. Requires that the set is available and holds as many as are
/// asked for: a report would speak of images that there are not.
/// \param count_place  of "count" in the file
Files files_of(const DataSelection& selection, const datasets::DataSet& set, const Roots& roots,
               const std::string& count_place) {
  auto files = datasets::list_examples(set, datasets::locate(set, roots),
                                       datasets::find_split(set, selection.split));
  const auto count = static_cast<std::int64_t>(files.size());
  if (selection.count > count) {
    throw core::BadInput(count_place + ": expected at most the " + std::to_string(count) +
                         " images of " + set.name + " (" + selection.split + "), found " +
                         std::to_string(selection.count));
  }
  if (selection.count > 0) files.resize(static_cast<std::size_t>(selection.count));
  return files;
}

/// What patches are drawn from.
struct Images {
  std::int64_t count = 0;
  std::int64_t least_side = 0;  ///< pixels, of all of them
};

std::int64_t least_side_of(const datasets::DataSet& set, const Files& files) {
  if (set.layout == datasets::Layout::kEmbedded) return datasets::kEmbeddedSide;
  std::int64_t least = -1;
  for (const auto& file : files) {
    const auto info = datasets::inspect_image(file.target);
    const bool both = set.layout == datasets::Layout::kSideBySide;
    std::int64_t side = std::min(info.height, both ? info.width / 2 : info.width);
    if (!set.half_of.empty()) side = (side + 1) / 2;
    least = least < 0 ? side : std::min(least, side);
  }
  return least;
}

Images training_images(const datasets::DataSet& set, const Files& files) {
  return {static_cast<std::int64_t>(files.size()), least_side_of(set, files)};
}

void require_fit(const PlacedRecipe& placed, const std::string& set, std::int64_t count,
                 const std::string& which, std::int64_t least_side) {
  const auto& recipe = placed.recipe;
  if (recipe.batch > count) {
    throw core::BadInput(placed.batch_place + ": expected a batch of at most the " +
                         std::to_string(count) + " images of " + set + which + ", found " +
                         std::to_string(recipe.batch));
  }
  if (recipe.patch > least_side) {
    throw core::BadInput(placed.patch_place +
                         ": expected patches no larger than the smallest image of " + set + ", " +
                         std::to_string(least_side) + " pixels per side, found " +
                         std::to_string(recipe.patch));
  }
}

void require_recipes_fit(const Contestant& contestant, const ContestantBudget& budget,
                         const std::string& task, const std::string& set, const Images& images) {
  const auto train = budget.placed.find(task);
  if (train != budget.placed.end() && takes_part(contestant, task)) {
    require_fit(train->second, set, images.count, "", images.least_side);
  }
  const auto search = budget.placed.find("");
  if (search == budget.placed.end() || contestant.search_task != task) return;
  const bool halves = budget.search.architecture_data == clearer::ArchitectureData::kTrainingHalf;
  require_fit(search->second, set, halves ? images.count / 2 : images.count,
              halves ? " in each half of the search" : "", images.least_side);
}

void require_task_at_hand(const Experiment& experiment, const Profile& profile,
                          const std::string& task, const TaskData& data, const Roots& roots) {
  for (std::size_t i = 0; i < data.test.size(); ++i) {
    const auto set = known_set(data.test[i].set, experiment.file);
    files_of(data.test[i], set, roots, data.test_count_places[i]);
  }
  if (data.train.set.empty()) return;
  const auto set = known_set(data.train.set, experiment.file);
  const Images images =
      training_images(set, files_of(data.train, set, roots, data.train_count_place));
  for (const auto& contestant : experiment.contestants) {
    require_recipes_fit(contestant, profile.contestants.at(contestant.id), task, data.train.set,
                        images);
  }
}

}  // namespace

void require_data_at_hand(const Experiment& experiment, const Profile& profile,
                          const std::filesystem::path& data_root) {
  const Roots roots = {data_root / "data"};
  try {
    for (const auto& [task, data] : profile.data) {
      require_task_at_hand(experiment, profile, task, data, roots);
    }
  } catch (const datasets::DataSetError& error) {
    throw core::BadInput(error.what());
  } catch (const datasets::ImageError& error) {
    throw core::BadInput(error.what());
  }
}

}  // namespace bench::runner
