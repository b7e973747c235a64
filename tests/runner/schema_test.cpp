#include <gtest/gtest.h>

#include <optional>
#include <valijson/adapters/nlohmann_json_adapter.hpp>
#include <valijson/schema.hpp>
#include <valijson/schema_parser.hpp>
#include <valijson/validator.hpp>

#include "stage_files/atomic_file.h"
#include "tests/runner/example_experiment.h"

namespace bench::runner {
namespace {

using nlohmann::json;

const std::filesystem::path kExperiments = std::filesystem::path(BENCH_SOURCE_DIR) / "experiments";

const json& schema_text() {
  static const json text =
      json::parse(stage_files::read_text(kExperiments / "schema" / "experiment.schema.json"));
  return text;
}

bool fits_schema(const json& content) {
  static const valijson::Schema* const schema = [] {
    auto* parsed = new valijson::Schema;
    valijson::SchemaParser(valijson::SchemaParser::kDraft7)
        .populateSchema(valijson::adapters::NlohmannJsonAdapter(schema_text()), *parsed);
    return parsed;
  }();
  valijson::Validator validator(valijson::Validator::kStrongTypes);
  return validator.validate(*schema, valijson::adapters::NlohmannJsonAdapter(content), nullptr);
}

// One change of the example: `value` at `pointer`, or, without one, its removal.
struct Change {
  const char* what;
  const char* pointer;
  std::optional<json> value;
};

json changed(const Change& change) {
  json content = example_experiment();
  const json::json_pointer pointer{std::string(change.pointer)};
  if (change.value) {
    content[pointer] = *change.value;
  } else {
    content[pointer.parent_pointer()].erase(pointer.back());
  }
  return content;
}

const json kNothing = json::object();

std::vector<Change> broken() {
  return {
      {"unknown key", "/seed", 1},
      {"no name", "/name", std::nullopt},
      {"no title", "/title", std::nullopt},
      {"no question", "/question", std::nullopt},
      {"no seeds", "/seeds", std::nullopt},
      {"no profile", "/profile", std::nullopt},
      {"no tasks", "/tasks", std::nullopt},
      {"no contestants", "/contestants", std::nullopt},
      {"no protocols", "/protocols", std::nullopt},
      {"no profiles", "/profiles", std::nullopt},
      {"schema is no text", "/$schema", 7},
      {"name with a slash", "/name", "a/b"},
      {"name that is a folder", "/name", ".."},
      {"empty name", "/name", ""},
      {"name too long", "/name", std::string(129, 'a')},
      {"name with a newline", "/name", "a\n"},
      {"empty title", "/title", ""},
      {"title is a number", "/title", 3},
      {"seeds no list", "/seeds", 1},
      {"no seed", "/seeds", json::array()},
      {"seed 0", "/seeds", json::array({0})},
      {"seed below 0", "/seeds", json::array({-1})},
      {"seed with a fraction", "/seeds", json::array({1.5})},
      {"seed too large", "/seeds", json::array({9000000000000001})},
      {"seed twice", "/seeds", json::array({1, 1})},
      {"seed is a text", "/seeds", json::array({"1"})},
      {"no task in the list", "/tasks", json::array()},
      {"task without id", "/tasks/0/id", std::nullopt},
      {"task with an unknown key", "/tasks/0/sigma", 25},
      {"task with 2 channels", "/tasks/0/channels", 2},
      {"task with 4 channels", "/tasks/0/channels", 4},
      {"task without degradation", "/tasks/0/degradation", std::nullopt},
      {"unknown degradation", "/tasks/0/degradation/kind", "blur"},
      {"noise without sigma", "/tasks/0/degradation/sigma", std::nullopt},
      {"sigma 0", "/tasks/0/degradation/sigma", 0},
      {"sigma too large", "/tasks/0/degradation/sigma", 256},
      {"sigma is a text", "/tasks/0/degradation/sigma", "25"},
      {"unknown noise", "/tasks/0/degradation/noise", "poisson"},
      {"misspelt sigma", "/tasks/0/degradation/sigam", 25},
      {"rain with sigma", "/tasks/1/degradation/sigma", 25},
      {"no contestant in the list", "/contestants", json::array()},
      {"contestant without kind", "/contestants/0/kind", std::nullopt},
      {"unknown kind", "/contestants/0/kind", "best"},
      {"a degraded picture that is trained", "/contestants/0/train", kNothing},
      {"searched on nothing", "/contestants/1/searched_on", std::nullopt},
      {"searched by an unknown method", "/contestants/1/method", "enas"},
      {"options without a method", "/contestants/1/options", kNothing},
      {"a searched method in CLEARER's space", "/contestants/1",
       json::parse(R"({"id": "cell", "kind": "searched", "method": "hinas",
                       "searched_on": "denoise", "space": {}})")},
      {"architecture without one", "/contestants/2/architecture", std::nullopt},
      {"architecture of other letters", "/contestants/2/architecture", "PX|FF"},
      {"unknown pattern", "/contestants/2/architecture", "all-fusions"},
      {"an architecture that is searched", "/contestants/2/search", kNothing},
      {"network without method", "/contestants/4/method", std::nullopt},
      {"option that is no number", "/contestants/4/options/depth", "8"},
      {"option below 0", "/contestants/4/options/depth", -1},
      {"a network in a space", "/contestants/4/space", kNothing},
      {"weights beside options and a recipe", "/contestants/4/weights", "a.pth"},
      {"weights of no contestant that has some", "/contestants/5/weights", "a.pth"},
      {"a classical method that is trained", "/contestants/5/train", kNothing},
      {"a classical method with sizes", "/contestants/5/options", kNothing},
      {"takes part nowhere", "/contestants/5/tasks", json::array()},
      {"takes part twice", "/contestants/5/tasks", json::array({"denoise", "denoise"})},
      {"no protocol", "/protocols", json::array()},
      {"protocol is a number", "/protocols", json::array({1})},
      {"protocol twice", "/protocols",
       json::array({"psnr(space=rgb,round=none,crop=0,agg=image-mean)",
                    "psnr(space=rgb,round=none,crop=0,agg=image-mean)"})},
      {"profiles is a list", "/profiles", json::array()},
      {"no profile in it", "/profiles", kNothing},
      {"profile with a slash", "/profiles/a~1b", kNothing},
      {"unknown key of a profile", "/profiles/quick/seeds", json::array({1})},
      {"profile without data", "/profiles/quick/data", std::nullopt},
      {"note is empty", "/profiles/quick/note", ""},
      {"data without test", "/profiles/quick/data/denoise/test", std::nullopt},
      {"data with no test", "/profiles/quick/data/denoise/test", json::array()},
      {"selection without set", "/profiles/quick/data/denoise/train/set", std::nullopt},
      {"selection of nothing", "/profiles/quick/data/denoise/train/count", 0},
      {"selection with an unknown key", "/profiles/quick/data/denoise/train/first", 3},
      {"no channels", "/profiles/quick/space/channels", json::array()},
      {"five resolutions", "/profiles/quick/space/channels", json::array({1, 2, 3, 4, 5})},
      {"channels 0", "/profiles/quick/space/channels", json::array({4, 8, 0})},
      {"modules 0", "/profiles/quick/space/modules", json::array({1, 0, 2})},
      {"modules no list", "/profiles/quick/space/modules", 2},
      {"residual is no flag", "/profiles/quick/space/global_residual", 1},
      {"unknown initialization", "/profiles/quick/space/initialization", "he"},
      {"unknown order", "/profiles/quick/space/order", "first"},
      {"no cell", "/profiles/quick/space/modules", json::array({2})},
      {"no branch", "/profiles/quick/space/branches", 0},
      {"five branches", "/profiles/quick/space/branches", 5},
      {"unknown stem", "/profiles/quick/space/stem", "conv"},
      {"unknown head", "/profiles/quick/space/head", "5x5"},
      {"unknown normalisation", "/profiles/quick/space/normalisation", "layer"},
      {"unknown upsampling", "/profiles/quick/space/upsampling", "bicubic"},
      {"exchange is no flag", "/profiles/quick/space/fusion_exchange", 0},
      {"unknown key of the space", "/profiles/quick/space/width", 8},
      {"unknown strategy", "/profiles/quick/search/strategy", "greedy"},
      {"unknown semantics", "/profiles/quick/search/semantics", "released"},
      {"search without weights", "/profiles/quick/search/weights", std::nullopt},
      {"search without steps", "/profiles/quick/search/weights/steps", std::nullopt},
      {"nothing but warm-up", "/profiles/quick/search/warm_up_fraction", 1},
      {"no image budget", "/profiles/quick/search/image_budget", 0},
      {"architecture on the test split under another name",
       "/profiles/quick/search/architecture_data", "test"},
      {"unknown architecture optimiser", "/profiles/quick/search/architecture_optimiser",
       "rmsprop"},
      {"unknown architecture schedule", "/profiles/quick/search/architecture_schedule", "step"},
      {"momentum of 1", "/profiles/quick/search/architecture_momentum", 1},
      {"beta of 1", "/profiles/quick/search/architecture_beta2", 1},
      {"no candidate", "/profiles/quick/search/candidates", 0},
      {"no population", "/profiles/quick/search/population", 0},
      {"no tournament", "/profiles/quick/search/tournament", 0},
      {"shared weights is a text", "/profiles/quick/search/shared_weights", "yes"},
      {"momentum of weights of 1", "/profiles/quick/train/momentum", 1},
      {"trained is a text", "/contestants/1/trained", "no"},
      {"an architecture that is not trained", "/contestants/2/trained", false},
      {"warm-up beyond all", "/profiles/quick/search/warm_up_fraction", 1.1},
      {"beta beyond 1", "/profiles/quick/search/architecture_beta1", 2},
      {"lambda below 0", "/profiles/quick/search/lambda_complexity", -0.1},
      {"sign 2", "/profiles/quick/search/architecture_loss_sign", 2},
      {"unknown loss form", "/profiles/quick/search/architecture_loss_form", "ln"},
      {"unknown cost of a module", "/profiles/quick/search/complexity_cost", "flops"},
      {"misspelt key of the search", "/profiles/quick/search/warmup_fraction", 0.3},
      {"train without steps", "/profiles/quick/train/steps", std::nullopt},
      {"no steps", "/profiles/quick/train/steps", 0},
      {"steps with a fraction", "/profiles/quick/train/steps", 1.5},
      {"steps is a text", "/profiles/quick/train/steps", "10"},
      {"steps is null", "/profiles/quick/train/steps", nullptr},
      {"patch of 7", "/profiles/quick/train/patch", 7},
      {"unknown supervision", "/profiles/quick/train/supervision", "first-output"},
      {"power 0", "/profiles/quick/train/schedule_power", 0},
      {"beta2 beyond 1", "/profiles/quick/train/beta2", 1.5},
      {"recipe is no text", "/contestants/4/recipe", 1},
      {"a classical method with a recipe", "/contestants/5/recipe", "recipes/dncnn_s.json"},
      {"patch of 0", "/profiles/quick/train/patch", 0},
      {"batch of 0", "/profiles/quick/train/batch", 0},
      {"unknown loss", "/profiles/quick/train/loss", "l2"},
      {"unknown optimiser", "/profiles/quick/train/optimiser", "adamw"},
      {"negative learning rate", "/profiles/quick/train/learning_rate", -1e-3},
      {"unknown schedule", "/profiles/quick/train/schedule", "step"},
      {"milestone 0", "/profiles/quick/train/milestones", json::array({0})},
      {"unknown augmentation", "/profiles/quick/train/augmentation", "mixup"},
      {"limit below 0", "/profiles/quick/train/gradient_norm_limit", -1},
      {"a contestant's misspelt recipe", "/contestants/4/train/learning-rate", 1},
      {"a task's misspelt recipe", "/profiles/quick/train_by_task/derain/step", 1},
      {"unknown device", "/profiles/quick/machine/device", "gpu"},
      {"no threads", "/profiles/quick/machine/threads", 0},
      {"unknown precision", "/profiles/quick/machine/precision", "fp16"},
      {"unknown layout", "/profiles/quick/machine/layout", "nhwc"},
      {"cost without width", "/profiles/quick/cost/width", std::nullopt},
      {"cost of 4 rows", "/profiles/quick/cost/height", 4},
      {"two repetitions", "/profiles/quick/cost/repetitions", 2},
      {"pictures below 0", "/profiles/quick/keep_pictures", -1},
      {"unknown test noise", "/profiles/quick/test_noise", "by-seed"},
      {"flag is a text", "/profiles/quick/tests_claims", "true"},
      {"claims no list", "/claims", kNothing},
      {"claim without source", "/claims/0/source", std::nullopt},
      {"unknown kind of claim", "/claims/0/kind", "best"},
      {"claim without what it compares", "/claims/0/other", std::nullopt},
      {"claim of a value without one", "/claims/0/kind", "value"},
      {"claim of a distance without one", "/claims/0/kind", "distance"},
      {"set with a slash", "/claims/0/set", "a/b"},
      {"claim of a file without a contestant", "/claims/0",
       json{{"from", "claims/a.json"}, {"id", "a"}, {"task", "derain"}}},
      {"claim of a file with a value", "/claims/0",
       json{{"from", "claims/a.json"},
            {"id", "a"},
            {"contestant", "fusion"},
            {"task", "derain"},
            {"value", 3}}},
      {"unknown key of a claim", "/claims/0/protocols", "psnr"},
      {"caveat is empty", "/caveats", json::array({""})},
  };
}

TEST(Schema, FitsTheExampleAndSoDoesTheReader) {
  EXPECT_TRUE(fits_schema(example_experiment()));
  EXPECT_EQ(refusal_of(example_experiment().dump()), "");
}

TEST(Schema, FitsEveryExperimentOfTheProjectAndSoDoesTheReader) {
  std::size_t count = 0;
  for (const auto& entry : std::filesystem::directory_iterator(kExperiments)) {
    if (entry.path().extension() != ".json") continue;
    ++count;
    const std::string text = stage_files::read_text(entry.path());
    EXPECT_TRUE(fits_schema(json::parse(text))) << entry.path();
    // Where it stands: it may refer to files beside it.
    EXPECT_NO_THROW(read_experiment(entry.path())) << entry.path();
  }
  EXPECT_GT(count, 0U);
}

TEST(Schema, RefusesWhatTheReaderRefuses) {
  for (const auto& change : broken()) {
    const json content = changed(change);
    EXPECT_FALSE(fits_schema(content)) << "the schema accepts: " << change.what;
    EXPECT_NE(refusal_of(content.dump(2)), "") << "the reader accepts: " << change.what;
  }
}

json with_weights(const json& weights) {
  json content = example_experiment();
  content["contestants"][4] = {
      {"id", "given"}, {"kind", "network"}, {"method", "prenet"}, {"weights", weights}};
  return content;
}

TEST(Schema, AgreesWithTheReaderOnGivenWeights) {
  const json good[] = {"a.pth", "a.safetensors", {{"derain", "a-b_c.1.pth"}}};
  for (const auto& weights : good) {
    EXPECT_TRUE(fits_schema(with_weights(weights))) << weights;
    EXPECT_EQ(refusal_of(with_weights(weights).dump(2)), "") << weights;
  }
  const json bad[] = {"a.png", ".pth", "a/b.pth", 7, kNothing, {{"derain", 7}}, json::array()};
  for (const auto& weights : bad) {
    EXPECT_FALSE(fits_schema(with_weights(weights))) << weights;
    EXPECT_NE(refusal_of(with_weights(weights).dump(2)), "") << weights;
  }
}

// Names and sizes that only the whole file and the catalogues can tell: schema says yes, reader no.
TEST(Schema, LeavesToTheReaderWhatNeedsTheWholeFile) {
  const std::vector<Change> changes = {
      {"unknown profile", "/profile", "small"},
      {"two tasks of one id", "/tasks/1/id", "denoise"},
      {"two contestants of one id", "/contestants/1/id", "degraded"},
      {"searched on an unknown task", "/contestants/1/searched_on", "derains"},
      {"takes part in an unknown task", "/contestants/5/tasks", json::array({"derains"})},
      {"unknown method", "/contestants/4/method", "dncn"},
      {"a network that is classical", "/contestants/4/method", "bm3d"},
      {"a size that the method does not have", "/contestants/4/options/cells", 2},
      {"a size that is too small", "/contestants/4/options/depth", 2},
      {"a patch that three resolutions cannot halve", "/profiles/quick/train/patch", 14},
      {"a recipe file that is not there", "/contestants/4/recipe", "recipes/none.json"},
      {"cells searched by scoring candidates", "/contestants/1",
       json::parse(R"({"id": "cell", "kind": "searched", "method": "hinas",
                       "searched_on": "denoise", "search": {"strategy": "evolution"}})")},
      {"letters that do not fit the space", "/contestants/3/architecture", "PF|FF|FP"},
      {"unknown protocol", "/protocols", json::array({"psnr-y"})},
      {"one protocol in two spellings", "/protocols",
       json::array({"psnr(space=rgb,round=none,crop=0,agg=image-mean)", "psnr(space=rgb)"})},
      {"data of an unknown task", "/profiles/quick/data/deblur",
       example_experiment()["profiles"]["quick"]["data"]["denoise"]},
      {"no data of a task", "/profiles/quick/data/denoise", std::nullopt},
      {"unknown data set", "/profiles/quick/data/denoise/train/set", "embedded-leafs"},
      {"unknown split", "/profiles/quick/data/denoise/train/split", "validate"},
      {"pairs for noise", "/profiles/quick/data/denoise/train/set", "rain100h"},
      {"clean pictures for rain", "/profiles/quick/data/derain/train/set", "embedded-leaves"},
      {"tests what it trains on", "/profiles/quick/data/denoise/test/0/split", "train"},
      {"channels without modules", "/profiles/quick/space/modules", std::nullopt},
      {"more branches than channels", "/profiles/quick/space/branches", 4},
      {"milestones without any", "/profiles/quick/train/schedule", "milestones"},
      {"a rate that ends above its start", "/profiles/quick/train/learning_rate_min", 1},
      {"a tournament beyond the population", "/profiles/quick/search/tournament", 21},
      {"a population beyond the candidates", "/contestants/1/search",
       json({{"strategy", "evolution"}, {"candidates", 10}})},
      {"own weights of one supernet", "/profiles/quick/search/shared_weights", false},
      {"joint on two parts of the data", "/contestants/1/search",
       json({{"strategy", "joint"}, {"architecture_data", "test-split-as-released"}})},
      {"DARTS in evaluation mode", "/contestants/1/search",
       json({{"strategy", "darts-first-order"}, {"architecture_batch_norm", "eval"}})},
      {"warm-up that leaves no step", "/profiles/quick/search/warm_up_fraction", 0.95},
      {"data without train", "/profiles/quick/data/denoise/train", std::nullopt},
      {"no space where one is needed", "/profiles/quick/space", std::nullopt},
      {"no search where one is needed", "/profiles/quick/search", std::nullopt},
      {"no recipe where one is needed", "/profiles/quick/train", std::nullopt},
      {"recipe of an unknown task", "/profiles/quick/train_by_task/deblur", kNothing},
      {"claim of an unknown contestant", "/claims/0/contestant", "fusions"},
      {"claim of an unknown task", "/claims/0/task", "deblur"},
      {"claim of a file that is not there", "/claims/0",
       json{{"from", "claims/a.json"}, {"id", "a"}, {"contestant", "fusion"}, {"task", "derain"}}},
      {"protocol with the noise of one task only", "/protocols", json::array({"kair"})},
      {"claim under another protocol", "/claims/0/protocol", "psnr(space=y-bt601-limited)"},
  };
  for (const auto& change : changes) {
    const json content = changed(change);
    EXPECT_TRUE(fits_schema(content)) << "the schema refuses: " << change.what;
    EXPECT_NE(refusal_of(content.dump(2)), "") << "the reader accepts: " << change.what;
  }
}

// Every object says which keys it has, and every value is described.
void expect_complete(const json& part, const std::string& where) {
  if (part.contains("properties") && !part.contains("type")) return;  // of a condition
  if (part.contains("properties")) {
    EXPECT_EQ(part.value("additionalProperties", json(true)), json(false)) << where;
    for (const auto& [key, value] : part["properties"].items()) {
      const bool described =
          value.contains("description") || value.contains("$ref") || value.contains("const");
      EXPECT_TRUE(described) << where << "/" << key;
      expect_complete(value, where + "/" + key);
    }
  }
}

TEST(Schema, NamesAndDescribesEveryKey) {
  expect_complete(schema_text(), "");
  for (const auto& [name, definition] : schema_text()["definitions"].items()) {
    expect_complete(definition, name);
  }
}

}  // namespace
}  // namespace bench::runner
