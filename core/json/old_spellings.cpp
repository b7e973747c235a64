#include "core/json/old_spellings.h"

#include <algorithm>
#include <array>
#include <iostream>
#include <map>
#include <set>
#include <string_view>

#include "core/json/bad_input.h"
#include "core/json/json_places.h"

namespace bench::core {
namespace {

using nlohmann::json;

struct Spelling {
  std::string_view was, now;
};

constexpr auto kKeys =
    std::to_array<Spelling>({{"optimiser", "optimizer"},
                             {"architecture_optimiser", "architecture_optimizer"},
                             {"normalisation", "normalization"},
                             {"keep_pictures", "keep_images"},
                             {"neighbours", "neighbors"}});

struct ValueSpelling {
  std::string_view key;  ///< of the value, or of the list that has it
  Spelling spelling;
};

constexpr auto kValues =
    std::to_array<ValueSpelling>({{"noise", {"clearer-uint8", "awgn-clip-truncate"}},
                                  {"from_memory", {"optimiser", "optimizer"}}});

const Spelling* old_key(std::string_view key) {
  for (const auto& known : kKeys) {
    if (known.was == key) return &known;
  }
  return nullptr;
}

const Spelling* old_value(std::string_view key, std::string_view value) {
  for (const auto& known : kValues) {
    if (known.key == key && known.spelling.was == value) return &known.spelling;
  }
  return nullptr;
}

/// Renames below one value, and tells `Observer` of it: of a key before its pointer changes.
template <typename Observer>
class Renewal {
 public:
  explicit Renewal(Observer& observer) : observer_(observer) {}

  void below(json& value, const std::string& pointer, const std::string& key) {
    if (value.is_object()) return object(value, pointer);
    if (value.is_array()) {
      for (std::size_t i = 0; i < value.size(); ++i) {
        below(value[i], pointer + "/" + std::to_string(i), key);
      }
      return;
    }
    if (!value.is_string()) return;
    if (const auto* known = old_value(key, value.get_ref<const std::string&>())) {
      observer_.value(pointer, *known);
      value = known->now;
    }
  }

 private:
  void object(json& value, const std::string& pointer) {
    std::vector<const Spelling*> found;
    for (const auto& [key, member] : value.items()) {
      if (const auto* known = old_key(key)) found.push_back(known);
    }
    for (const auto* known : found) {
      const bool both = value.contains(known->now);
      observer_.key(pointer_below(pointer, std::string(known->was)),
                    pointer_below(pointer, std::string(known->now)), *known, both);
      if (!both) value[std::string(known->now)] = std::move(value[std::string(known->was)]);
      value.erase(std::string(known->was));
    }
    for (auto& [key, member] : value.items()) below(member, pointer_below(pointer, key), key);
  }

  Observer& observer_;
};

template <typename Value>
void move_pointers(std::map<std::string, Value>& places, const std::string& was,
                   const std::string& now) {
  std::map<std::string, Value> moved;
  for (auto entry = places.begin(); entry != places.end();) {
    const std::size_t mark = entry->first.starts_with('#') ? 1 : 0;
    const std::string_view pointer = std::string_view(entry->first).substr(mark);
    if (pointer != was && !pointer.starts_with(was + "/")) {
      ++entry;
      continue;
    }
    moved.emplace(entry->first.substr(0, mark) + now + std::string(pointer.substr(was.size())),
                  std::move(entry->second));
    entry = places.erase(entry);
  }
  places.merge(moved);
}

/// Of a file: notes where each spelling stood first, and moves the places with the keys.
struct FileObserver {
  JsonDocument& document;
  std::map<std::string_view, std::string> notes = {};

  void note(const std::string& place, const Spelling& known) {
    notes.emplace(known.was, place + ": \"" + std::string(known.was) + "\" is now spelled \"" +
                                 std::string(known.now) + "\"");
  }
  void key(const std::string& was, const std::string& now, const Spelling& known, bool both) {
    const std::string place = document.place_of_key(was);
    if (both) {
      throw BadInput(place + ": expected each key once, found \"" + std::string(known.was) +
                     "\" beside \"" + std::string(known.now) + "\", which it is now spelled");
    }
    note(place, known);
    move_pointers(document.offsets, was, now);
    move_pointers(document.set_by, was, now);
  }
  void value(const std::string& pointer, const Spelling& known) {
    note(document.place_of(pointer), known);
  }
};

struct SilentObserver {
  void key(const std::string&, const std::string&, const Spelling&, bool) {}
  void value(const std::string&, const Spelling&) {}
};

}  // namespace

std::vector<std::string> renew_spellings(JsonDocument& document) {
  FileObserver observer{document};
  Renewal(observer).below(document.root, "", "");
  std::vector<std::string> lines;
  for (const auto& [spelling, line] : observer.notes) lines.push_back(line);
  return lines;
}

void renew_spellings(nlohmann::json& root) {
  SilentObserver observer;
  Renewal(observer).below(root, "", "");
}

std::string with_renewed_spellings(const std::string& path) {
  std::string renewed;
  for (std::size_t begin = 0; begin <= path.size();) {
    const auto end = std::min(path.find('.', begin), path.size());
    const std::string step = path.substr(begin, end - begin);
    const auto* known = old_key(step);
    renewed += (begin > 0 ? "." : "") + (known ? std::string(known->now) : step);
    begin = end + 1;
  }
  return renewed;
}

void say_once(const std::vector<std::string>& lines) {
  static std::set<std::string> said;
  for (const auto& line : lines) {
    if (said.insert(line).second) std::cerr << line << "\n";
  }
}

}  // namespace bench::core
