#pragma once

#include <cstddef>
#include <deque>
#include <map>
#include <span>
#include <string>
#include <vector>

#include "baselines/weights/pickle_value.h"

namespace bench::weights {

/// The stack machine of a pickle, reduced to what a file of tensors needs.
class PickleMachine {
 public:
  PickleMachine(const std::string& where, std::span<const std::byte> program)
      : where_(where), program_(program) {}

  /// Runs to STOP and gives the one value that is left. It lives as long as this machine.
  /// \throws WeightsError naming the opcode or global that is not allowed, or what is malformed
  PickleRef run();
  /// Where in the program it stands: after `run`, behind STOP.
  std::size_t position() const { return at_; }
  /// Type of every storage that the program named, by its key.
  const std::map<std::string, std::string>& storage_types() const { return storage_types_; }

 private:
  [[noreturn]] void fail(const std::string& found) const;

  std::span<const std::byte> take(std::size_t count);
  std::uint64_t take_number(std::size_t bytes);
  std::string take_text(std::size_t bytes);
  std::string take_line();

  void push(PickleValue value);
  PickleRef pop();
  std::vector<PickleRef> pop_to_mark();
  template <typename Kind>
  Kind& top_as(const char* what);
  /// The popped value stays in the arena: copying a large one at each recall would be quadratic.
  template <typename Kind>
  Kind& pop_as(const char* what);

  /// One opcode; false after STOP.
  bool step(unsigned char opcode);
  bool step_scalar(unsigned char opcode);
  bool step_memo(unsigned char opcode);
  bool step_collection(unsigned char opcode);
  bool step_object(unsigned char opcode);
  void push_tuple_of(std::size_t count);
  void set_items(const std::vector<PickleRef>& keys_and_values);
  void push_global();
  void push_storage();
  void call();
  PickleTensor rebuilt_tensor(const PickleTuple& arguments);
  std::vector<std::int64_t> numbers(const PickleRef& value) const;

  const std::string& where_;
  std::span<const std::byte> program_;
  std::size_t at_ = 0;
  std::deque<PickleValue> arena_;  ///< owns every value; a deque, so that they stay in place
  std::vector<PickleRef> stack_;
  std::map<std::uint64_t, PickleRef> memo_;
  std::map<std::string, std::string> storage_types_;
};

}  // namespace bench::weights
