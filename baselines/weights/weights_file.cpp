#include "baselines/weights/weights_file.h"

#include <algorithm>

#include "baselines/weights/file_bytes.h"
#include "baselines/weights/weights_error.h"

namespace bench::weights {
namespace {

std::string quoted_names(const std::vector<std::string>& names) {
  constexpr std::size_t kMostNamed = 8;
  std::string text;
  for (std::size_t i = 0; i < std::min(names.size(), kMostNamed); ++i) {
    text += (i == 0 ? "\"" : ", \"") + names[i] + "\"";
  }
  return text + (names.size() > kMostNamed ? ", ..." : "");
}

}  // namespace

WeightsFile WeightsFile::open(const std::filesystem::path& file, const DictionaryChoice& choice) {
  WeightsFile opened;
  auto bytes = read_file_bytes(file);
  if (is_pth(bytes)) {
    opened.pth_ = PthFile::from_bytes(file.string(), bytes, choice);
    return opened;
  }
  opened.safetensors_ = SafetensorsFile::from_bytes(file, std::move(bytes));
  if (!choice.all && !choice.key.empty()) {
    throw WeightsError(file.string() + ": has no dictionary \"" + choice.key +
                       "\" to choose by --key: a safetensors file has none");
  }
  return opened;
}

std::string WeightsFile::note() const {
  if (!pth_ || pth_->dictionaries().empty()) return "";
  std::string text;
  if (pth_->taken().empty()) {
    text = "The tensors stand in the dictionaries " + quoted_names(pth_->dictionaries()) + ".";
  } else {
    text = "The tensors are those of the dictionary \"" + pth_->taken() + "\".";
  }
  std::vector<std::string> others = pth_->passed_over();
  for (const auto& name : pth_->dictionaries()) {
    if (!pth_->taken().empty() && name != pth_->taken()) others.push_back(name);
  }
  if (!others.empty()) text += " Beside it the file holds " + quoted_names(others) + ".";
  return text;
}

}  // namespace bench::weights
