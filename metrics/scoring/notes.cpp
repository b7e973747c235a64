#include "metrics/scoring/notes.h"

#include <algorithm>
#include <cmath>
#include <filesystem>

namespace bench::scoring {
namespace {

using metrics::ColorSpace;
using metrics::Protocol;

std::string counted(std::size_t count, const char* one, const char* many) {
  return std::to_string(count) + " " + (count == 1 ? one : many);
}

/// Labels of the columns for which `holds`, without repetition; "" for none.
template <typename Condition>
std::string labels_where(std::span<const Column> columns, Condition holds) {
  std::vector<std::string> labels;
  for (std::size_t place = 0; place < columns.size(); ++place) {
    const auto label = label_of(columns, place);
    if (!holds(columns[place].protocol)) continue;
    if (std::find(labels.begin(), labels.end(), label) == labels.end()) labels.push_back(label);
  }
  std::string text;
  for (const auto& label : labels) text += (text.empty() ? "" : ", ") + label;
  return text;
}

void note_what_files_cannot_show(std::vector<std::string>& notes, std::span<const Column> columns) {
  const auto unrounded = labels_where(columns, [](const Protocol& protocol) {
    return protocol.rounding != metrics::Rounding::kRound;
  });
  if (!unrounded.empty()) {
    notes.push_back(unrounded +
                    ": the protocol defines how unrounded output is handled, but files have 8 bits "
                    "already, so these are the scores of the files as they are");
  }
  const auto made = labels_where(columns, [](const Protocol& protocol) {
    return protocol.noise != metrics::NoiseModel::kGiven ||
           protocol.self_ensemble != metrics::SelfEnsemble::kNone;
  });
  if (!made.empty()) {
    notes.push_back(made +
                    ": noise= and ensemble= describe how the images were made, which cannot be "
                    "checked from files");
  }
}

template <typename Condition>
std::size_t files_where(std::span<const PairScores> pairs, Condition holds) {
  std::size_t count = 0;
  for (const auto& pair : pairs) {
    count += (holds(pair.reference) ? 1U : 0U) + (holds(pair.restored) ? 1U : 0U);
  }
  return count;
}

void note_formats(std::vector<std::string>& notes, std::span<const PairScores> pairs) {
  using datasets::ImageInfo;
  const auto note = [&](std::size_t count, const char* is, const char* are) {
    if (count > 0) notes.push_back(counted(count, is, are));
  };
  note(
      files_where(
          pairs, [](const ImageInfo& info) { return info.format == datasets::ImageFormat::kJpeg; }),
      "file is a JPEG: its compression is part of the score",
      "files are JPEG: their compression is part of the scores");
  note(files_where(pairs, [](const ImageInfo& info) { return info.bit_depth == 16; }),
       "file of 16 bits was rounded to 8", "files of 16 bits were rounded to 8");
  note(files_where(pairs, [](const ImageInfo& info) { return info.alpha; }),
       "file has an alpha channel, which was ignored",
       "files have an alpha channel, which was ignored");
  note(files_where(pairs, [](const ImageInfo& info) { return info.palette; }),
       "file has a palette, which was expanded to RGB",
       "files have a palette, which was expanded to RGB");
  note(files_where(pairs, [](const ImageInfo& info) { return info.orientation != 1; }),
       "file was turned by its EXIF orientation", "files were turned by their EXIF orientation");
}

void note_warnings(std::vector<std::string>& notes, std::span<const PairScores> pairs) {
  const auto warned =
      files_where(pairs, [](const datasets::ImageInfo& info) { return !info.warning.empty(); });
  if (warned == 0) return;
  std::string first;
  for (const auto& pair : pairs) {
    for (const auto& [file, info] : {std::pair(pair.pair.reference, pair.reference),
                                     std::pair(pair.pair.restored, pair.restored)}) {
      if (first.empty() && !info.warning.empty()) first = file.string() + ": " + info.warning;
    }
  }
  notes.push_back(counted(warned, "file has", "files have") +
                  " a defect that changes no sample; the first is " + first);
}

void note_negative_terms(std::vector<std::string>& notes, std::span<const Column> columns,
                         std::span<const PairScores> pairs) {
  for (std::size_t place = 0; place < columns.size(); ++place) {
    if (columns[place].protocol.metric != metrics::Metric::kMsSsim) continue;
    const auto zero = static_cast<std::size_t>(std::count_if(
        pairs.begin(), pairs.end(), [&](const auto& pair) { return pair.scores[place] == 0.0; }));
    if (zero == 0) continue;
    notes.push_back(label_of(columns, place) + ": " + counted(zero, "image has", "images have") +
                    " an MS-SSIM of 0, because a negative term of a scale counts as 0");
  }
}

void note_gray(std::vector<std::string>& notes, std::span<const Column> columns,
               std::span<const PairScores> pairs) {
  const auto gray = static_cast<std::size_t>(std::count_if(
      pairs.begin(), pairs.end(), [](const auto& pair) { return pair.reference.channels == 1; }));
  const auto luma = labels_where(
      columns, [](const Protocol& protocol) { return protocol.space != ColorSpace::kRgb; });
  if (gray == 0 || luma.empty()) return;
  notes.push_back(
      counted(gray, "gray image was compared as it is", "gray images were compared as they are") +
      ", regardless of the color space of " + luma);
}

void note_identical(std::vector<std::string>& notes, std::span<const PairScores> pairs) {
  constexpr std::size_t kMostNamed = 5;
  std::string names;
  std::size_t count = 0;
  for (const auto& pair : pairs) {
    const bool is_identical = std::any_of(pair.scores.begin(), pair.scores.end(),
                                          [](double score) { return std::isinf(score); });
    if (!is_identical) continue;
    if (++count <= kMostNamed) names += (names.empty() ? "" : ", ") + pair.pair.name;
  }
  if (count == 0) return;
  notes.push_back(
      counted(count, "image is identical to its", "images are identical to their") +
      " reference (PSNR inf): " + names + (count > kMostNamed ? ", ..." : "") +
      ". The mean with them is inf; to get the mean of the others, pass --leave-out NAME");
}

void note_same_files(std::vector<std::string>& notes, std::span<const PairScores> pairs) {
  std::size_t count = 0;
  for (const auto& pair : pairs) {
    std::error_code error;
    if (std::filesystem::equivalent(pair.pair.reference, pair.pair.restored, error)) ++count;
  }
  if (count > 0) {
    notes.push_back(counted(count, "pair is", "pairs are") +
                    " the same file, given as reference and as restored");
  }
}

}  // namespace

std::vector<std::string> notes_on(std::span<const Column> columns,
                                  std::span<const PairScores> pairs) {
  std::vector<std::string> notes;
  note_what_files_cannot_show(notes, columns);
  note_formats(notes, pairs);
  note_warnings(notes, pairs);
  note_negative_terms(notes, columns, pairs);
  note_gray(notes, columns, pairs);
  note_identical(notes, pairs);
  note_same_files(notes, pairs);
  return notes;
}

}  // namespace bench::scoring
