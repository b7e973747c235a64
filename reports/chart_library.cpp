#include "reports/chart_library.h"

#include <array>
#include <fstream>
#include <iterator>
#include <optional>
#include <string_view>

namespace bench::reports {
namespace {

struct Module {
  std::string_view name;  ///< as the others require it
  std::string_view file;  ///< without ".min.js"
};

// What axes, legends, marks and signals need, each after those that it requires. No loader of
// geographic or hierarchical data; the interpreter stands in for compiled expressions, which the
// page's policy forbids.
constexpr std::array kModules = {
    Module{"vega-util", "vega-util"},
    Module{"vega-time", "vega-time"},
    Module{"vega-format", "vega-format"},
    Module{"vega-loader", "vega-loader"},
    Module{"vega-dataflow", "vega-dataflow"},
    Module{"vega-canvas", "vega-canvas"},
    Module{"vega-scale", "vega-scale"},
    Module{"vega-scenegraph", "vega-scenegraph"},
    Module{"vega-statistics", "vega-statistics"},
    Module{"vega-expression", "vega-expression"},
    Module{"vega-selections", "vega-selection"},
    Module{"vega-functions", "vega-functions"},
    Module{"vega-runtime", "vega-runtime"},
    Module{"vega-event-selector", "vega-event-selector"},
    Module{"vega-view", "vega-view"},
    Module{"vega-parser", "vega-parser"},
    Module{"vega-transforms", "vega-transforms"},
    Module{"vega-view-transforms", "vega-view-transforms"},
    Module{"vega-encode", "vega-encode"},
    Module{"vega-interpreter", "vega-interpreter"},
};

std::optional<std::string> text_of(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  if (!in) return std::nullopt;
  return std::string(std::istreambuf_iterator<char>(in), {});
}

std::optional<std::string> module_text(const std::filesystem::path& folder, const Module& module) {
  const auto file = std::string(module.file) + ".min.js";
  if (auto text = text_of(folder / file)) return text;
  return text_of(folder / module.name / "build" / file);
}

/// "</script" would end the element that the library stands in.
bool can_be_inlined(const std::string& text) {
  return text.find("</script") == std::string::npos && text.find("<!--") == std::string::npos;
}

/// Drops the "//# sourceMappingURL" line: a browser's tools would ask the network for it.
void drop_source_map(std::string& text) {
  const auto at = text.rfind("//# sourceMappingURL");
  if (at != std::string::npos) text.resize(at);
}

}  // namespace

std::vector<std::filesystem::path> usual_chart_library_folders() {
  return {"/usr/share/javascript/vega", "/usr/share/nodejs"};
}

std::string chart_library(const std::vector<std::filesystem::path>& folders) {
  for (const auto& folder : folders) {
    // Each module is handed its requirements as CommonJS does; nothing becomes global but one name.
    std::string script =
        "\"use strict\";const benchChartLibrary=(()=>{const loaded={};"
        "const require=name=>{if(!(name in loaded))throw new Error(\"no module \"+name);"
        "return loaded[name];};\n";
    bool is_whole = true;
    for (const auto& module : kModules) {
      auto text = module_text(folder, module);
      is_whole = text && can_be_inlined(*text);
      if (!is_whole) break;
      drop_source_map(*text);
      script.append("loaded[\"").append(module.name).append("\"]=(module=>{const exports=");
      script.append("module.exports;").append(*text);
      script.append("\n;return module.exports;})({exports:{}});\n");
    }
    if (is_whole) return script + "return loaded;})();\n";
  }
  return "";
}

}  // namespace bench::reports
