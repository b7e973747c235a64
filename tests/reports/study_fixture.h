#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

#include "reports/content/study.h"

namespace bench::reports {

/// A made-up study, the same at every call: two tasks, seven contestants of all kinds, three
/// seeds, PSNR and SSIM, a failed cell, an identical image, curves, costs and claims.
Study made_up_study();

/// The same with `contestants` networks, `tasks` tasks and `images` images each, for the limits
/// of size and time.
Study large_study(int contestants, int tasks, int images);

/// Writes small images into `folder` and adds them to the study.
void add_images(Study& study, const std::filesystem::path& folder);

/// Replaces every label, name and reason by `text`, and keeps the ids apart by a number.
void rename_everything(Study& study, const std::string& text);

/// Everything that must not happen, in one name: markup, attributes, LaTeX commands, spreadsheet
/// formulas, right-to-left text and its override, control characters, and 200 letters.
std::string hostile_name();

/// The content of a file. \throws std::runtime_error naming it if it is not there.
std::string content_of(const std::filesystem::path& file);

/// A folder of this name, empty, below one of this process alone (BENCH_KEEP_REPORTS=FOLDER keeps
/// it for looking at).
std::filesystem::path empty_folder(const std::string& name);

}  // namespace bench::reports
