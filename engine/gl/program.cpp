#include "gl/program.h"

#include <fmt/format.h>

#include <stdexcept>
#include <vector>

namespace crease::gl {

namespace {

// The driver's words about a shader or a program that has failed.
template <class Size, class Text>
std::string log_of(GLuint object, const Size& size, const Text& text) {
  GLint length = 0;
  size(object, GL_INFO_LOG_LENGTH, &length);
  std::string words(static_cast<std::size_t>(std::max(1, length)), '\0');
  text(object, static_cast<GLsizei>(words.size()), nullptr, words.data());
  words.resize(words.find('\0') == std::string::npos ? words.size() : words.find('\0'));
  return words;
}

}  // namespace

ComputeProgram::ComputeProgram(std::string_view name, std::string_view source) {
  if (const std::string why = no_compute(facts()); !why.empty()) throw std::runtime_error(why);
  const Handle<DeleteShader> shader(glCreateShader(GL_COMPUTE_SHADER));
  if (shader.get() == 0) throw std::runtime_error("the driver makes no compute shaders");
  const char* text = source.data();
  const auto length = static_cast<GLint>(source.size());
  glShaderSource(shader.get(), 1, &text, &length);
  glCompileShader(shader.get());
  GLint good = GL_FALSE;
  glGetShaderiv(shader.get(), GL_COMPILE_STATUS, &good);
  if (good != GL_TRUE)
    throw std::runtime_error(fmt::format("{} does not compile: {}", name,
                                         log_of(shader.get(), glGetShaderiv, glGetShaderInfoLog)));
  program_ = Handle<DeleteProgram>(glCreateProgram());
  glAttachShader(program_.get(), shader.get());
  glLinkProgram(program_.get());
  glDetachShader(program_.get(), shader.get());
  glGetProgramiv(program_.get(), GL_LINK_STATUS, &good);
  if (good != GL_TRUE)
    throw std::runtime_error(fmt::format(
        "{} does not link: {}", name, log_of(program_.get(), glGetProgramiv, glGetProgramInfoLog)));
}

void ComputeProgram::dispatch(unsigned groups) const {
  use();
  glDispatchCompute(groups, 1, 1);
  glMemoryBarrier(GL_SHADER_STORAGE_BARRIER_BIT | GL_BUFFER_UPDATE_BARRIER_BIT);
  check("running a compute shader");
}

StorageBuffer::StorageBuffer() {
  GLuint name = 0;
  glGenBuffers(1, &name);
  buffer_ = Handle<DeleteBuffer>(name);
}

void StorageBuffer::write(const void* data, std::size_t bytes) {
  glBindBuffer(GL_SHADER_STORAGE_BUFFER, buffer_.get());
  glBufferData(GL_SHADER_STORAGE_BUFFER, static_cast<GLsizeiptr>(bytes), data, GL_DYNAMIC_DRAW);
  check("filling a buffer");
}

void StorageBuffer::fill(std::size_t bytes, unsigned word) {
  const std::vector<unsigned> words((bytes + 3) / 4, word);
  write(words.data(), bytes);
}

void StorageBuffer::read(void* data, std::size_t bytes) const {
  glBindBuffer(GL_SHADER_STORAGE_BUFFER, buffer_.get());
  glGetBufferSubData(GL_SHADER_STORAGE_BUFFER, 0, static_cast<GLsizeiptr>(bytes), data);
  check("reading a buffer");
}

void StorageBuffer::bind(unsigned slot) const {
  glBindBufferBase(GL_SHADER_STORAGE_BUFFER, slot, buffer_.get());
}

}  // namespace crease::gl
