#include "core/json/json_places.h"

#include <algorithm>
#include <nlohmann/json.hpp>

namespace bench::core {
namespace {

// Walks a text that is known to be valid, so it may trust every bracket and quote.
class Walker {
 public:
  explicit Walker(std::string_view text) : text_(text) {}

  JsonPlaces walk() {
    value("");
    return std::move(places_);
  }

 private:
  void skip_space() {
    while (at_ < text_.size() &&
           std::string_view(" \t\r\n").find(text_[at_]) != std::string_view::npos) {
      ++at_;
    }
  }

  void value(const std::string& pointer) {
    skip_space();
    places_.offsets.emplace(pointer, at_);
    if (text_[at_] == '{') {
      object(pointer);
    } else if (text_[at_] == '[') {
      array(pointer);
    } else if (text_[at_] == '"') {
      string();
    } else {
      at_ = std::min(text_.find_first_of(" \t\r\n,]}", at_), text_.size());
    }
  }

  std::string string() {
    const std::size_t begin = at_++;
    while (text_[at_] != '"') at_ += text_[at_] == '\\' ? 2 : 1;
    ++at_;
    return nlohmann::json::parse(text_.substr(begin, at_ - begin)).get<std::string>();
  }

  void object(const std::string& pointer) {
    ++at_;
    skip_space();
    while (text_[at_] != '}') {
      const std::size_t key_at = at_;
      const std::string key = string();
      const std::string below = pointer_below(pointer, key);
      const auto [first, is_new] = places_.offsets.emplace("#" + below, key_at);
      if (!is_new && !places_.duplicate) {
        places_.duplicate = DuplicateKey{key, key_at, first->second};
      }
      skip_space();
      ++at_;  // the colon
      value(below);
      next_element();
    }
    ++at_;
  }

  void array(const std::string& pointer) {
    ++at_;
    skip_space();
    for (std::size_t index = 0; text_[at_] != ']'; ++index) {
      value(pointer + "/" + std::to_string(index));
      next_element();
    }
    ++at_;
  }

  void next_element() {
    skip_space();
    if (text_[at_] == ',') {
      ++at_;
      skip_space();
    }
  }

  std::string_view text_;
  std::size_t at_ = 0;
  JsonPlaces places_;
};

// An object or list that is open at some place of a text.
struct OpenValue {
  bool is_list;
  std::size_t index = 0;           ///< of a list: the element
  std::optional<std::string> key;  ///< of an object: once it was read
};

// Where the string that begins at `begin` ends: its closing quote, or the end of the text.
std::size_t end_of_string(std::string_view text, std::size_t begin) {
  std::size_t at = begin + 1;
  while (at < text.size() && text[at] != '"') at += text[at] == '\\' ? 2 : 1;
  return std::min(at, text.size());
}

std::vector<OpenValue> open_values_at(std::string_view text, std::size_t offset) {
  std::vector<OpenValue> open;
  for (std::size_t i = 0; i < std::min(offset, text.size()); ++i) {
    const char letter = text[i];
    if (letter == '"') {
      const std::size_t end = end_of_string(text, i);
      if (end < offset && !open.empty() && !open.back().is_list && !open.back().key) {
        open.back().key = text.substr(i + 1, end - i - 1);
      }
      i = end;
    } else if (letter == '{' || letter == '[') {
      open.push_back({.is_list = letter == '['});
    } else if ((letter == '}' || letter == ']') && !open.empty()) {
      open.pop_back();
    } else if (letter == ',' && !open.empty()) {
      ++open.back().index;
      open.back().key.reset();
    }
  }
  return open;
}

}  // namespace

std::string path_at(std::string_view text, std::size_t offset) {
  constexpr std::size_t kLongestShown = 60;
  std::string path;
  for (const auto& value : open_values_at(text, offset)) {
    if (value.is_list) {
      path += "[" + std::to_string(value.index) + "]";
    } else if (value.key) {
      path += (path.empty() ? "" : ".") + *value.key;
    }
  }
  for (char& letter : path) {
    if (static_cast<unsigned char>(letter) < 0x20 || letter == 0x7f) letter = '?';
  }
  return path.size() <= kLongestShown ? path : path.substr(0, kLongestShown) + "...";
}

std::optional<std::size_t> first_too_deep(std::string_view text, int levels) {
  int depth = 0;
  bool in_string = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char letter = text[i];
    if (in_string) {
      if (letter == '\\') ++i;
      if (letter == '"') in_string = false;
    } else if (letter == '"') {
      in_string = true;
    } else if (letter == '{' || letter == '[') {
      if (++depth > levels) return i;
    } else if (letter == '}' || letter == ']') {
      --depth;
    }
  }
  return std::nullopt;
}

std::string pointer_below(const std::string& pointer, const std::string& key) {
  std::string below = pointer + "/";
  for (const char letter : key) {
    if (letter == '~') {
      below += "~0";
    } else if (letter == '/') {
      below += "~1";
    } else {
      below.push_back(letter);
    }
  }
  return below;
}

std::vector<std::string> pointer_steps(const std::string& pointer) {
  std::vector<std::string> steps;
  for (std::size_t i = 0; i < pointer.size(); ++i) {
    if (pointer[i] == '/') {
      steps.emplace_back();
    } else if (pointer[i] == '~') {
      steps.back().push_back(pointer[++i] == '0' ? '~' : '/');
    } else {
      steps.back().push_back(pointer[i]);
    }
  }
  return steps;
}

JsonPlaces find_places(std::string_view text) {
  return Walker(text).walk();
}

}  // namespace bench::core
