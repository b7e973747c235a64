#include "stages/exchange/tables.h"

namespace bench::exchange {

const settings::Table<Machine>& machine_table() {
  static const auto table =
      settings::Table<Machine>("machine", "Where and how stages compute.")
          .choice("device", &Machine::device, "Device to compute on.")
          .whole("threads", &Machine::threads, {1, 1024},
                 "Threads per stage, part of what decides its result. Stages run side by side, so "
                 "1 is fastest on few cores.")
          .choice("precision", &Machine::precision, "Numeric precision; `bf16` is autocast.")
          .choice("layout", &Machine::layout, "Memory layout of tensors.")
          .other("launcher",
                 {{"type", "string"}, {"enum", nlohmann::ordered_json::array({"local", "slurm"})}},
                 "`local`, `slurm`",
                 "Where stages run: processes of this machine, or jobs of a Slurm cluster; decides "
                 "no result. `bench run --launcher` overrides it.",
                 {.absent = "`local`"})
          .other("slurm",
                 {{"type", "object"},
                  {"additionalProperties", {{"type", "string"}, {"minLength", 1}}}},
                 "an object of texts",
                 "What is asked of Slurm, by options of `sbatch`: `partition`, `account`, `time`, "
                 "`gres`, ... `bench run --slurm KEY=VALUE` overrides it.",
                 {.absent = "none"});
  return table;
}

const settings::Table<CostConditions>& cost_table() {
  static const auto table =
      settings::Table<CostConditions>("cost", "How time and memory of a network are measured.")
          .whole("height", &CostConditions::height, {8, 8192},
                 "Height of the image used to measure time.", {.unit = "pixels", .required = true})
          .whole("width", &CostConditions::width, {8, 8192},
                 "Width of the image used to measure time.", {.unit = "pixels", .required = true})
          .whole("repetitions", &CostConditions::repetitions, {3, 10000},
                 "Number of measurements per network.");
  return table;
}

const settings::Table<DataSelection>& selection_table() {
  static const auto table =
      settings::Table<DataSelection>("selection", "Some images of one data set.")
          .label("set", &DataSelection::set, "Data set from `bench data list`.", {.required = true})
          .label("split", &DataSelection::split, "One of its splits.", {.absent = "its first"})
          .whole("count", &DataSelection::count, {1, 1e9}, "Only the first so many images.",
                 {.absent = "all"});
  return table;
}

const settings::Table<Degradation>& gaussian_table() {
  static const auto table =
      settings::Table<Degradation>("gaussian", "Gaussian noise, added to clean images.")
          .other("kind", {{"const", "gaussian"}}, "`gaussian`", "This degradation.",
                 {.required = true})
          .number("sigma", &Degradation::sigma_8bit, {0.1, 255},
                  "Standard deviation on the 0..255 scale.", {.required = true})
          .word("noise", &Degradation::noise, {kFloatNoise, kTruncatedNoise},
                "`awgn-float`: neither clipped nor rounded. `awgn-clip-truncate`: clipped and "
                "truncated to bytes, as the released code does.");
  return table;
}

}  // namespace bench::exchange
