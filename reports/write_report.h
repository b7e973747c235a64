#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "reports/chart_library.h"
#include "reports/content/study.h"

namespace bench::reports {

struct ReportOptions {
  enum class Images {
    kAuto,    ///< inside the page up to `largest_embedded_bytes`, else beside it
    kEmbed,   ///< inside the page
    kBeside,  ///< images/ beside the page
  };
  Images images = Images::kAuto;
  std::uintmax_t largest_embedded_bytes = 12U * 1024 * 1024;  ///< of all PNG files together
  /// Where Vega is looked for. Without it the page has the same content, its charts stand still.
  std::vector<std::filesystem::path> chart_library_folders = usual_chart_library_folders();
};

/// Writes a report into `folder`, which is made where it is absent:
///
/// - index.html: one self-contained page
/// - report.tex, with preamble.tex, tables/ID.tex, figures/ID.tex: compiles with pdflatex and
///   lualatex
/// - report.md, with figures/ID.svg
/// - results.json: the answers, and every table and figure with all digits
/// - scores.csv, tables/ID.csv: every score of every image; every table
/// - images/SHA.png: copies of the stored images
/// - files.sha256: the list of these files, see ReportFolder
///
/// The same study, images and chart library give the same bytes. Files are replaced one by one
/// (written aside, then renamed); what an earlier report had and this one has not is removed, files
/// of the user's stay.
/// An image that cannot be read, or is no PNG, is said to be missing in its place.
/// \throws files::FileError naming the file that cannot be written.
void write_report(const Study& study, const std::filesystem::path& folder,
                  const ReportOptions& options = {});

/// What the report begins with, for other places that say it.
struct AnswerTexts {
  std::vector<std::string>
      sentences;     ///< the answers, then of what they speak; none: nothing asked
  std::string json;  ///< the answers with their numbers, a list
};
AnswerTexts answer_texts(const Study& study);

}  // namespace bench::reports
