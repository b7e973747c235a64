#include <limits>

#include "stages/exchange/tables.h"

namespace bench::exchange {
namespace {

constexpr settings::Range kPositive{1, 1e9};
constexpr settings::Range kRate{0, 1e3};
constexpr double kNoLimit = std::numeric_limits<double>::infinity();

}  // namespace

const settings::Table<training::Recipe>& recipe_table() {
  using training::OptimizerSettings, training::Recipe, training::Schedule, settings::in;
  const auto optimizer = [](auto member) { return in(&Recipe::optimizer, member); };
  const auto schedule = [](auto member) { return in(&Recipe::schedule, member); };
  static const auto table =
      settings::Table<Recipe>(
          "recipe", "How weights are trained. A later block changes only the keys that it names.")
          .label("name", &Recipe::name, "Name in reports.", {.absent = "none"})
          .whole("steps", &Recipe::steps, kPositive, "Number of weight updates.",
                 {.absent = "required once"})
          .whole("batch", &Recipe::batch, {1, 65536}, "Patches per update.")
          .whole("patch", &Recipe::patch, {8, 4096},
                 "Side of a square patch; a multiple of 2 to the number of resolutions minus one "
                 "for CLEARER, of 16 for U-Nets.",
                 {.unit = "pixels"})
          .choice("loss", &Recipe::loss,
                  "Loss of the weights. `half-sum-squared` as released; `hinas-search` and "
                  "`hinas-training` are the mean of MSE and .5 or .6 times -log10 SSIM.")
          .choice("supervision", &Recipe::supervision,
                  "For networks with several outputs: the sum of all losses, or the last one.")
          .choice("optimizer", optimizer(&OptimizerSettings::kind), "Optimizer of the weights.")
          .number("learning_rate", schedule(&Schedule::learning_rate), kRate,
                  "Learning rate at the first step.")
          .number("learning_rate_min", schedule(&Schedule::learning_rate_min), kRate,
                  "Learning rate at the end of a cosine, polynomial or exponential schedule (above "
                  "0 for the exponential).")
          .choice("schedule", schedule(&Schedule::kind),
                  "How the learning rate changes over the steps; `exponential` multiplies it by "
                  "the same factor in each step.")
          .whole("steps_per_epoch", schedule(&Schedule::steps_per_epoch), kPositive,
                 "The learning rate changes only after each epoch of this many steps (as in "
                 "released codes; 50 in CLEARER's search).",
                 {.later = true})
          .list("milestones", schedule(&Schedule::milestones), {0, kNoLimit}, kPositive,
                "Steps at which the learning rate is multiplied by `milestone_factor` (schedule "
                "`milestones`).",
                "a list of steps")
          .number("milestone_factor", schedule(&Schedule::milestone_factor), {0, 1},
                  "Factor at each of the `milestones`.")
          .number("schedule_power", schedule(&Schedule::power), {1e-3, 100},
                  "Exponent of the polynomial schedule.")
          .share("momentum", optimizer(&OptimizerSettings::momentum), "Momentum of SGD.")
          .share("beta1", optimizer(&OptimizerSettings::beta1),
                 "Decay rate of Adam's first moment.")
          .share("beta2", optimizer(&OptimizerSettings::beta2),
                 "Decay rate of Adam's second moment.")
          .number("weight_decay", optimizer(&OptimizerSettings::weight_decay), kRate,
                  "L2 penalty on the weights.")
          .number("gradient_norm_limit", &Recipe::gradient_norm_limit, {0, kNoLimit},
                  "Gradients are clipped to this norm; 0 means no limit.")
          .choice("augmentation", &Recipe::augmentation,
                  "Random flips and rotations of the training patches; `as-released` leaves out "
                  "the identity.");
  return table;
}

}  // namespace bench::exchange
