#include "baselines/weights/safetensors_header.h"

#include <algorithm>
#include <limits>
#include <nlohmann/json.hpp>
#include <set>

#include "baselines/weights/weights_error.h"

namespace bench::weights {
namespace {

using nlohmann::json;

constexpr const char* kMetadataKey = "__metadata__";

[[noreturn]] void fail(const std::string& where, const std::string& found) {
  throw WeightsError(where + ": " + found);
}

std::string named(const std::string& name) {
  return "tensor \"" + name + "\"";
}

/// Looks over a header before it is read: keys given twice, of which the library would keep the
/// last without a word, and nesting that no header has, which the library would follow by recursion
/// when it destroys or prints the value.
class HeaderCheck : public nlohmann::json_sax<json> {
 public:
  explicit HeaderCheck(const std::string& where) : where_(where) {}

  bool key(string_t& name) override {
    if (keys_.back().insert(name).second) return true;
    fail(where_,
         "the header names \"" + name + "\" twice; which of the two is meant cannot be known");
  }
  bool start_object(std::size_t) override { return open(); }
  bool start_array(std::size_t) override { return open(); }
  bool end_object() override { return close(); }
  bool end_array() override { return close(); }
  bool parse_error(std::size_t, const std::string&, const json::exception& error) override {
    fail(where_, std::string("expected a header of UTF-8 JSON: ") + error.what());
  }
  bool null() override { return true; }
  bool boolean(bool) override { return true; }
  bool number_integer(number_integer_t) override { return true; }
  bool number_unsigned(number_unsigned_t) override { return true; }
  bool number_float(number_float_t, const string_t&) override { return true; }
  bool string(string_t&) override { return true; }
  bool binary(binary_t&) override { return true; }

 private:
  // The header, a tensor, its shape.
  static constexpr std::size_t kDeepest = 3;

  bool open() {
    if (keys_.size() >= kDeepest) {
      fail(where_, "the header is nested deeper than " + std::to_string(kDeepest) + " levels");
    }
    keys_.emplace_back();
    return true;
  }
  bool close() {
    keys_.pop_back();
    return true;
  }

  const std::string& where_;
  std::vector<std::set<std::string>> keys_;  ///< of each object that is open
};

// Two passes, because the library's own callback for keys looks through all of an object's members
// at the end of each of them: quadratic in the number of tensors.
json parse_checked(const std::string& where, std::string_view text) {
  HeaderCheck check(where);
  json::sax_parse(text, &check);
  return json::parse(text);
}

Metadata metadata_of(const std::string& where, const json& object) {
  if (!object.is_object()) fail(where, "__metadata__: expected an object of texts");
  Metadata metadata;
  for (const auto& [key, value] : object.items()) {
    if (!value.is_string()) fail(where, "__metadata__." + key + ": expected a text");
    metadata[key] = value.get<std::string>();
  }
  return metadata;
}

void require_three_fields(const std::string& where, const json& entry) {
  if (!entry.is_object()) fail(where, "expected an object with dtype, shape, data_offsets");
  for (const char* field : {"dtype", "shape", "data_offsets"}) {
    if (!entry.contains(field)) fail(where, std::string("has no \"") + field + "\"");
  }
  for (const auto& [key, value] : entry.items()) {
    if (key != "dtype" && key != "shape" && key != "data_offsets") {
      fail(where, "unknown field \"" + key + "\"; a tensor has only dtype, shape and data_offsets");
    }
  }
}

ElementType type_of(const std::string& where, const json& dtype) {
  const auto type = dtype.is_string() ? parse_element_type(dtype.get<std::string>()) : std::nullopt;
  if (!type) fail(where, "unknown dtype " + dtype.dump() + "; known are BOOL, U8 ... F32, F64");
  return *type;
}

std::vector<std::int64_t> shape_of(const std::string& where, const json& array) {
  if (!array.is_array()) fail(where, "shape: expected an array, found " + array.dump());
  std::vector<std::int64_t> shape;
  for (const auto& extent : array) {
    constexpr auto kLimit = static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max());
    if (!extent.is_number_unsigned() || extent.get<std::uint64_t>() > kLimit) {
      fail(where, "shape: expected whole numbers of 0 or more, found " + array.dump());
    }
    shape.push_back(extent.get<std::int64_t>());
  }
  return shape;
}

std::uint64_t byte_count(const std::string& where, ElementType type,
                         std::span<const std::int64_t> shape) {
  const auto count = element_count(shape);
  if (!count || *count > std::numeric_limits<std::uint64_t>::max() / byte_size(type)) {
    fail(where, "its shape " + shape_text(shape) + " is more bytes than can be counted");
  }
  return *count * byte_size(type);
}

std::span<const std::byte> bytes_of(const std::string& where, const json& offsets,
                                    std::uint64_t expected, std::span<const std::byte> data) {
  if (!offsets.is_array() || offsets.size() != 2 || !offsets[0].is_number_unsigned() ||
      !offsets[1].is_number_unsigned()) {
    fail(where, "data_offsets: expected two whole numbers, found " + offsets.dump());
  }
  const auto begin = offsets[0].get<std::uint64_t>();
  const auto end = offsets[1].get<std::uint64_t>();
  if (begin > end || end > data.size()) {
    fail(where, "data_offsets " + offsets.dump() + " are not within the " +
                    std::to_string(data.size()) + " bytes of data in the file");
  }
  if (end - begin != expected) {
    fail(where, "dtype and shape need " + std::to_string(expected) + " bytes, data_offsets " +
                    offsets.dump() + " hold " + std::to_string(end - begin));
  }
  return data.subspan(begin, end - begin);
}

TensorView tensor_of(const std::string& file, const std::string& name, const json& entry,
                     std::span<const std::byte> data) {
  const auto where = file + ": " + named(name);
  require_three_fields(where, entry);
  TensorView tensor{name, type_of(where, entry["dtype"]), shape_of(where, entry["shape"]), {}};
  const auto bytes = byte_count(where, tensor.type, tensor.shape);
  tensor.bytes = bytes_of(where, entry["data_offsets"], bytes, data);
  return tensor;
}

void require_no_gap_or_overlap(const std::string& where, const std::vector<TensorView>& ordered,
                               std::span<const std::byte> data) {
  const auto* expected = data.data();
  for (const auto& tensor : ordered) {
    const auto* begin = tensor.bytes.data();
    if (begin != expected) {
      fail(where + ": " + named(tensor.name),
           std::string("its bytes ") + (begin < expected
                                            ? "overlap those of the tensor before it"
                                            : "leave a gap after the tensor before it"));
    }
    expected = begin + tensor.bytes.size();
  }
  if (expected != data.data() + data.size()) {
    fail(where, std::to_string(data.data() + data.size() - expected) +
                    " bytes at the end belong to no tensor");
  }
}

// The library's ordered object compares each new key with all before it.
std::string object_text(
    const std::vector<std::pair<std::string, nlohmann::ordered_json>>& members) {
  std::string text = "{";
  for (const auto& [name, value] : members) {
    if (text.size() > 1) text += ",";
    text += json(name).dump() + ":" + value.dump();
  }
  return text + "}";
}

}  // namespace

SafetensorsHeader parse_safetensors_header(const std::string& where, std::string_view text,
                                           std::span<const std::byte> data) {
  const auto root = parse_checked(where, text);
  if (!root.is_object()) fail(where, "expected the header to be a JSON object");
  SafetensorsHeader header;
  for (const auto& [name, entry] : root.items()) {
    if (name == kMetadataKey) {
      header.metadata = metadata_of(where, entry);
    } else {
      header.tensors.push_back(tensor_of(where, name, entry, data));
    }
  }
  // An empty tensor shares its offset with the next one and must stand before it.
  std::stable_sort(header.tensors.begin(), header.tensors.end(),
                   [](const TensorView& left, const TensorView& right) {
                     return std::pair(left.bytes.data(), left.bytes.size()) <
                            std::pair(right.bytes.data(), right.bytes.size());
                   });
  require_no_gap_or_overlap(where, header.tensors, data);
  return header;
}

std::string safetensors_header_text(const std::string& where, std::span<const TensorView> tensors,
                                    const Metadata& metadata) {
  std::vector<std::pair<std::string, nlohmann::ordered_json>> members;
  if (!metadata.empty()) members.emplace_back(kMetadataKey, metadata);
  std::set<std::string> names{kMetadataKey, ""};
  std::uint64_t offset = 0;
  for (const auto& tensor : tensors) {
    if (!names.insert(tensor.name).second) {
      fail(where, named(tensor.name) + " cannot be written: the name is empty, reserved or taken");
    }
    const auto bytes = byte_count(where + ": " + named(tensor.name), tensor.type, tensor.shape);
    if (bytes != tensor.bytes.size()) {
      fail(where, named(tensor.name) + " of shape " + shape_text(tensor.shape) + " needs " +
                      std::to_string(bytes) + " bytes, got " + std::to_string(tensor.bytes.size()));
    }
    members.emplace_back(tensor.name,
                         nlohmann::ordered_json{{"dtype", std::string(to_string(tensor.type))},
                                                {"shape", tensor.shape},
                                                {"data_offsets", {offset, offset + bytes}}});
    offset += bytes;
  }
  std::string text;
  try {
    text = object_text(members);
  } catch (const json::exception& error) {
    fail(where, std::string("a name or a metadata text is not UTF-8: ") + error.what());
  }
  text.resize((text.size() + 7) / 8 * 8, ' ');
  return text;
}

}  // namespace bench::weights
