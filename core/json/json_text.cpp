#include "core/json/json_text.h"

#include "core/json/bad_input.h"
#include "core/text/visible_text.h"

namespace bench::core {

std::string json_text_of(const std::filesystem::path& path) {
  std::string text = path.string();
  if (text::is_utf8(text)) return text;
  throw BadInput(text::visible_text(text) +
                 ": expected a path of UTF-8 text, found other bytes. Rename the file or folder");
}

}  // namespace bench::core
