#include "baselines/catalogue/method.h"

// The visible table. To add a method, see docs/add_a_method.md.
namespace bench::catalogue {
namespace {

using Tasks = std::vector<std::string>;

const Tasks kDenoise{"denoise"};
const Tasks kDerain{"derain"};
const Tasks kBoth{"denoise", "derain"};
constexpr auto kUnknown = std::nullopt;

const char* const kGolden = "float64 forward of the reference implementation, 1e-9";
const char* const kOwnDefinition =
    "parameter count; independent float64 PyTorch implementation, 1e-9";
const char* const kNoLicense = "csdwren/PReNet, no license: research use, not redistributed";
const char* const kRescanPaper =
    "Li et al., Recurrent Squeeze-and-Excitation Context Aggregation Net";
const char* const kPreNetPaper = "Ren et al., Progressive Image Deraining Networks, CVPR";
const char* const kDnCnnPaper = "Zhang et al., Beyond a Gaussian Denoiser, IEEE TIP";

std::vector<Method> classical_methods() {
  return {
      {"degraded", "degraded image", "", 0, MethodKind::kIdentity, kBoth, 1, 0, 0, "",
       "the metric fixtures", "the score that every method must beat"},
      {"nlm", "NLM", "Buades et al., A Non-local Algorithm for Image Denoising, CVPR", 2005,
       MethodKind::kClassical, kDenoise, 1, 0, kUnknown, "", "scikit-image's values",
       "settings of the IPOL article of 2011"},
      {"bm3d", "BM3D",
       "Dabov et al., Image Denoising by Sparse 3-D Collaborative Filtering, IEEE TIP", 2007,
       MethodKind::kClassical, kDenoise, 1, 0, kUnknown, "",
       "outputs of the IPOL program (Lebrun 2012), 0.1 dB", ""},
      {"wnnm", "WNNM", "Gu et al., Weighted Nuclear Norm Minimization, CVPR", 2014,
       MethodKind::kClassical, kDenoise, 1, 0, kUnknown, "",
       "double-precision numpy of its definition, crops at four noise levels",
       "gray images only; a minute of processor time per BSD68 image", true},
  };
}

std::vector<Method> denoisers() {
  return {
      {"dncnn_s", "DnCNN-S", kDnCnnPaper, 2017, MethodKind::kNetwork, kBoth, 1, 556'096,
       2'269'642'752, "cszn/KAIR (MIT); cszn/DnCNN and SaoYan/DnCNN-PyTorch (no license)",
       "forwards with the public weights, 1e-4; published Set12 and BSD68 rows",
       "17 convolutions, one noise level; 555,137 with the normalizations folded"},
      {"dncnn_b", "DnCNN-B", kDnCnnPaper, 2017, MethodKind::kNetwork, kBoth, 1, 667'072,
       2'722'627'584, "cszn/KAIR (MIT)", "parameter count",
       "20 convolutions, blind to the noise level"},
      {"unet_f16", "U-Net (16)", "Ronneberger et al., U-Net, MICCAI", 2015, MethodKind::kNetwork,
       kBoth, 1, 1'942'289, 188'350'464, "", "parameter count", "plain multi-scale control"},
      {"unet_f32", "U-Net (32)", "Ronneberger et al., U-Net, MICCAI", 2015, MethodKind::kNetwork,
       kBoth, 1, 7'762'465, 752'091'136, "", "parameter count", "plain multi-scale control"},
      {"durn_p", "DuRN-P", "Liu et al., Dual Residual Networks, CVPR", 2019, MethodKind::kNetwork,
       kBoth, 1, 816'225, 3'332'636'672, "liu-vis/DualResidualNetworks (MIT)", kGolden, ""},
      {"red30", "RED-Net30", "Mao et al., Very Deep Convolutional Encoder-Decoder Networks, NIPS",
       2016, MethodKind::kNetwork, kBoth, 1, 1'035'201, 4'232'577'024, "", kGolden, "stride 1"},
      {"memnet", "MemNet M6R6", "Tai et al., MemNet, ICCV", 2017, MethodKind::kNetwork, kBoth, 1,
       2'905'474, 11'832'655'872, "", kGolden, "supervised at the last output only"},
      {"nafnet_w16", "NAFNet (w16)", "Chen et al., Simple Baselines for Image Restoration, ECCV",
       2022, MethodKind::kNetwork, kBoth, 3, 1'137'203, 81'545'728, "", kGolden,
       "one block everywhere; checked with width 8"},
      {"ffdnet", "FFDNet", "Zhang et al., FFDNet, IEEE TIP", 2018, MethodKind::kNetwork, kDenoise,
       1, 485'316, 496'041'984, "cszn/FFDNet (no license)", "parameter count, recalled",
       "requires the noise level"},
      {"n3net", "N3Net", "Ploetz and Roth, Neural Nearest Neighbors Networks, NeurIPS", 2018,
       MethodKind::kNetwork, kBoth, 1, 705'895, 2'968'992'000,
       "visinf/n3net (non-commercial, not redistributed)", kOwnDefinition,
       "sides are padded to multiples of 5, counts are for 65 x 65; 384 of its parameters are "
       "never applied"},
      {"nlrn", "NLRN", "Liu et al., Non-Local Recurrent Network for Image Restoration, NeurIPS",
       2018, MethodKind::kNetwork, kBoth, 1, 340'099, 16'115'564'544, "", kOwnDefinition,
       "12 recurrences; attention over 45 x 45 pixels, not included in the multiply-adds"},
  };
}

std::vector<Method> searched_methods() {
  const char* const hinas = "Zhang et al., Memory-Efficient Hierarchical NAS, CVPR";
  const char* const darts = "Liu et al., DARTS, ICLR";
  return {
      {"hinas_supernet", "HiNAS (supernet)", hinas, 2020, MethodKind::kSupernet, kBoth, 1, kUnknown,
       kUnknown, "", "the cell: float64 forward, 1e-9; operation counts",
       "journal version; the connections of stem, widths and decoder are our design"},
      {"hinas", "HiNAS", hinas, 2020, MethodKind::kNetwork, kBoth, 1, kUnknown, kUnknown, "",
       "the cell: float64 forward, 1e-9; operation counts",
       "needs an architecture derived by a search; published .63 M, recalled, not verified"},
      {"darts_cell_supernet", "DARTS cell (supernet)", darts, 2019, MethodKind::kSupernet, kBoth, 1,
       kUnknown, kUnknown, "", "operation counts; second order by finite differences",
       "8 operations, 4 nodes, no reduction; the frame around the cells is our design"},
      {"darts_cell", "DARTS cell", darts, 2019, MethodKind::kNetwork, kBoth, 1, kUnknown, kUnknown,
       "", "operation counts", "needs an architecture derived by a search"},
  };
}

std::vector<Method> derainers() {
  return {
      {"prenet", "PReNet", kPreNetPaper, 2019, MethodKind::kNetwork, kBoth, 3, 168'963,
       4'140'564'480, kNoLicense,
       "float64 forward, 1e-9; forwards with the public weights, 1e-4; Rain100H per image",
       "6 iterations"},
      {"prenet_r", "PReNet_r", kPreNetPaper, 2019, MethodKind::kNetwork, kBoth, 3, 94'979,
       4'140'564'480, kNoLicense, "parameter count", "one residual block for all places"},
      {"prn", "PRN", kPreNetPaper, 2019, MethodKind::kNetwork, kBoth, 3, 95'107, 2'328'625'152,
       kNoLicense, "float64 forward, 1e-9; forward with the public weights, 1e-4", ""},
      {"prn_r", "PRN_r", kPreNetPaper, 2019, MethodKind::kNetwork, kBoth, 3, 21'123, 2'328'625'152,
       kNoLicense, kGolden, "one residual block for all places"},
      {"scan", "SCAN", kRescanPaper, 2018, MethodKind::kNetwork, kBoth, 3, 28'695, 109'119'168, "",
       kGolden, "one stage"},
      {"rescan_rnn", "RESCAN (RNN, full)", kRescanPaper, 2018, MethodKind::kNetwork, kBoth, 3,
       54'735, 754'981'632, "", kGolden, "4 stages"},
      {"rescan_gru", "RESCAN (GRU, full)", kRescanPaper, 2018, MethodKind::kNetwork, kBoth, 3,
       149'823, 2'005'113'600, "", kGolden, "4 stages"},
      {"rescan_gru_add", "RESCAN (GRU, additive)", kRescanPaper, 2018, MethodKind::kNetwork, kBoth,
       3, 149'823, 2'005'113'600, "", kGolden, "4 stages"},
      {"rescan_lstm", "RESCAN (LSTM, full)", kRescanPaper, 2018, MethodKind::kNetwork, kBoth, 3,
       197'367, 2'673'974'016, "", "parameter count", "4 stages"},
      {"ddn", "DDN", "Fu et al., Removing Rain from Single Images via a Deep Detail Network, CVPR",
       2017, MethodKind::kNetwork, kBoth, 3, 57'369, 230'031'360, "", "parameter count",
       "26 layers; guided filter of radius 15 and epsilon 1, recalled, not verified"},
  };
}

std::vector<Method> all_methods() {
  auto all = classical_methods();
  for (const auto& more : {denoisers(), searched_methods(), derainers()})
    all.insert(all.end(), more.begin(), more.end());
  return all;
}

}  // namespace

const std::vector<Method>& catalogue() {
  static const std::vector<Method> methods = all_methods();
  return methods;
}

}  // namespace bench::catalogue
