#include "runner/experiment/json_places.h"

#include <nlohmann/json.hpp>

namespace bench::runner {
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

}  // namespace

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

}  // namespace bench::runner
