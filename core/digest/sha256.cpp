#include "core/digest/sha256.h"

#include <openssl/evp.h>

#include <array>
#include <fstream>
#include <memory>
#include <stdexcept>
#include <vector>

namespace bench::digest {
namespace {

struct FreeContext {
  void operator()(EVP_MD_CTX* context) const noexcept { EVP_MD_CTX_free(context); }
};

class Sha256 {
 public:
  Sha256() : context_(EVP_MD_CTX_new()) {
    if (!context_ || EVP_DigestInit_ex(context_.get(), EVP_sha256(), nullptr) != 1) {
      throw std::runtime_error("sha256: the cryptography library refuses to start");
    }
  }

  void update(const char* bytes, std::size_t count) {
    EVP_DigestUpdate(context_.get(), bytes, count);
  }

  std::string hex() {
    std::array<unsigned char, 32> raw{};
    EVP_DigestFinal_ex(context_.get(), raw.data(), nullptr);
    static constexpr char kDigits[] = "0123456789abcdef";
    std::string text;
    text.reserve(2 * raw.size());
    for (const unsigned char byte : raw) {
      text.push_back(kDigits[byte >> 4]);
      text.push_back(kDigits[byte & 15]);
    }
    return text;
  }

 private:
  std::unique_ptr<EVP_MD_CTX, FreeContext> context_;
};

}  // namespace

std::string sha256_hex(std::string_view bytes) {
  Sha256 hash;
  hash.update(bytes.data(), bytes.size());
  return hash.hex();
}

std::string sha256_hex_of_file(const std::filesystem::path& file) {
  std::ifstream stream(file, std::ios::binary);
  if (!stream) throw std::runtime_error(file.string() + ": cannot be opened for reading");
  Sha256 hash;
  std::vector<char> block(1 << 16);
  while (stream.read(block.data(), static_cast<std::streamsize>(block.size())) ||
         stream.gcount() > 0) {
    hash.update(block.data(), static_cast<std::size_t>(stream.gcount()));
  }
  if (stream.bad()) throw std::runtime_error(file.string() + ": reading failed");
  return hash.hex();
}

}  // namespace bench::digest
