#pragma once

#include <chrono>
#include <cstdio>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

namespace bench::reports {

/// Whether `name` is a program that can be started.
bool has_program(const std::string& name);

/// How a page is looked at.
struct Screen {
  int width = 1200;
  int height = 900;
  bool is_dark = false;
};

/// A headless Chromium that opens a page and does what a reader does, with real mouse and key
/// events (Chrome DevTools protocol over a pipe). It notes every complaint and request.
/// \throws std::runtime_error from every function: the browser's words, or "no answer".
class Browser {
 public:
  /// \param profile  a folder of its own, made by the browser and removed with this object
  explicit Browser(const std::filesystem::path& profile, const Screen& screen = {});
  ~Browser();
  Browser(const Browser&) = delete;
  Browser& operator=(const Browser&) = delete;

  /// Opens a file and waits until it is loaded.
  void open(const std::filesystem::path& page);

  /// The value of a JavaScript expression, awaited where it is a promise.
  nlohmann::json value_of(const std::string& expression);

  /// Waits until an expression is true. \returns false if it is not within 20 seconds.
  bool becomes_true(const std::string& expression);

  /// Scrolls the first element that `selector` finds into view, and moves the mouse to its center.
  void hover(const std::string& selector);
  /// The same, and clicks.
  void click(const std::string& selector);
  /// Drags from the center of the element by (dx, dy) pixels.
  void drag(const std::string& selector, double dx, double dy);
  /// Presses and releases a key: "Tab", "Enter", "Space", "ArrowRight", "ArrowDown", "Escape" ...
  void press(const std::string& key);
  /// Types a text into what has the focus.
  void type(const std::string& text);

  /// What the window shows once an element is scrolled to its middle: a PNG in base64.
  std::string window_around(const std::string& selector);

  /// Messages on the console, uncaught exceptions, refusals by the page's policy.
  const std::vector<std::string>& complaints() const { return complaints_; }
  /// Addresses that the page asked for, its own file and data: addresses left out.
  const std::vector<std::string>& requests() const { return requests_; }

  /// A command of the DevTools protocol, e.g. "Page.navigate"; gives its result.
  nlohmann::json command(const std::string& method, const nlohmann::json& parameters = {});

 private:
  struct Point {
    double x, y;
  };
  void start(const std::filesystem::path& profile);
  nlohmann::json next_message();
  void note(const nlohmann::json& event);
  Point center_of(const std::string& selector);
  void mouse(const std::string& type, Point at, int buttons);

  int process_ = -1;
  int to_browser_ = -1;
  int from_browser_ = -1;
  int last_id_ = 0;
  bool is_loaded_ = false;
  std::string session_;
  std::string received_;
  std::string page_;
  std::filesystem::path profile_;
  std::vector<std::string> complaints_;
  std::vector<std::string> requests_;
};

}  // namespace bench::reports
