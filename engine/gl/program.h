#pragma once
/// Shaders, compiled and linked.
#include <string_view>

#include "gl/opengl.h"

namespace crease::gl {

/// A compute shader. Throws std::runtime_error with the driver's words where it does not compile,
/// and a sentence where the context has no compute shaders.
class ComputeProgram {
 public:
  ComputeProgram(std::string_view name, std::string_view source);

  void use() const { glUseProgram(program_.get()); }
  /// Runs `groups` work groups side by side, and waits until what they wrote can be read.
  void dispatch(unsigned groups) const;

 private:
  Handle<DeleteProgram> program_;
};

/// Numbers that shaders read and write.
class StorageBuffer {
 public:
  StorageBuffer();

  /// Replaces what it holds.
  void write(const void* data, std::size_t bytes);
  /// Room for `bytes`, every four of which are the bits `word`.
  void fill(std::size_t bytes, unsigned word);
  void read(void* data, std::size_t bytes) const;
  void bind(unsigned slot) const;

 private:
  Handle<DeleteBuffer> buffer_;
};

}  // namespace crease::gl
