#include "runner/experiment/recipe_file.h"

#include <algorithm>

#include "core/files/read_file.h"
#include "core/json/bad_input.h"
#include "core/json/old_spellings.h"
#include "runner/experiment/read_settings.h"
#include "stages/exchange/tables.h"

namespace bench::runner {
namespace {

std::string text_of(const core::JsonReader& value, const std::filesystem::path& file) {
  if (!std::filesystem::is_regular_file(file)) {
    value.fail("a recipe file, relative to the experiment file",
               ", but there is no file " + file.string());
  }
  return files::read_file(file);
}

std::vector<std::string> read_from_memory(const core::JsonReader& root) {
  std::vector<std::string> keys;
  const auto list = root.find("from_memory");
  if (!list) return keys;
  const auto known = exchange::recipe_table().keys();
  for (const auto& element : list->elements()) {
    keys.push_back(element.text());
    const bool is_key = std::find(known.begin(), known.end(), keys.back()) != known.end();
    if (!is_key) element.fail_unknown("a key of a recipe", known);
    if (!root.has(keys.back())) element.fail("a key that is set in this recipe");
  }
  return keys;
}

}  // namespace

RecipeFile read_recipe_file(const core::JsonReader& value,
                            const std::filesystem::path& experiment_file) {
  RecipeFile recipe{.path = value.text()};
  const auto file = experiment_file.parent_path() / recipe.path;
  core::JsonDocument document = core::parse_json_document(file.string(), text_of(value, file));
  core::say_once(core::renew_spellings(document));
  const core::JsonReader root(document);
  recipe.settings = read_recipe(root, {}, {"source", "note", "from_memory"});
  recipe.source = root.at("source").text();
  if (const auto note = root.find("note")) recipe.note = note->text();
  recipe.from_memory = read_from_memory(root);
  recipe.canonical_json = document.root.dump();
  return recipe;
}

}  // namespace bench::runner
