#pragma once
/// Google's protocol buffers, as much of writing them as ONNX needs.
#include <bit>
#include <cstdint>
#include <string>
#include <string_view>

namespace crease {

/// A message under construction: fields one after the other.
class Message {
 public:
  Message& whole(int field, std::int64_t value) {
    key(field, 0);
    number(static_cast<std::uint64_t>(value));
    return *this;
  }
  Message& single(int field, float value) {
    key(field, 5);
    const auto bits = std::bit_cast<std::uint32_t>(value);
    for (unsigned shift = 0; shift < 32; shift += 8) bytes_ += static_cast<char>(bits >> shift);
    return *this;
  }
  Message& text(int field, std::string_view value) {
    key(field, 2);
    number(value.size());
    bytes_ += value;
    return *this;
  }
  Message& message(int field, const Message& value) { return text(field, value.bytes_); }
  const std::string& bytes() const { return bytes_; }

 private:
  void key(int field, unsigned wire) { number(static_cast<std::uint64_t>(field) << 3U | wire); }
  /// Seven bits a byte, the lowest first.
  void number(std::uint64_t value) {
    for (; value > 127; value >>= 7U) bytes_ += static_cast<char>((value & 127U) | 128U);
    bytes_ += static_cast<char>(value);
  }

  std::string bytes_;
};

}  // namespace crease
