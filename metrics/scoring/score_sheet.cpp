#include "metrics/scoring/score_sheet.h"

#include "metrics/scoring/notes.h"

namespace bench::scoring {
namespace {

namespace fs = std::filesystem;

void require_something(const fs::path& path, std::string_view option) {
  std::error_code error;
  if (fs::exists(path, error)) return;
  throw ScoringError(std::string(option) + " " + path.string() +
                     ": expected a folder of images or an image file; nothing is there");
}

/// The pairs, and a note on each kind of file that was passed over.
struct Found {
  Pairing pairing;
  std::vector<std::string> notes;
};

void note_passed_over(std::vector<std::string>& notes, const FolderListing& listing) {
  if (listing.others > 0) {
    notes.push_back(listing.folder.string() + ": " + std::to_string(listing.others) +
                    " files that are no images were passed over");
  }
  if (listing.subfolders > 0) {
    notes.push_back(listing.folder.string() + ": " + std::to_string(listing.subfolders) +
                    " folders inside it were not entered");
  }
}

Found find_in_folders(const ScoreRequest& request) {
  const auto reference = list_images(request.reference);
  const auto restored = list_images(request.restored);
  Found found{pair_by_name(reference, restored, request.pairing), {}};
  for (const auto* listing : {&reference, &restored}) {
    if (listing->images.empty() && listing->unsupported.empty()) {
      throw ScoringError(listing->folder.string() +
                         ": expected .png, .jpg or .jpeg files, found none" +
                         (listing->subfolders > 0 ? " (folders inside it are not entered)" : ""));
    }
    note_passed_over(found.notes, *listing);
  }
  return found;
}

Found find_pairs(const ScoreRequest& request) {
  require_something(request.reference, "--reference");
  require_something(request.restored, "--restored");
  std::error_code error;
  const bool reference_is_folder = fs::is_directory(request.reference, error);
  if (reference_is_folder != fs::is_directory(request.restored, error)) {
    throw ScoringError("--reference " + request.reference.string() + " is a " +
                       (reference_is_folder ? "folder" : "file") + ", --restored " +
                       request.restored.string() + " is not: expected two folders or two files");
  }
  if (reference_is_folder) return find_in_folders(request);
  if (!request.pairing.leave_out.empty()) {
    throw ScoringError("--leave-out: expected two folders, found two files");
  }
  // Two files were named by hand: their names need not agree.
  Found found;
  found.pairing.pairs.push_back(
      {request.restored.stem().string(), request.reference, request.restored});
  return found;
}

void add_outcomes(ScoreSheet& sheet, std::vector<PairOutcome> outcomes) {
  for (auto& outcome : outcomes) {
    if (auto* scores = std::get_if<PairScores>(&outcome)) {
      sheet.pairs.push_back(std::move(*scores));
    } else {
      sheet.skipped.push_back(std::get<Fault>(std::move(outcome)));
    }
  }
}

void require_no_faults(const ScoreSheet& sheet) {
  if (sheet.skipped.empty()) return;
  const auto faults = sheet.skipped.size();
  throw ScoringError(std::to_string(faults) + (faults == 1 ? " image" : " images") +
                     " cannot be scored:" + faults_text(sheet.skipped) +
                     "\nNo score is shown, for it would be that of another set. Mend them, or "
                     "count and list them with --skip-bad.");
}

}  // namespace

ScoreSheet make_score_sheet(const ScoreRequest& request) {
  ScoreSheet sheet;
  sheet.reference = request.reference;
  sheet.restored = request.restored;
  sheet.columns = columns_of(request.protocols);
  Found found = find_pairs(request);
  const auto& pairs = found.pairing.pairs;
  sheet.left_out = std::move(found.pairing.left_out);
  sheet.skipped = std::move(found.pairing.faults);
  PoolOptions pool{request.threads, request.read, {}};
  if (request.progressed) {
    pool.progressed = [&](std::size_t done) { request.progressed(done, pairs.size()); };
  }
  // Twice: nobody waits for a thousand images to hear that one has no partner.
  if (!request.skip_bad) require_no_faults(sheet);
  add_outcomes(sheet, score_pairs(pairs, sheet.columns, pool));
  if (!request.skip_bad) require_no_faults(sheet);
  if (!sheet.pairs.empty()) sheet.summaries = summaries(sheet.columns, sheet.pairs);
  sheet.notes = notes_on(sheet.columns, sheet.pairs);
  sheet.notes.insert(sheet.notes.end(), found.notes.begin(), found.notes.end());
  return sheet;
}

}  // namespace bench::scoring
