#pragma once

#include <cstdint>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace bench::datasets {

/// An unknown data set or split, or one whose files are missing: the message says what to do.
class DataSetError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

enum class DataSetKind : std::uint8_t {
  kClean,     ///< clean images, to be degraded by noise
  kPairs,     ///< degraded and clean images
  kDegraded,  ///< degraded images without ground truth: to look at, not to score
};

/// How the files of a data set lie in its folder.
enum class Layout : std::uint8_t {
  kEmbedded,        ///< no files: made by the program
  kImages,          ///< images, possibly in sub-folders
  kRainNoRain,      ///< rain/NAME and norain/NAME
  kDegradedTarget,  ///< degraded/NAME and target/NAME, or two other folders
  kSideBySide,      ///< one image holds both, the clear one LEFT (Rain800 as released)
  kPrefixedRain,    ///< norain-N.png beside rain-N.png or rainy/rain-N.png (Rain100L, Rain100H)
  kManyPerClean,    ///< ground_truth/ID.jpg and rainy_image/ID_K.jpg, K = 1..14 (Rain1400)
};

/// A named part of a data set, as a rule on its examples. Unset members do not restrict.
struct Split {
  std::string name;
  std::string description;                ///< a sentence for reports
  bool published = false;                 ///< whether papers quote numbers on just this part
  std::vector<std::string> folders = {};  ///< only what lies below one of these sub-folders
  std::int64_t first_id = -1;  ///< lowest and highest id; an example's id is the first number in
  std::int64_t last_id = -1;   ///< the name of its clean image ("norain-007" -> 7)
  int position_parity = -1;    ///< 0 or 1: every second example in order of name

  friend bool operator==(const Split&, const Split&) = default;
};

/// One data set as the catalogue lists it.
struct DataSet {
  std::string name;
  std::string description;
  DataSetKind kind = DataSetKind::kClean;
  Layout layout = Layout::kImages;
  int channels = 3;    ///< of its images; 3 can be loaded as 1
  std::string folder;  ///< below the data root ("denoise/set12_gray"), or absolute if imported
  std::string degraded_folder = "degraded";  ///< of the layout kDegradedTarget, below `folder`
  std::string target_folder = "target";
  std::string terms;          ///< what is known about its license
  std::string source;         ///< where it comes from
  std::string repository;     ///< to clone, where all its files are in one; else empty
  std::string revision;       ///< of `repository`
  std::vector<Split> splits;  ///< the first is the default
  /// The set whose files these are, each image halved as it is read (halve.h); "": none.
  std::string half_of = {};
};

/// "clean", "pairs" or "degraded".
std::string_view to_string(DataSetKind kind);

/// E.g. "side-by-side".
std::string_view to_string(Layout layout);

/// A split by name. \throws DataSetError naming the data set, its splits and the nearest name.
const Split& find_split(const DataSet& data_set, std::string_view name);

}  // namespace bench::datasets
