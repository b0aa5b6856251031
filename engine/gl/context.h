#pragma once
/// A hidden OpenGL context, for pictures and for computing without a display.
#include <memory>
#include <string>
#include <variant>

#include "gl/opengl.h"

namespace crease::gl {

class HiddenContext {
 public:
  /// Core profile, the newest of 4.5, 4.3, 4.1 and 3.3 that there is; a graphics processor before
  /// the processor itself. It is current on this thread. Or the sentence that says why there is
  /// none.
  static std::variant<std::unique_ptr<HiddenContext>, std::string> create();
  ~HiddenContext();
  HiddenContext(const HiddenContext&) = delete;
  HiddenContext& operator=(const HiddenContext&) = delete;

  /// Makes it current on the calling thread; on one thread at a time.
  void make_current();
  void release();
  const Facts& facts() const { return facts_; }
  /// How it was reached: "device", "surfaceless", "default".
  const std::string& platform() const { return platform_; }

 private:
  struct Parts;
  explicit HiddenContext(std::unique_ptr<Parts> parts);

  std::unique_ptr<Parts> parts_;
  Facts facts_;
  std::string platform_;
};

}  // namespace crease::gl
