#include "baselines/catalogue/size.h"

#include <algorithm>

// The visible table: what of a method can be made smaller. `zero_last` 1 starts the last
// convolution at zero, so that an untrained residual network hands the image on; `kaiming` 1
// draws the first weights of convolutions as He et al. do for leaky ReLUs.
namespace bench::catalogue {
namespace {

struct SizeRow {
  std::vector<std::string_view> methods;
  std::vector<Size> sizes;
};

const std::vector<SizeRow>& size_table() {
  const Size zero_last{"zero_last", 0, 0};
  const Size kaiming{"kaiming", 0, 0};
  static const std::vector<SizeRow> rows{
      {{"dncnn"}, {{"depth", 17, 3}, {"features", 64, 1}, zero_last}},
      {{"dncnn_s", "dncnn_b"}, {zero_last}},
      {{"durn_p"}, {{"features", 32, 1}, zero_last}},
      {{"memnet"}, {{"features", 64, 1}, {"memory_blocks", 6, 1}, {"recursions", 6, 1}}},
      {{"nafnet_w16"}, {{"width", 16, 1}}},
      {{"n3net"}, {{"features", 64, 1}, {"depth", 6, 2}, {"neighbors", 7, 1}}},
      {{"nlrn"}, {{"features", 128, 2}, {"steps", 12, 1}, {"window", 45, 1}, zero_last}},
      {{"hinas", "hinas_supernet"}, {{"features", 20, 2}, {"search_features", 10, 2}, zero_last}},
      {{"darts_cell", "darts_cell_supernet"},
       {{"node_channels", 32, 1}, {"search_node_channels", 32, 1}, {"cells", 4, 1}, zero_last}},
      {{"prenet", "prenet_r", "prn", "prn_r"},
       {{"features", 32, 1}, {"iterations", 6, 1}, zero_last}},
      {{"scan"}, {{"features", 24, 6}, {"depth", 7, 3}, kaiming, zero_last}},
      {{"rescan_rnn", "rescan_gru", "rescan_gru_add", "rescan_lstm"},
       {{"features", 24, 6}, {"depth", 7, 3}, {"stages", 4, 1}, kaiming, zero_last}},
  };
  return rows;
}

}  // namespace

const std::vector<Size>& sizes_of(std::string_view method) {
  static const std::vector<Size> none;
  for (const auto& row : size_table()) {
    if (std::find(row.methods.begin(), row.methods.end(), method) != row.methods.end()) {
      return row.sizes;
    }
  }
  return none;
}

std::int64_t side_multiple_of(std::string_view method) {
  // Four times halved, and no padding inside.
  if (method.starts_with("unet")) return 16;
  // Its patches of 10 pixels stand 5 apart.
  return method == "n3net" ? 5 : 1;
}

}  // namespace bench::catalogue
