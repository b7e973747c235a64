#include "reports/write_report.h"

#include <fstream>
#include <iterator>
#include <map>
#include <string>

#include "core/digest/sha256.h"
#include "reports/content/base64.h"
#include "reports/render/csv.h"
#include "reports/render/html.h"
#include "reports/render/json.h"
#include "reports/render/latex.h"
#include "reports/render/markdown.h"
#include "reports/render/svg.h"
#include "reports/report_folder.h"
#include "reports/sections/answers.h"
#include "reports/sections/make_document.h"

namespace bench::reports {
namespace {

using std::filesystem::path;

/// The PNG files of a document by their path; those that cannot be used are left out.
std::map<std::string, std::string> load_images(const Document& document) {
  std::map<std::string, std::string> images;
  for (const auto& section : document.sections) {
    for (const auto& block : section.blocks) {
      const auto* figure = std::get_if<Figure>(&block);
      const auto* comparison =
          figure == nullptr ? nullptr : std::get_if<ImageComparison>(&figure->content);
      if (comparison == nullptr) continue;
      for (const auto& image : comparison->images) {
        std::ifstream in(image.file, std::ios::binary);
        std::string bytes(std::istreambuf_iterator<char>(in), {});
        if (bytes.starts_with("\x89PNG\r\n\x1A\n")) images[image.file] = std::move(bytes);
      }
    }
  }
  return images;
}

/// images/SHA.png for each file: names from outside never become file names.
std::map<std::string, std::string> relative_names(
    const std::map<std::string, std::string>& images) {
  constexpr std::size_t kDigits = 24;
  std::map<std::string, std::string> names;
  for (const auto& [file, bytes] : images) {
    names[file] = "images/" + digest::sha256_hex(bytes).substr(0, kDigits) + ".png";
  }
  return names;
}

bool is_embedded(const std::map<std::string, std::string>& images, const ReportOptions& options) {
  if (options.images != ReportOptions::Images::kAuto) {
    return options.images == ReportOptions::Images::kEmbed;
  }
  std::uintmax_t total = 0;
  for (const auto& [file, bytes] : images) total += bytes.size();
  return total <= options.largest_embedded_bytes;
}

HtmlParts html_parts(const std::map<std::string, std::string>& images,
                     const std::map<std::string, std::string>& names,
                     const ReportOptions& options) {
  HtmlParts parts{chart_library(options.chart_library_folders), names};
  if (!is_embedded(images, options)) return parts;
  for (const auto& [file, bytes] : images) {
    parts.image_sources[file] = "data:image/png;base64," + base64(bytes);
  }
  return parts;
}

std::vector<std::string> files_of(const Figure& figure,
                                  const std::map<std::string, std::string>& names) {
  std::vector<std::string> files;
  if (const auto* comparison = std::get_if<ImageComparison>(&figure.content)) {
    for (const auto& image : comparison->images) {
      const auto found = names.find(image.file);
      files.push_back(found == names.end() ? "" : found->second);
    }
  }
  return files;
}

void write_figure(const Figure& figure, const std::map<std::string, std::string>& names,
                  ReportFolder& report) {
  report.write("figures/" + figure.id + ".tex", to_latex(figure, files_of(figure, names)));
  const auto svg = svg_file(figure);
  if (!svg.empty()) report.write("figures/" + figure.id + ".svg", svg);
}

void write_parts(const Document& document, const std::map<std::string, std::string>& names,
                 ReportFolder& report) {
  if (document.answer_figure) write_figure(*document.answer_figure, names, report);
  for (const auto& section : document.sections) {
    for (const auto& block : section.blocks) {
      if (const auto* table = std::get_if<Table>(&block)) {
        report.write("tables/" + table->id + ".tex", to_latex(*table));
        report.write("tables/" + table->id + ".csv", to_csv(*table));
      } else if (const auto* figure = std::get_if<Figure>(&block)) {
        write_figure(*figure, names, report);
      }
    }
  }
}

}  // namespace

void write_report(const Study& study, const path& folder, const ReportOptions& options) {
  const auto document = make_document(study);
  const auto images = load_images(document);
  const auto names = relative_names(images);
  ReportFolder report(folder);
  for (const auto& [file, bytes] : images) report.write(names.at(file), bytes);
  write_parts(document, names, report);
  report.write("preamble.tex", latex_preamble());
  report.write("report.tex", to_latex(document));
  report.write("report.md", to_markdown(document));
  report.write("scores.csv", scores_csv(study));
  report.write("results.json", to_json(document));
  report.write("index.html", to_html(document, html_parts(images, names, options)));
  report.finish();
}

AnswerTexts answer_texts(const Study& study) {
  const auto answers = answers_of(study);
  AnswerTexts texts{.sentences = {}, .json = answers_json(answers.list)};
  for (const auto& answer : answers.list) texts.sentences.push_back(answer.sentence);
  texts.sentences.insert(texts.sentences.end(), answers.notes.begin(), answers.notes.end());
  return texts;
}

}  // namespace bench::reports
