#include <algorithm>
#include <iostream>

#include "core/json/bad_input.h"
#include "runner/cli/command.h"
#include "runner/cli/commands.h"
#include "runner/experiment/experiment_schema.h"

namespace bench::runner {
namespace {

/// An option in its block.
struct Place {
  const DescribedBlock* block;
  const settings::Row* row;
};

std::vector<Place> places_of(const std::string& key) {
  std::vector<Place> places;
  for (const auto& block : described_blocks()) {
    for (const auto* row : block.rows) {
      if (row->key == key || block.name + "." + row->key == key) places.push_back({&block, row});
    }
  }
  return places;
}

std::vector<std::string> all_names() {
  std::vector<std::string> names;
  for (const auto& block : described_blocks()) {
    names.push_back(block.name);
    for (const auto* row : block.rows) names.push_back(row->key);
  }
  return names;
}

[[noreturn]] void fail_unknown(const std::string& key) {
  std::vector<std::string> blocks;
  for (const auto& block : described_blocks()) blocks.push_back(block.name);
  throw core::BadInput("schema: expected a block (" + core::listed(blocks) +
                       ") or one of its keys, found \"" + key + "\"" +
                       core::did_you_mean(key, all_names()));
}

void print_block(const DescribedBlock& block) {
  for (const auto* row : block.rows) std::cout << block.name << "." << settings::text_of(*row);
}

void print_key(const std::string& key, bool as_json, bool as_markdown) {
  for (const auto& block : described_blocks()) {
    if (block.name != key) continue;
    if (as_json) {
      std::cout << block.schema.dump(2) << "\n";
    } else if (as_markdown) {
      std::cout << block.markdown;
    } else {
      print_block(block);
    }
    return;
  }
  const auto places = places_of(key);
  if (places.empty()) fail_unknown(key);
  if (as_markdown) {
    std::vector<const settings::Row*> rows;
    for (const auto& place : places) rows.push_back(place.row);
    std::cout << settings::markdown_of(rows);
    return;
  }
  for (const auto& [block, row] : places) {
    if (as_json) {
      std::cout << block->schema.at("properties").at(row->key).dump(2) << "\n";
    } else {
      std::cout << block->name << "." << settings::text_of(*row);
    }
  }
}

}  // namespace

int schema_command(int argc, char** argv) {
  CLI::App parser("Describe the settings of experiment files: values, defaults, meaning.");
  name_parser(parser, "schema");
  std::string key;
  bool as_json = false, as_markdown = false;
  parser.add_option("KEY", key, "block (space, search, recipe ...) or option; all if omitted");
  auto* json = parser.add_flag("--json", as_json, "print JSON Schema");
  parser.add_flag("--markdown", as_markdown, "print tables in Markdown")->excludes(json);
  if (const auto code = parse_arguments(parser, argc, argv)) return *code;
  if (!key.empty()) {
    print_key(key, as_json, as_markdown);
  } else if (as_json) {
    std::cout << experiment_schema_text();
  } else {
    for (const auto& block : described_blocks()) {
      if (as_markdown) std::cout << "**`" << block.name << "`**\n\n";
      print_key(block.name, as_json, as_markdown);
      if (as_markdown) std::cout << "\n";
    }
  }
  return kExitOk;
}

}  // namespace bench::runner
