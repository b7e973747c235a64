#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "core/settings/table.h"
#include "runner/experiment/experiment.h"

/// What the tables of settings say, gathered for documents: the JSON Schema of experiment files,
/// the tables of experiments/README.md and `bench schema`.
namespace bench::runner {

/// A block of settings without the type that it is read into.
struct DescribedBlock {
  std::string name;  ///< as a definition of the schema
  std::vector<const settings::Row*> rows;
  nlohmann::ordered_json schema;
  std::string markdown;
};

/// Every block that has a table, in the order of the documents.
const std::vector<DescribedBlock>& described_blocks();

/// The keys of a profile. Blocks and data are allowed by it and read by read_profile.
const settings::Table<Profile>& profile_table();

/// The schema of an experiment file, draft 7: experiments/schema/frame.json with the definitions
/// that the tables make.
nlohmann::ordered_json experiment_schema();

/// That file's text: what `experiments/schema/experiment.schema.json` must be.
std::string experiment_schema_text();

}  // namespace bench::runner
