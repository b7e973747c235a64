#include <cstdio>
#include <iostream>
#include <nlohmann/json.hpp>

#include "baselines/weights/tensor_checks.h"
#include "baselines/weights/tensor_summary.h"
#include "baselines/weights/weights_error.h"
#include "baselines/weights/weights_file.h"
#include "core/json/bad_input.h"
#include "core/text/number.h"
#include "core/text/visible_text.h"
#include "runner/cli/command.h"
#include "runner/cli/commands.h"

namespace bench::runner {
namespace {

using nlohmann::ordered_json;
using weights::WeightsFile;

std::uint64_t elements_of(const WeightsFile& file) {
  std::uint64_t sum = 0;
  for (const auto& tensor : file.tensors()) {
    sum += weights::element_count(tensor.shape).value_or(0);
  }
  return sum;
}

void print_table(const WeightsFile& file) {
  std::size_t name_width = 4, shape_width = 5;
  for (const auto& tensor : file.tensors()) {
    name_width = std::max(name_width, tensor.name.size());
    shape_width = std::max(shape_width, weights::shape_text(tensor.shape).size());
  }
  const int name = static_cast<int>(name_width), shape = static_cast<int>(shape_width);
  std::printf("%-*s  type  %-*s  %12s %12s %12s\n", name, "name", shape, "shape", "smallest",
              "largest", "mean");
  for (const auto& tensor : file.tensors()) {
    const auto values = weights::summary_of(tensor);
    std::printf("%-*s  %-4s  %-*s  %12.5g %12.5g %12.5g%s\n", name,
                text::visible_text(tensor.name).c_str(),
                std::string(weights::to_string(tensor.type)).c_str(), shape,
                weights::shape_text(tensor.shape).c_str(), values.smallest, values.largest,
                values.mean, values.not_finite > 0 ? "  NOT FINITE" : "");
  }
  for (const auto& [key, value] : file.metadata()) {
    std::printf("metadata %s: %s\n", text::visible_text(key).c_str(),
                text::visible_text(value).c_str());
  }
  std::printf("%s %s, %s values (%s)\n",
              text::thousands(static_cast<std::int64_t>(file.tensors().size())).c_str(),
              file.tensors().size() == 1 ? "tensor" : "tensors",
              text::thousands(static_cast<std::int64_t>(elements_of(file))).c_str(),
              std::string(file.format()).c_str());
  if (!file.note().empty()) std::printf("%s\n", text::visible_text(file.note()).c_str());
}

void print_json(const WeightsFile& file) {
  ordered_json tensors = ordered_json::array();
  for (const auto& tensor : file.tensors()) {
    const auto values = weights::summary_of(tensor);
    tensors.push_back({{"name", tensor.name},
                       {"type", weights::to_string(tensor.type)},
                       {"shape", tensor.shape},
                       {"smallest", values.smallest},
                       {"largest", values.largest},
                       {"mean", values.mean},
                       {"not_finite", values.not_finite}});
  }
  const ordered_json all = {{"format", file.format()},
                            {"numbers", elements_of(file)},
                            {"metadata", file.metadata()},
                            {"note", file.note()},
                            {"tensors", tensors}};
  std::cout << all.dump(2, ' ', false, ordered_json::error_handler_t::replace) << "\n";
}

void inspect(const std::filesystem::path& path, bool as_json) {
  try {
    const auto file = WeightsFile::open(path, {.all = true});
    as_json ? print_json(file) : print_table(file);
    weights::require_finite(path.string(), file.tensors());
  } catch (const weights::WeightsError& error) {
    throw core::BadInput(error.what());
  }
}

}  // namespace

int weights_command(int argc, char** argv) {
  CLI::App parser("Inspect weights files (safetensors or .pth). No code in them is executed.");
  name_parser(parser, "weights");
  parser.require_subcommand(1);
  std::filesystem::path file;
  bool as_json = false;
  auto* command = parser.add_subcommand("inspect", "list tensors with type, shape and value range");
  command->add_option("file", file, "weights file: safetensors or .pth")->required();
  command->add_flag("--json", as_json, "print the result as JSON");
  if (const auto code = parse_arguments(parser, argc, argv)) return *code;
  inspect(file, as_json);
  return kExitOk;
}

}  // namespace bench::runner
