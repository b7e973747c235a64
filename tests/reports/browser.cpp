#include "tests/reports/browser.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cstdlib>
#include <stdexcept>
#include <thread>

namespace bench::reports {
namespace {

using nlohmann::json;

// A busy machine may take long; a browser that hangs must not hold the tests for ever.
constexpr int kPatienceMs = 60'000;

std::array<int, 2> new_pipe() {
  std::array<int, 2> ends{};
  if (::pipe2(ends.data(), O_CLOEXEC) != 0) throw std::runtime_error("browser: no pipe");
  return ends;
}

[[noreturn]] void become_browser(int in, int out, const std::vector<std::string>& arguments) {
  ::setpgid(0, 0);
  // The protocol's pipes are 3 and 4; first away from where they may be themselves.
  const int safe_in = ::fcntl(in, F_DUPFD, 10), safe_out = ::fcntl(out, F_DUPFD, 10);
  ::dup2(safe_in, 3);
  ::dup2(safe_out, 4);
  const int nowhere = ::open("/dev/null", O_RDWR);
  for (const int standard : {0, 1, 2}) ::dup2(nowhere, standard);
  std::vector<char*> pointers;
  for (const auto& argument : arguments) pointers.push_back(const_cast<char*>(argument.c_str()));
  pointers.push_back(nullptr);
  ::execvp(pointers[0], pointers.data());
  ::_exit(127);
}

const json& key_codes() {
  static const json codes = {{"Tab", 9},         {"Enter", 13},    {"Escape", 27}, {"Space", 32},
                             {"ArrowLeft", 37},  {"ArrowUp", 38},  {"End", 35},    {"Home", 36},
                             {"ArrowRight", 39}, {"ArrowDown", 40}};
  return codes;
}

}  // namespace

bool has_program(const std::string& name) {
  return std::system(("command -v " + name + " > /dev/null 2>&1").c_str()) == 0;
}

Browser::Browser(const std::filesystem::path& profile, const Screen& screen) : profile_(profile) {
  start(profile);
  const auto target = command("Target.createTarget", {{"url", "about:blank"}}).at("targetId");
  session_ = command("Target.attachToTarget", {{"targetId", target}, {"flatten", true}})
                 .at("sessionId")
                 .get<std::string>();
  for (const char* domain : {"Page", "Runtime", "Log", "Network"}) {
    command(std::string(domain) + ".enable");
  }
  command("Emulation.setDeviceMetricsOverride", {{"width", screen.width},
                                                 {"height", screen.height},
                                                 {"deviceScaleFactor", 1},
                                                 {"mobile", screen.width < 600}});
  command("Emulation.setEmulatedMedia",
          {{"features",
            {{{"name", "prefers-color-scheme"}, {"value", screen.is_dark ? "dark" : "light"}}}}});
}

Browser::~Browser() {
  ::kill(-process_, SIGKILL);
  ::waitpid(process_, nullptr, 0);
  ::close(to_browser_);
  ::close(from_browser_);
  std::error_code ignored;
  std::filesystem::remove_all(profile_, ignored);
}

void Browser::start(const std::filesystem::path& profile) {
  const std::vector<std::string> arguments = {"chromium",
                                              "--headless",
                                              "--no-sandbox",
                                              "--disable-gpu",
                                              "--no-first-run",
                                              "--mute-audio",
                                              "--remote-debugging-pipe",
                                              "--disable-dev-shm-usage",
                                              "--user-data-dir=" + profile.string()};
  const auto to = new_pipe(), from = new_pipe();
  process_ = ::fork();
  if (process_ < 0) throw std::runtime_error("browser: cannot start a process");
  if (process_ == 0) become_browser(to[0], from[1], arguments);
  ::close(to[0]);
  ::close(from[1]);
  to_browser_ = to[1];
  from_browser_ = from[0];
}

json Browser::next_message() {
  for (;;) {
    const auto end = received_.find('\0');
    if (end != std::string::npos) {
      const auto message = json::parse(received_.substr(0, end));
      received_.erase(0, end + 1);
      return message;
    }
    pollfd readable{.fd = from_browser_, .events = POLLIN};
    std::array<char, 65536> buffer{};
    const auto count = ::poll(&readable, 1, kPatienceMs) == 1
                           ? ::read(from_browser_, buffer.data(), buffer.size())
                           : 0;
    if (count <= 0) throw std::runtime_error("browser: no answer");
    received_.append(buffer.data(), static_cast<std::size_t>(count));
  }
}

void Browser::note(const json& event) {
  const auto method = event.value("method", "");
  if (method == "Page.loadEventFired") is_loaded_ = true;
  if (method == "Runtime.consoleAPICalled" || method == "Runtime.exceptionThrown" ||
      method == "Log.entryAdded") {
    complaints_.push_back(event.at("params").dump());
  }
  if (method == "Network.requestWillBeSent") {
    const auto address = event.at("params").at("request").at("url").get<std::string>();
    if (address != page_ && !address.starts_with("data:")) requests_.push_back(address);
  }
}

json Browser::command(const std::string& method, const json& parameters) {
  json message = {{"id", ++last_id_}, {"method", method}};
  if (!parameters.is_null()) message["params"] = parameters;
  if (!session_.empty()) message["sessionId"] = session_;
  const auto text = message.dump();
  // With the NUL that ends a message.
  const auto size = static_cast<ssize_t>(text.size() + 1);
  if (::write(to_browser_, text.c_str(), text.size() + 1) != size) {
    throw std::runtime_error("browser: cannot send " + method);
  }
  for (;;) {
    const auto answer = next_message();
    if (answer.value("id", 0) != last_id_) {
      note(answer);
      continue;
    }
    if (answer.contains("error")) throw std::runtime_error(method + ": " + answer.dump());
    return answer.at("result");
  }
}

void Browser::open(const std::filesystem::path& page) {
  page_ = "file://" + page.string();
  is_loaded_ = false;
  command("Page.navigate", {{"url", page_}});
  while (!is_loaded_) note(next_message());
}

json Browser::value_of(const std::string& expression) {
  const auto answer = command("Runtime.evaluate", {{"expression", expression},
                                                   {"returnByValue", true},
                                                   {"awaitPromise", true},
                                                   {"userGesture", true}});
  if (answer.contains("exceptionDetails")) {
    throw std::runtime_error(expression + ": " + answer.at("exceptionDetails").dump());
  }
  return answer.at("result").value("value", json(nullptr));
}

bool Browser::becomes_true(const std::string& expression) {
  using Clock = std::chrono::steady_clock;
  const auto end = Clock::now() + std::chrono::seconds(20);
  while (Clock::now() < end) {
    if (value_of("Boolean(" + expression + ")").get<bool>()) return true;
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
  }
  return false;
}

Browser::Point Browser::center_of(const std::string& selector) {
  const auto box = value_of(
      "(() => { const found = document.querySelector(" + json(selector).dump() +
      "); if (!found) return null; found.scrollIntoView({block: 'center', inline: 'nearest'});"
      " const box = found.getBoundingClientRect();"
      " return [box.x + box.width / 2, box.y + box.height / 2]; })()");
  if (box.is_null()) throw std::runtime_error("browser: nothing on the page is " + selector);
  return {box[0].get<double>(), box[1].get<double>()};
}

void Browser::mouse(const std::string& type, Point at, int buttons) {
  command("Input.dispatchMouseEvent", {{"type", type},
                                       {"x", at.x},
                                       {"y", at.y},
                                       {"button", type == "mouseMoved" ? "none" : "left"},
                                       {"buttons", buttons},
                                       {"clickCount", type == "mouseMoved" ? 0 : 1}});
}

void Browser::hover(const std::string& selector) {
  mouse("mouseMoved", center_of(selector), 0);
}

void Browser::click(const std::string& selector) {
  const auto at = center_of(selector);
  mouse("mouseMoved", at, 0);
  mouse("mousePressed", at, 1);
  mouse("mouseReleased", at, 0);
}

void Browser::drag(const std::string& selector, double dx, double dy) {
  const auto from = center_of(selector);
  const Point to{from.x + dx, from.y + dy};
  mouse("mouseMoved", from, 0);
  mouse("mousePressed", from, 1);
  mouse("mouseMoved", {from.x + dx / 2, from.y + dy / 2}, 1);
  mouse("mouseMoved", to, 1);
  mouse("mouseReleased", to, 0);
}

void Browser::press(const std::string& key) {
  const bool is_space = key == "Space";
  json event = {{"type", "keyDown"},
                {"key", is_space ? " " : key},
                {"code", key},
                {"windowsVirtualKeyCode", key_codes().at(key)}};
  if (key == "Enter") event["text"] = "\r";
  if (is_space) event["text"] = " ";
  command("Input.dispatchKeyEvent", event);
  event["type"] = "keyUp";
  event.erase("text");
  command("Input.dispatchKeyEvent", event);
}

void Browser::type(const std::string& text) {
  command("Input.insertText", {{"text", text}});
}

std::string Browser::window_around(const std::string& selector) {
  // What comes near the window is drawn then, and may move the rest.
  for (Point at{-1, -1}, next = center_of(selector); next.x != at.x || next.y != at.y;) {
    std::this_thread::sleep_for(std::chrono::milliseconds(200));
    at = next;
    next = center_of(selector);
  }
  return command("Page.captureScreenshot", {{"format", "png"}}).at("data").get<std::string>();
}

}  // namespace bench::reports
