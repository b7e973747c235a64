#include "datasets/catalogue_table.h"

#include <array>
#include <utility>

#include "embedded/datasets.h"

namespace bench::datasets {
namespace {

constexpr const char* kBerkeleyTerms =
    "No licence stated in the source repository. Images of the Berkeley Segmentation Dataset "
    "(Martin et al. ICCV 2001; Arbelaez et al. TPAMI 2011): treat as research data.";
constexpr const char* kNoTerms = "No licence stated: treat as research data.";
constexpr const char* kOwnTerms = "Made by this program: Apache-2.0 as the program.";

Split whole(std::string name, std::string description, bool published) {
  return {.name = std::move(name), .description = std::move(description), .published = published};
}

Split ids(std::string name, std::string description, bool published, std::int64_t first,
          std::int64_t last) {
  return {.name = std::move(name),
          .description = std::move(description),
          .published = published,
          .first_id = first,
          .last_id = last};
}

Split below(std::string name, std::string description, bool published,
            std::vector<std::string> folders) {
  return {.name = std::move(name),
          .description = std::move(description),
          .published = published,
          .folders = std::move(folders)};
}

std::vector<Split> embedded_splits() {
  return {
      ids("train", "Embedded scenes 1-80 (128x128), made by the program.", false, 1, 80),
      ids("test", "Embedded scenes 1001-1012 (128x128), made by the program.", false, 1001, 1012)};
}

DataSet embedded(std::string name, std::string description, DataSetKind kind) {
  return {.name = std::move(name),
          .description = std::move(description),
          .kind = kind,
          .layout = Layout::kEmbedded,
          .channels = 3,
          .folder = {},
          .terms = kOwnTerms,
          .source = "docs/data.md",
          .repository = {},
          .revision = {},
          .splits = embedded_splits()};
}

std::vector<DataSet> embedded_sets() {
  return {embedded("embedded-leaves", "dead leaves with texture, made by the program",
                   DataSetKind::kClean),
          embedded("embedded-rain-light-vertical", "the same scenes under light vertical rain",
                   DataSetKind::kPairs),
          embedded("embedded-rain-heavy-slanted", "the same scenes under heavy slanted rain",
                   DataSetKind::kPairs),
          embedded("embedded-rain-multi-direction",
                   "the same scenes under rain of two to four directions", DataSetKind::kPairs)};
}

std::vector<DataSet> denoising_training_sets() {
  return {{.name = "train400",
           .description = "400 gray images 180x180, DnCNN's training set",
           .channels = 1,
           .folder = "train/train400_gray",
           .terms = kBerkeleyTerms,
           .source = "cszn/DnCNN, TrainingCodes/DnCNN_TrainingCodes_v1.0/data/Train400",
           .repository = "https://github.com/cszn/DnCNN.git",
           .revision = "e93b278",
           .splits = {whole("train", "All 400 images of Train400.", true),
                      {.name = "search-weights",
                       .description = "Every second image of Train400 (the 1st, 3rd, ...).",
                       .position_parity = 0},
                      {.name = "search-architecture",
                       .description = "The other half of Train400 (the 2nd, 4th, ...).",
                       .position_parity = 1}}},
          {.name = "bsds500-test100",
           .description = "100 color JPEGs from the test part of BSDS500",
           .channels = 3,
           .folder = "train/bsds500_test100_color",
           .terms = kBerkeleyTerms,
           .source = "BIDS/BSDS500, BSDS500/data/images/test",
           .repository = "https://github.com/BIDS/BSDS500.git",
           .revision = "a04b7c6",
           .splits = {whole("all",
                            "100 of the 200 test images of BSDS500: a training pool, not a "
                            "published split.",
                            false)}},
          {.name = "bsd500",
           .description = "the 500 images of BSDS500 as published: train 200, val 100, test 200",
           .channels = 3,
           .folder = "BSDS500/data/images",
           .terms = kBerkeleyTerms,
           .source = "BIDS/BSDS500, BSDS500/data/images",
           .repository = "https://github.com/BIDS/BSDS500.git",
           .revision = "a04b7c6",
           .splits = {below("test", "The 200 test images of BSDS500.", true, {"test"}),
                      below("train",
                            "The 200 images of BSDS500's train folder, as CLEARER's released "
                            "code trains.",
                            true, {"train"}),
                      below("val", "The 100 images of BSDS500's val folder.", true, {"val"}),
                      below("trainval",
                            "The 300 images of BSDS500's train and val folders, as DuRN "
                            "and HiNAS train; val holds all of BSD68.",
                            true, {"train", "val"})}}};
}

std::vector<DataSet> denoising_test_sets() {
  return {{.name = "bsd68",
           .description = "68 gray images, the usual denoising test set",
           .channels = 1,
           .folder = "denoise/bsd68_gray",
           .terms = kBerkeleyTerms,
           .source = "cszn/FFDNet, testsets/BSD68",
           .repository = "https://github.com/cszn/FFDNet.git",
           .revision = "e787f46",
           .splits = {whole("test", "All 68 images of BSD68.", true)}},
          {.name = "cbsd68",
           .description = "the same 68 images in color",
           .channels = 3,
           .folder = "denoise/cbsd68",
           .terms = kBerkeleyTerms,
           .source = "cszn/FFDNet, testsets/CBSD68",
           .repository = "https://github.com/cszn/FFDNet.git",
           .revision = "e787f46",
           .splits = {whole("test", "All 68 images of CBSD68.", true)}},
          {.name = "set12",
           .description = "12 classic gray images, 256x256 and 512x512",
           .channels = 1,
           .folder = "denoise/set12_gray",
           .terms = kNoTerms,
           .source = "cszn/FFDNet, testsets/Set12",
           .repository = "https://github.com/cszn/FFDNet.git",
           .revision = "e787f46",
           .splits = {whole("test", "All 12 images of Set12.", true)}}};
}

std::vector<DataSet> deraining_sets_at_hand() {
  return {
      {.name = "rain100h",
       .description = "the 100 test pairs of the first Rain100H (Yang et al. 2017), 480x320",
       .kind = DataSetKind::kPairs,
       .layout = Layout::kRainNoRain,
       .folder = "derain/rain100h",
       .terms = kBerkeleyTerms,
       .source = "kuijiang94/MSPFN, model/test/test_data/R100H (cropped from 481x321)",
       .repository = "https://github.com/kuijiang94/MSPFN.git",
       .revision = "26e6073",
       .splits = {ids("train",
                      "Pairs 001-080 of Rain100H's test set: NOT the published split, whose 1,800 "
                      "training pairs are not available.",
                      false, 1, 80),
                  ids("test",
                      "Pairs 081-100 of Rain100H's test set, trained on 001-080: NOT the published "
                      "split; not comparable with published Rain100H numbers.",
                      false, 81, 100),
                  whole("all", "All 100 test pairs of Rain100H (cropped to 480x320).", true)}},
      {.name = "jordere-heavy18",
       .description = "18 pairs 481x321 of heavy rain from JORDER-E's training sample",
       .kind = DataSetKind::kPairs,
       .layout = Layout::kRainNoRain,
       .folder = "train/jordere_heavy18",
       .terms = kBerkeleyTerms,
       .source = "flyywh/JORDER-E, data/train/small without 1 and 10 (in rain100h)",
       .repository =
           "https://github.com/flyywh/JORDER-E-Deep-Image-Deraining-TPAMI-2019-Journal.git",
       .revision = "ccb4a46",
       .splits = {whole("all", "18 of JORDER-E's 20 sample training pairs.", false)}},
      {.name = "real-rain",
       .description = "21 real rainy photographs without ground truth: to look at, not to score",
       .kind = DataSetKind::kDegraded,
       .layout = Layout::kImages,
       .folder = "derain/real_rain",
       .terms = "No licence stated; images from the web.",
       .source = "wwzjer/Semi-supervised-IRR, data/rainy_image_dataset/real_input, every 7th",
       .repository = "https://github.com/wwzjer/Semi-supervised-IRR.git",
       .revision = "dca2a89",
       .splits = {whole("all", "21 of 147 real rainy photographs; no ground truth.", false)}}};
}

std::vector<DataSet> real_noise_sets() {
  return {{.name = "polyu",
           .description = "PolyU: 100 pairs 512x512 of real camera noise (Xu et al. 2018)",
           .kind = DataSetKind::kPairs,
           .layout = Layout::kDegradedTarget,
           .folder = "real_noise/polyu",
           .terms = "Non-commercial research; redistribution with notice.",
           .source = "csjunxu/PolyU-Real-World-Noisy-Images-Dataset, CroppedImages",
           .repository = "https://github.com/csjunxu/PolyU-Real-World-Noisy-Images-Dataset.git",
           .revision = "3af0f26",
           .splits = {whole("test", "The 100 cropped pairs of PolyU.", true)}}};
}

std::vector<DataSet> deraining_sets_by_layout() {
  return {
      {.name = "rain800",
       .description = "Rain800 (ID-CGAN): 700 training and 100 test pairs, side by side in JPEGs",
       .kind = DataSetKind::kPairs,
       .layout = Layout::kSideBySide,
       .folder = "derain/rain800",
       .terms = kNoTerms,
       .source = "Zhang, Sindagi and Patel, ID-CGAN; unpacked with its folder names",
       .repository = {},
       .revision = {},
       .splits = {below("test", "The 100 synthetic test pairs of Rain800.", true, {"test_syn"}),
                  below("train", "The 700 training pairs of Rain800.", true, {"training"})}},
      {.name = "rain1400",
       .description = "Rain1400 (Fu et al. 2017): 1,000 clean images, each under 14 rains",
       .kind = DataSetKind::kPairs,
       .layout = Layout::kManyPerClean,
       .folder = "derain/rain1400",
       .terms = kNoTerms,
       .source = "Fu et al., DDN; ground_truth/ID.jpg and rainy_image/ID_K.jpg, also below "
                 "training/ and testing/",
       .repository = {},
       .revision = {},
       .splits = {ids("test",
                      "Clean images 901-1000 x 14 = 1,400 pairs, as PReNet, MSPFN and MPRNet "
                      "test.",
                      true, 901, 1000),
                  ids("train", "Clean images 1-900 x 14 = 12,600 pairs.", true, 1, 900),
                  ids("test-durn",
                      "Clean images 651-1000 x 14 = 4,900 pairs, as DuRN and NLEDN test: NOT "
                      "comparable with the 901-1000 split.",
                      true, 651, 1000),
                  ids("train-durn", "Clean images 1-650 x 14 = 9,100 pairs, as DuRN trains.", true,
                      1, 650)}},
      {.name = "rain100l",
       .description = "Rain100L (Yang et al. 2017): 200 training and 100 test pairs",
       .kind = DataSetKind::kPairs,
       .layout = Layout::kPrefixedRain,
       .folder = "derain/rain100l",
       .terms = kNoTerms,
       .source = "Yang et al.; folders RainTrainL and Rain100L as PReNet names them",
       .repository = {},
       .revision = {},
       .splits = {below("test", "The 100 test pairs of Rain100L.", true, {"Rain100L"}),
                  below("train", "The 200 training pairs of Rain100L.", true, {"RainTrainL"})}}};
}

constexpr std::array kOverlaps = {
    KnownOverlap{"bsd68", "cbsd68", "bsd68 and cbsd68 are the same 68 images, gray and color."},
    KnownOverlap{"rain100h", "cbsd68", "25 of the 100 backgrounds of rain100h are cbsd68 images."},
    KnownOverlap{"rain100h", "bsd68",
                 "25 of the 100 backgrounds of rain100h are bsd68 images (in color)."},
    KnownOverlap{"jordere-heavy18", "cbsd68",
                 "9 of the 20 backgrounds of JORDER-E's sample, of which jordere-heavy18 keeps 18, "
                 "are cbsd68 images."},
    KnownOverlap{"jordere-heavy18", "bsd68",
                 "9 of the 20 backgrounds of JORDER-E's sample, of which jordere-heavy18 keeps 18, "
                 "are bsd68 images (in color)."},
    KnownOverlap{"bsd500", "bsds500-test100",
                 "bsds500-test100 is half of bsd500's test images: never train on it and test on "
                 "bsd500."},
    KnownOverlap{"bsd500", "bsd68",
                 "all 68 images of bsd68 are in bsd500's train and val folders (BSDS300's test "
                 "part)."},
    KnownOverlap{"bsd500", "cbsd68",
                 "all 68 images of cbsd68 are in bsd500's train and val folders (BSDS300's test "
                 "part)."},
    KnownOverlap{"rain800", "bsd500",
                 "46 of rain800's 100 test backgrounds and 209 of its 700 training backgrounds "
                 "are test images of bsd500; training image 460 and test image 6 are the same."},
    KnownOverlap{"rain800", "rain100h",
                 "13 of rain800's training backgrounds are rain100h backgrounds, and its test "
                 "image 90 is rain100h's 016."},
    KnownOverlap{"rain800", "cbsd68", "2 of rain800's training backgrounds are cbsd68 images."},
    KnownOverlap{"rain800", "bsd68",
                 "2 of rain800's training backgrounds are bsd68 images (in color)."},
    KnownOverlap{"rain100l", "rain100h",
                 "Rain100L and Rain100H are built on Berkeley images by the same authors: their "
                 "backgrounds were not compared here, do not train on one and test on the other."}};

}  // namespace

const std::vector<DataSet>& catalogue_table() {
  static const std::vector<DataSet> table = [] {
    std::vector<DataSet> sets = embedded_sets();
    for (const auto& part :
         {denoising_training_sets(), denoising_test_sets(), deraining_sets_at_hand(),
          deraining_sets_by_layout(), real_noise_sets()}) {
      sets.insert(sets.end(), part.begin(), part.end());
    }
    return sets;
  }();
  return table;
}

std::span<const KnownOverlap> known_overlaps() {
  return kOverlaps;
}

std::string_view committed_manifest_text(std::string_view name) {
  const std::pair<std::string_view, std::string_view> texts[] = {
      {"bsd68", embedded::k_bsd68_tsv},       {"bsds500-test100", embedded::k_bsds500_test100_tsv},
      {"cbsd68", embedded::k_cbsd68_tsv},     {"jordere-heavy18", embedded::k_jordere_heavy18_tsv},
      {"rain100h", embedded::k_rain100h_tsv}, {"real-rain", embedded::k_real_rain_tsv},
      {"set12", embedded::k_set12_tsv},       {"bsd500", embedded::k_bsd500_tsv},
      {"rain800", embedded::k_rain800_tsv},   {"polyu", embedded::k_polyu_tsv},
      {"train400", embedded::k_train400_tsv}};
  for (const auto& [known, text] : texts) {
    if (known == name) return text;
  }
  return {};
}

}  // namespace bench::datasets
