#include "stage_files/settings.h"
#include "stages/prepared_data.h"
#include "stages/stage.h"

namespace bench::stages {

stage_files::StageResult prepare(Stage& stage) {
  const auto settings = stage_files::parse_prepare_stage(stage.request.settings_json);
  stage_files::StageResult result;
  write_prepared(stage, load_sources(settings.task, stage.request.data_root), result);
  return result;
}

}  // namespace bench::stages
