#include "core/json/bad_input.h"
#include "core/json/json_document.h"
#include "tests/fuzz/input.h"

// --set PATH=VALUE of a document that has lists, objects and names with dots.
int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace bench;
  const auto text = fuzz::text_of(data, size);
  const auto equals = text.find('=');
  if (equals == 0 || equals == text.npos) return 0;
  auto document = core::parse_json_document(
      "file", R"({"seeds": [1, 2], "profiles": {"quick": {"train": {"steps": 3}}}, "a.b": null})");
  fuzz::refused_or_read<core::BadInput>([&] {
    core::set_value(document, std::string(text.substr(0, equals)),
                    std::string(text.substr(equals + 1)));
    document.place_of("/seeds/0");
    document.place_of_key("/profiles/quick");
  });
  return 0;
}
