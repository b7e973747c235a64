#include <limits>

#include "stages/exchange/tables.h"

namespace bench::exchange {
namespace {

using clearer::ArchitectureLossOptions, clearer::SearchOptions;
using settings::in;

constexpr settings::Range kAtLeastOne{1, 1e9};
constexpr settings::Range kStepSize{0, 1e3};
constexpr settings::Range kWeight{0, std::numeric_limits<double>::infinity()};

using SearchTable = settings::Table<SearchOptions>;

SearchTable& add_architecture_step(SearchTable& table) {
  using training::OptimizerSettings, training::Schedule;
  const auto optimizer = [](auto member) {
    return in(&SearchOptions::architecture_optimizer, member);
  };
  const auto schedule = [](auto member) {
    return in(&SearchOptions::architecture_schedule, member);
  };
  return table
      .choice(
          "architecture_data", &SearchOptions::architecture_data,
          "Data of the architecture steps: the half of the training images that is not used for "
          "the weights, or (as in the released deraining code; uses test data) the first test set.")
      .choice("architecture_optimizer", optimizer(&OptimizerSettings::kind),
              "Optimizer of the architecture.")
      .number("architecture_learning_rate", schedule(&Schedule::learning_rate), kStepSize,
              "Learning rate of the architecture at the first step.")
      .number("architecture_learning_rate_min", schedule(&Schedule::learning_rate_min), kStepSize,
              "Learning rate of the architecture at the end of a cosine schedule.")
      .choice("architecture_schedule", schedule(&Schedule::kind),
              "How the learning rate of the architecture changes.",
              {.choices = {"constant", "cosine"}})
      .whole("architecture_steps_per_epoch", schedule(&Schedule::steps_per_epoch), kAtLeastOne,
             "This rate changes only after each epoch of this many weight steps.", {.later = true})
      .share("architecture_momentum", optimizer(&OptimizerSettings::momentum), "Momentum of SGD.")
      .share("architecture_beta1", optimizer(&OptimizerSettings::beta1),
             "Decay rate of Adam's first moment.")
      .share("architecture_beta2", optimizer(&OptimizerSettings::beta2),
             "Decay rate of Adam's second moment.")
      .number("architecture_weight_decay", optimizer(&OptimizerSettings::weight_decay), kStepSize,
              "L2 penalty on the architecture.")
      .number("second_order_radius", &SearchOptions::second_order_radius, {1e-12, 1e3},
              "Radius of the central difference in `darts-second-order`, divided by the norm of "
              "dL_val/dw' (Liu et al. 2019, section 2.3).",
              {.later = true})
      .choice("architecture_batch_norm", &SearchOptions::architecture_batch_norm,
              "Batch statistics during architecture steps: `eval` as released (strategy `clearer` "
              "only), `train` as in DARTS.");
}

SearchTable& add_losses(SearchTable& table) {
  const auto loss = [](auto member) { return in(&SearchOptions::losses, member); };
  return table
      .number("lambda_architecture", loss(&ArchitectureLossOptions::lambda_architecture), kWeight,
              "Weight of L_Arch, which pushes each choice toward 0 or 1.")
      .number("lambda_complexity", loss(&ArchitectureLossOptions::lambda_complexity), kWeight,
              "Weight of L_Comp.")
      .whole("architecture_loss_sign", loss(&ArchitectureLossOptions::architecture_loss_sign),
             {-1, 1}, "-1 as in the paper, 1 as first submitted, 0 for no such term.")
      .choice("architecture_loss_form", loss(&ArchitectureLossOptions::architecture_loss_form),
              "Form of L_Arch; `log10-mean` as released.")
      .choice(
          "complexity_cost", &SearchOptions::complexity_cost,
          "Costs in L_Comp: `constants` are 0.7 and 0.3 everywhere; the others are the true costs "
          "of the modules. Latency is measured when the search begins and stored with it.");
}

SearchTable& add_candidates(SearchTable& table) {
  return table
      .whole("candidates", &SearchOptions::candidates, kAtLeastOne,
             "Number of architectures that `random` and `evolution` score; `exhaustive` scores "
             "all, of at most 12 modules.")
      .whole("population", &SearchOptions::population, kAtLeastOne, "Population of `evolution`.")
      .whole("tournament", &SearchOptions::tournament, kAtLeastOne,
             "Tournament size of `evolution`: the best of so many becomes parent.")
      .flag("shared_weights", &SearchOptions::shared_weights,
            "For `random`, `evolution` and `exhaustive`: score paths of one supernet; false: train "
            "each candidate with the recipe `weights`.");
}

}  // namespace

const SearchTable& search_table() {
  static const auto table = [] {
    SearchTable made("search", "How an architecture is searched.");
    made.choice("strategy", &SearchOptions::strategy, "Search strategy.")
        .choice("semantics", &SearchOptions::semantics,
                "Semantics of the supernet: the paper's equations or the released code's aliasing.")
        .block("weights", &SearchOptions::weights, recipe_table(),
               "Recipe for the weights of the supernet.", {.absent = "required once"})
        .share("warm_up_fraction", &SearchOptions::warm_up_fraction,
               "Share of the steps that train weights only.")
        .whole("image_budget", &SearchOptions::image_budget, kAtLeastOne,
               "Stop after this many images; each pass of an image through a network counts.",
               {.absent = "no limit"})
        .whole("weight_steps_per_architecture_step",
               &SearchOptions::weight_steps_per_architecture_step, kAtLeastOne,
               "Weight steps per architecture step; larger values solve the inner problem more "
               "accurately.");
    add_architecture_step(made);
    add_losses(made);
    return add_candidates(made);
  }();
  return table;
}

}  // namespace bench::exchange
