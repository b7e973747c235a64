// The machine follows Lib/pickletools.py of CPython, which describes every opcode. It knows the
// opcodes and globals that torch.save emits for tensors, and refuses all others by name: nothing of
// the file is ever called. Three bounds keep a hostile program from taking more than its own size:
// the number of values, the number of a tensor's dimensions, and that no value is ever copied.
#include "baselines/weights/pickle_machine.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstdio>

#include "baselines/weights/weights_error.h"

namespace bench::weights {
namespace {

// A network has thousands of values, not millions; more is an attack on the memory.
constexpr std::size_t kMostValues = 1'000'000;
// PyTorch itself allows 64 (c10::impl::kMaxDims of its kernels).
constexpr std::size_t kMostDimensions = 64;

constexpr const char* kOrderedDict = "collections.OrderedDict";
constexpr const char* kRebuildTensor = "torch._utils._rebuild_tensor_v2";
// Before PyTorch 0.4: the same without requires_grad and hooks.
constexpr const char* kRebuildOldTensor = "torch._utils._rebuild_tensor";
constexpr const char* kRebuildParameter = "torch._utils._rebuild_parameter";

bool is_storage_type(const std::string& name) {
  static const std::array<const char*, 10> kTypes{
      "torch.FloatStorage", "torch.DoubleStorage", "torch.HalfStorage",  "torch.BFloat16Storage",
      "torch.LongStorage",  "torch.IntStorage",    "torch.ShortStorage", "torch.CharStorage",
      "torch.ByteStorage",  "torch.BoolStorage"};
  return std::find(kTypes.begin(), kTypes.end(), name) != kTypes.end();
}

bool is_allowed_global(const std::string& name) {
  return name == kOrderedDict || name == kRebuildTensor || name == kRebuildOldTensor ||
         name == kRebuildParameter || is_storage_type(name);
}

std::string hexadecimal(unsigned char value) {
  std::array<char, 5> text{};
  std::snprintf(text.data(), text.size(), "0x%02X", value);
  return text.data();
}

}  // namespace

std::string kind_of(const PickleValue& value) {
  static const std::array<const char*, 12> kNames{
      "a mark", "None",    "a truth value", "a number",     "a fraction",       "a text",
      "a type", "a tuple", "a list",        "a dictionary", "a tensor storage", "a tensor"};
  return kNames.at(value.content.index());
}

void PickleMachine::fail(const std::string& found) const {
  throw WeightsError(where_ + ": pickle, byte " + std::to_string(at_) + ": " + found);
}

std::span<const std::byte> PickleMachine::take(std::size_t count) {
  if (count > program_.size() - at_) fail("ends in the middle of a value");
  at_ += count;
  return program_.subspan(at_ - count, count);
}

std::uint64_t PickleMachine::take_number(std::size_t bytes) {
  std::uint64_t value = 0;
  std::size_t shift = 0;
  for (const auto byte : take(bytes)) {
    value |= static_cast<std::uint64_t>(byte) << shift;
    shift += 8;
  }
  return value;
}

std::string PickleMachine::take_text(std::size_t bytes) {
  const auto text = take(bytes);
  return {reinterpret_cast<const char*>(text.data()), text.size()};
}

std::string PickleMachine::take_line() {
  std::string line;
  for (auto letter = take_text(1); letter != "\n"; letter = take_text(1)) line += letter;
  return line;
}

void PickleMachine::push(PickleValue value) {
  if (arena_.size() >= kMostValues) fail("has more values than a network has");
  stack_.push_back(&arena_.emplace_back(std::move(value)));
}

PickleRef PickleMachine::pop() {
  if (stack_.empty()) fail("takes a value from an empty stack");
  auto value = stack_.back();
  stack_.pop_back();
  return value;
}

std::vector<PickleRef> PickleMachine::pop_to_mark() {
  std::vector<PickleRef> values;
  for (auto value = pop(); !std::holds_alternative<PickleMark>(value->content); value = pop()) {
    values.push_back(value);
  }
  std::reverse(values.begin(), values.end());
  return values;
}

template <typename Kind>
Kind& PickleMachine::top_as(const char* what) {
  if (stack_.empty()) fail("takes a value from an empty stack");
  auto* kind = std::get_if<Kind>(&stack_.back()->content);
  if (kind == nullptr) fail(std::string("expected ") + what + ", found " + kind_of(*stack_.back()));
  return *kind;
}

template <typename Kind>
Kind& PickleMachine::pop_as(const char* what) {
  auto& value = top_as<Kind>(what);
  stack_.pop_back();
  return value;
}

bool PickleMachine::step_scalar(unsigned char opcode) {
  switch (opcode) {
    case 'N':
      push({PickleNone{}});
      return true;
    case 0x88:
      push({true});
      return true;
    case 0x89:
      push({false});
      return true;
    case 'K':
      push({static_cast<std::int64_t>(take_number(1))});
      return true;
    case 'M':
      push({static_cast<std::int64_t>(take_number(2))});
      return true;
    case 'J':
      push({std::int64_t{static_cast<std::int32_t>(take_number(4))}});
      return true;
    case 0x8A: {  // LONG1: as many bytes as the next one says, two's complement
      const auto bytes = take_number(1);
      if (bytes > 8) fail("opcode LONG1 with a number of more than 64 bits");
      const auto value = take_number(bytes);
      const auto unused = 64 - 8 * bytes;
      push({bytes == 0 ? std::int64_t{0} : static_cast<std::int64_t>(value << unused) >> unused});
      return true;
    }
    case 'G': {  // BINFLOAT: big-endian
      std::uint64_t bits = 0;
      for (const auto byte : take(8)) bits = bits << 8 | static_cast<std::uint64_t>(byte);
      push({std::bit_cast<double>(bits)});
      return true;
    }
    case 'X':
    case 'T':  // texts of Python 2
      push({take_text(take_number(4))});
      return true;
    case 'U':
      push({take_text(take_number(1))});
      return true;
    default:
      return false;
  }
}

bool PickleMachine::step_memo(unsigned char opcode) {
  const bool is_long = opcode == 'r' || opcode == 'j';
  if (opcode == 'q' || opcode == 'r') {  // BINPUT, LONG_BINPUT
    const auto key = take_number(is_long ? 4 : 1);
    if (stack_.empty()) fail("remembers a value of an empty stack");
    memo_[key] = stack_.back();
    return true;
  }
  if (opcode == 'h' || opcode == 'j') {  // BINGET, LONG_BINGET
    const auto found = memo_.find(take_number(is_long ? 4 : 1));
    if (found == memo_.end()) fail("recalls a value that it never remembered");
    stack_.push_back(found->second);
    return true;
  }
  return false;
}

void PickleMachine::push_tuple_of(std::size_t count) {
  std::vector<PickleRef> items(count);
  for (auto item = items.rbegin(); item != items.rend(); ++item) *item = pop();
  push({PickleTuple{std::move(items)}});
}

void PickleMachine::set_items(const std::vector<PickleRef>& keys_and_values) {
  auto& dict = top_as<PickleDict>("a dictionary");
  if (keys_and_values.size() % 2 != 0) fail("a dictionary's key has no value");
  for (std::size_t i = 0; i < keys_and_values.size(); i += 2) {
    dict.items.emplace_back(keys_and_values[i], keys_and_values[i + 1]);
  }
}

bool PickleMachine::step_collection(unsigned char opcode) {
  switch (opcode) {
    case '(':
      push({PickleMark{}});
      return true;
    case ')':
      push({PickleTuple{}});
      return true;
    case ']':
      push({PickleList{}});
      return true;
    case '}':
      push({PickleDict{}});
      return true;
    case 't':
      push({PickleTuple{pop_to_mark()}});
      return true;
    case 0x85:
      push_tuple_of(1);
      return true;
    case 0x86:
      push_tuple_of(2);
      return true;
    case 0x87:
      push_tuple_of(3);
      return true;
    case 's': {
      const auto value = pop();
      const auto key = pop();
      set_items({key, value});
      return true;
    }
    case 'u':
      set_items(pop_to_mark());
      return true;
    case 'a': {
      const auto item = pop();
      top_as<PickleList>("a list").items.push_back(item);
      return true;
    }
    case 'e': {
      const auto items = pop_to_mark();
      auto& list = top_as<PickleList>("a list").items;
      list.insert(list.end(), items.begin(), items.end());
      return true;
    }
    default:
      return false;
  }
}

void PickleMachine::push_global() {
  const auto module = take_line();
  const auto name = module + "." + take_line();
  if (!is_allowed_global(name)) {
    fail("opcode GLOBAL names \"" + name +
         "\", which is not a tensor type; such a file could run a program. Save only the state "
         "dictionary (torch.save(net.state_dict(), ...))");
  }
  push({PickleGlobal{name}});
}

void PickleMachine::push_storage() {
  const auto& id = pop_as<PickleTuple>("the tuple of a persistent id");
  // Before PyTorch 1.6 a sixth item describes a view of another storage; it is None since 0.4.
  const bool is_whole =
      id.items.size() == 5 ||
      (id.items.size() == 6 && std::holds_alternative<PickleNone>(id.items[5]->content));
  const auto* tag = is_whole ? std::get_if<std::string>(&id.items[0]->content) : nullptr;
  if (tag == nullptr || *tag != "storage") fail("a persistent id that is no tensor storage");
  const auto* type = std::get_if<PickleGlobal>(&id.items[1]->content);
  const auto* key = std::get_if<std::string>(&id.items[2]->content);
  const auto* elements = std::get_if<std::int64_t>(&id.items[4]->content);
  if (type == nullptr || key == nullptr || elements == nullptr || *elements < 0 ||
      !is_storage_type(type->name)) {
    fail("the persistent id of a tensor storage is malformed");
  }
  if (storage_types_.emplace(*key, type->name).first->second != type->name) {
    fail("storage \"" + *key + "\" is said to be of two types");
  }
  push({PickleStorage{type->name, *key, *elements}});
}

std::vector<std::int64_t> PickleMachine::numbers(const PickleRef& value) const {
  const auto* tuple = std::get_if<PickleTuple>(&value->content);
  if (tuple == nullptr) fail("expected the tuple of a shape, found " + kind_of(*value));
  if (tuple->items.size() > kMostDimensions) fail("a tensor of more than 64 dimensions");
  std::vector<std::int64_t> found;
  for (const auto& item : tuple->items) {
    const auto* number = std::get_if<std::int64_t>(&item->content);
    if (number == nullptr || *number < 0) fail("a shape or stride that is not a whole number");
    found.push_back(*number);
  }
  return found;
}

PickleTensor PickleMachine::rebuilt_tensor(const PickleTuple& arguments) {
  const auto& items = arguments.items;
  if (items.size() < 4 || items.size() > 7) fail("_rebuild_tensor_v2: expected 4 to 7 arguments");
  const auto* storage = std::get_if<PickleStorage>(&items[0]->content);
  const auto* offset = std::get_if<std::int64_t>(&items[1]->content);
  if (storage == nullptr || offset == nullptr || *offset < 0) {
    fail("_rebuild_tensor_v2: expected a storage and an offset");
  }
  PickleTensor tensor{*storage, *offset, numbers(items[2]), numbers(items[3])};
  if (tensor.shape.size() != tensor.strides.size()) {
    fail("_rebuild_tensor_v2: shape and strides differ in length");
  }
  return tensor;
}

void PickleMachine::call() {
  const auto& arguments = pop_as<PickleTuple>("the arguments of REDUCE");
  const auto& callee = pop_as<PickleGlobal>("a type before REDUCE").name;
  if (callee == kRebuildTensor || callee == kRebuildOldTensor) {
    push({rebuilt_tensor(arguments)});
  } else if (callee == kRebuildParameter && !arguments.items.empty() &&
             std::holds_alternative<PickleTensor>(arguments.items[0]->content)) {
    stack_.push_back(arguments.items[0]);
  } else if (callee == kOrderedDict && arguments.items.empty()) {
    push({PickleDict{}});
  } else {
    fail("opcode REDUCE: \"" + callee + "\" with arguments that a file of tensors does not have");
  }
}

bool PickleMachine::step_object(unsigned char opcode) {
  switch (opcode) {
    case 'c':
      push_global();
      return true;
    case 'Q':
      push_storage();
      return true;
    case 'R':
      call();
      return true;
    case 'b':
      // A state dictionary carries its version notes as an attribute: read past, never set.
      pop_as<PickleDict>("the attributes before BUILD");
      top_as<PickleDict>("a dictionary before BUILD");
      return true;
    default:
      return false;
  }
}

bool PickleMachine::step(unsigned char opcode) {
  if (opcode == '.') return false;
  if (step_scalar(opcode) || step_memo(opcode) || step_collection(opcode) || step_object(opcode)) {
    return true;
  }
  fail("opcode " + hexadecimal(opcode) +
       " is not one that a file of tensors needs; it is not executed");
}

PickleRef PickleMachine::run() {
  if (take_number(1) != 0x80 || take_number(1) != 2) fail("expected a pickle of protocol 2");
  while (step(static_cast<unsigned char>(take_number(1)))) {
  }
  if (stack_.size() != 1)
    fail("leaves " + std::to_string(stack_.size()) + " values instead of one");
  return pop();
}

}  // namespace bench::weights
