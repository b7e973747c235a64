#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace bench::weights {

struct PickleValue;
/// Into the arena of the machine that read it: values may name each other in circles and be nested
/// deeper than any stack, so that none of them may own another.
using PickleRef = PickleValue*;

struct PickleMark {};  ///< where a collection of arguments begins
struct PickleNone {};
struct PickleGlobal {
  std::string name;  ///< "module.name", one of the allowed
};
struct PickleTuple {
  std::vector<PickleRef> items;
};
struct PickleList {
  std::vector<PickleRef> items;
};
struct PickleDict {
  std::vector<std::pair<PickleRef, PickleRef>> items;  ///< in the order of insertion
};
/// What a persistent id stands for: a storage in a file of its own.
struct PickleStorage {
  std::string type;  ///< "torch.FloatStorage"
  std::string key;
  std::int64_t elements;
};
/// The arguments of _rebuild_tensor_v2 that describe a tensor.
struct PickleTensor {
  PickleStorage storage;
  std::int64_t offset;
  std::vector<std::int64_t> shape;
  std::vector<std::int64_t> strides;
};

/// One value of the pickle reader.
struct PickleValue {
  std::variant<PickleMark, PickleNone, bool, std::int64_t, double, std::string, PickleGlobal,
               PickleTuple, PickleList, PickleDict, PickleStorage, PickleTensor>
      content;
};

/// What kind of value it is, for messages: "a number", "a dictionary", ...
std::string kind_of(const PickleValue& value);

}  // namespace bench::weights
