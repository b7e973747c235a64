#include "stages/stage.h"

#include <csignal>
#include <stdexcept>

#include "core/digest/sha256.h"

namespace bench::stages {
namespace {

volatile std::sig_atomic_t interrupted = 0;

void note_interrupt(int) {
  interrupted = 1;
}

}  // namespace

void heed_interruption() {
  struct sigaction action {};
  action.sa_handler = note_interrupt;
  for (const int signal : {SIGTERM, SIGINT, SIGQUIT, SIGHUP}) {
    ::sigaction(signal, &action, nullptr);
  }
}

bool is_interrupted() {
  return interrupted != 0;
}

std::filesystem::path input_folder(const Stage& stage, const std::string& role) {
  for (const auto& input : stage.request.inputs) {
    if (input.role == role) return stage.folder / input.folder;
  }
  throw std::runtime_error("request.json: no input with the role \"" + role + "\"");
}

exchange::Artifact artifact(const Stage& stage, const std::string& role, const std::string& path) {
  const auto file = stage.folder / path;
  return {.role = role,
          .path = path,
          .size = static_cast<std::int64_t>(std::filesystem::file_size(file)),
          .sha256 = digest::sha256_hex_of_file(file)};
}

}  // namespace bench::stages
