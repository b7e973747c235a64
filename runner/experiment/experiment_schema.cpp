#include "runner/experiment/experiment_schema.h"

#include "embedded/experiment.h"
#include "stages/exchange/tables.h"

namespace bench::runner {
namespace {

using nlohmann::ordered_json;

template <typename Block>
DescribedBlock described(const settings::Table<Block>& table) {
  return {table.name(), table.rows(), table.schema(), table.markdown()};
}

ordered_json parsed(const char* text) {
  return ordered_json::parse(text);
}

}  // namespace

const settings::Table<Profile>& profile_table() {
  static const auto data = parsed(R"({"type": "object", "minProperties": 1,
    "propertyNames": {"$ref": "#/definitions/label"},
    "additionalProperties": {"$ref": "#/definitions/task_data"}})");
  static const auto recipes = parsed(R"({"type": "object",
    "propertyNames": {"$ref": "#/definitions/label"},
    "additionalProperties": {"$ref": "#/definitions/recipe"}})");
  static const auto search = parsed(R"({"allOf": [{"$ref": "#/definitions/search"},
    {"required": ["weights"], "properties": {"weights": {"required": ["steps"]}}}]})");
  static const auto train = parsed(R"({"allOf": [{"$ref": "#/definitions/recipe"},
    {"required": ["steps"]}]})");
  static const auto table =
      settings::Table<Profile>("profile", "A budget: data and work, never the question.")
          .text("note", &Profile::note,
                "What this budget can and cannot show; the report includes it.", {.absent = "none"})
          .other("data", data, "an object by task id",
                 "For each task: `train` (one selection; required if anything is searched or "
                 "trained on the task), `test` (a list of selections), `note`.",
                 {.required = true})
          .other("space", settings::reference("space"), "a `space` block",
                 "CLEARER's search space, for searched contestants and architectures.",
                 {.absent = "none"})
          .other("search", search, "a `search` block",
                 "How architectures are searched; needs `weights` with `steps`.",
                 {.absent = "none"})
          .other("train", train, "a `recipe` block",
                 "How everything that is trained is trained; needs `steps`.", {.absent = "none"})
          .other("train_by_task", recipes, "`recipe` blocks by task id", "Changes to `train`.",
                 {.absent = "none"})
          .other("machine", settings::reference("machine"), "a `machine` block",
                 "Where and how stages compute.", {.absent = "its defaults"})
          .other("cost", settings::reference("cost"), "a `cost` block",
                 "How time and memory of a network are measured.",
                 {.absent = "64 x 64 pixels, 20 times"})
          .whole("keep_images", &Profile::keep_images, {0, 1000},
                 "Number of restored images kept for the report, per task and contestant, first "
                 "seed only.")
          .choice("test_noise", &Profile::test_noise,
                  "`fixed`: the same test noise for every seed. `each-seed`: new noise for each "
                  "seed, also for contestants that are not trained, whose spread over seeds then "
                  "reflects the noise.")
          .flag("tests_claims", &Profile::tests_claims,
                "Whether data and budget are those of the sources of the claims, so that the "
                "claims can be judged.");
  return table;
}

const std::vector<DescribedBlock>& described_blocks() {
  static const std::vector<DescribedBlock> blocks = {
      described(exchange::gaussian_table()),  described(profile_table()),
      described(exchange::selection_table()), described(exchange::space_table()),
      described(exchange::search_table()),    described(exchange::recipe_table()),
      described(exchange::machine_table()),   described(exchange::cost_table())};
  return blocks;
}

ordered_json experiment_schema() {
  ordered_json schema = ordered_json::parse(embedded::k_frame_json);
  for (const auto& block : described_blocks()) {
    schema.at("definitions").at(block.name) = block.schema;
  }
  return schema;
}

std::string experiment_schema_text() {
  return experiment_schema().dump(2) + "\n";
}

}  // namespace bench::runner
