#include "runner/launch/slurm_settings.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <stdexcept>
#include <string_view>

namespace bench::runner {
namespace {

enum class Shape { kWord, kTime, kMemory, kCount };

struct Key {
  std::string_view name;
  Shape shape;
};

// Options that choose where and when a job runs. None of them names a file or a command.
constexpr std::array kKeys = {
    Key{"account", Shape::kWord},     Key{"constraint", Shape::kWord},
    Key{"exclude", Shape::kWord},     Key{"gres", Shape::kWord},
    Key{"jobs", Shape::kCount},       Key{"licenses", Shape::kWord},
    Key{"mem", Shape::kMemory},       Key{"mem-per-cpu", Shape::kMemory},
    Key{"nice", Shape::kCount},       Key{"nodelist", Shape::kWord},
    Key{"partition", Shape::kWord},   Key{"qos", Shape::kWord},
    Key{"reservation", Shape::kWord}, Key{"time", Shape::kTime},
};

bool consists_of(std::string_view text, std::string_view letters) {
  return text.find_first_not_of(letters) == std::string_view::npos;
}

constexpr std::string_view kDigits = "0123456789";
constexpr std::string_view kAlphanumeric =
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";

// Names of partitions and nodes, lists of nodes as n[1-3,7], gpu:a100:2, features as a&b|c.
bool is_word(std::string_view value) {
  return consists_of(value, std::string(kAlphanumeric) + "_.,:+-[]/=@&|*");
}

bool is_time(std::string_view value) {
  return value == "UNLIMITED" || (consists_of(value, std::string(kDigits) + ":-") &&
                                  value.find_first_of(kDigits) != std::string_view::npos);
}

bool is_memory(std::string_view value) {
  if (!value.empty() && std::string_view("KMGT").find(value.back()) != std::string_view::npos) {
    value.remove_suffix(1);
  }
  return !value.empty() && consists_of(value, kDigits);
}

bool is_count(std::string_view value) {
  int count = 0;
  const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), count);
  return error == std::errc() && end == value.data() + value.size() && count > 0;
}

bool fits(Shape shape, std::string_view value) {
  switch (shape) {
    case Shape::kWord:
      return is_word(value);
    case Shape::kTime:
      return is_time(value);
    case Shape::kMemory:
      return is_memory(value);
    case Shape::kCount:
      return is_count(value);
  }
  return false;
}

std::string expected(Shape shape) {
  switch (shape) {
    case Shape::kWord:
      return "letters, digits and _ . , : + - [ ] / = @ & | *";
    case Shape::kTime:
      return "a time as sbatch takes it, such as 30, 2:00:00 or 1-12:00:00";
    case Shape::kMemory:
      return "an amount of memory such as 4000M or 16G";
    case Shape::kCount:
      return "a positive integer";
  }
  return "";
}

}  // namespace

std::string slurm_keys_text() {
  std::string text;
  for (const auto& key : kKeys) text += (text.empty() ? "" : ", ") + std::string(key.name);
  return text;
}

void add_slurm_setting(SlurmSettings& settings, const std::string& key, const std::string& value) {
  const auto known = std::find_if(kKeys.begin(), kKeys.end(),
                                  [&](const Key& candidate) { return candidate.name == key; });
  if (known == kKeys.end()) {
    throw std::invalid_argument("expected one of " + slurm_keys_text() + ", found \"" + key + "\"");
  }
  constexpr std::size_t kLongest = 256;
  const bool good = !value.empty() && value.size() <= kLongest && value.front() != '-' &&
                    fits(known->shape, value);
  if (!good) {
    throw std::invalid_argument(key + ": expected " + expected(known->shape) + ", found \"" +
                                value + "\"");
  }
  settings[key] = value;
}

void add_slurm_setting(SlurmSettings& settings, const std::string& key_and_value) {
  const auto equals = key_and_value.find('=');
  if (equals == std::string::npos) {
    throw std::invalid_argument("expected KEY=VALUE, found \"" + key_and_value + "\"");
  }
  add_slurm_setting(settings, key_and_value.substr(0, equals), key_and_value.substr(equals + 1));
}

}  // namespace bench::runner
