#include "stages/exchange/settings.h"
#include "stages/prepared_data.h"
#include "stages/stage.h"

namespace bench::stages {

exchange::StageResult prepare(Stage& stage) {
  const auto settings = exchange::parse_prepare_stage(stage.request.settings_json);
  exchange::StageResult result;
  write_prepared(stage, load_sources(settings.task, stage.request), result);
  return result;
}

}  // namespace bench::stages
