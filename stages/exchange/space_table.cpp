#include "stages/exchange/tables.h"

namespace bench::exchange {

const settings::Table<clearer::SearchSpace>& space_table() {
  using Space = clearer::SearchSpace;
  static const auto table =
      settings::Table<Space>(
          "space",
          "CLEARER's search space: the network's skeleton. Without branches, channels and modules "
          "must have the same length (of the merged block).")
          .list("channels", &Space::channels, {1, 4}, {1, 4096},
                "Channels of each resolution, finest first: 1 to 4 resolutions.",
                "1 to 4 channel counts, one per resolution")
          .list("modules", &Space::modules, {2, 17}, {1, 64},
                "Modules of the stem, then of each cell: 1 to 16 cells. Without `branches` as many "
                "entries as `channels`.",
                "2 to 17 module counts: the stem, then at least one cell")
          .whole("branches", &Space::branches, {1, 4},
                 "Largest number of parallel resolutions; 1 is single-scale. At most the number of "
                 "`channels`, and with a cell for each but the first; further cells keep the "
                 "existing resolutions.",
                 {.absent = "as many as channels"})
          .choice("stem", &Space::stem,
                  "First layers: `bottleneck` as released, `parallel` as in the paper's text (a "
                  "convolution, then parallel modules).")
          .choice("head", &Space::head, "Last convolution; `1x1` as released.")
          .flag("global_residual", &Space::global_residual, "Whether output = input + network.")
          .choice("initialization", &Space::initialization,
                  "First weights. `released` is N(0, .001); `kaiming` sets the last convolution to "
                  "0 if there is a global residual; the other two say it outright.")
          .choice("order", &Space::order,
                  "Where the new resolution of a cell is made. With `transition-last` the cell "
                  "comes before the transition, so each cell works on one resolution fewer.")
          .flag("fusion_exchange", &Space::fusion_exchange,
                "false: fusion modules do not mix resolutions.")
          .choice("normalization", &Space::normalization,
                  "Normalization of the convolutions; `none` uses biases instead.")
          .choice("upsampling", &Space::upsampling, "Interpolation in fusion modules.");
  return table;
}

}  // namespace bench::exchange
