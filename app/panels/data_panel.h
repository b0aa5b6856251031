#pragma once
/// Where the samples come from: thumbnails of the usual sources, and the settings of the one in
/// use.
#include "session.h"
#include "widgets.h"

namespace crease::app {

class DataPanel {
 public:
  void draw(Gui& gui, Session& session);

  /// The sources that can be chosen by name: those that need no file and no points of one's own.
  static std::vector<Source> choices();
  /// Uses that source as it was set before; the first time with the seed there was.
  static void choose(Session& session, const Source& source);

 private:
  void thumbnails(Gui& gui, Session& session);
  void all_sources(Gui& gui, Session& session);

  bool open_ = true;
  struct Thumbnail {
    Source source;
    Scene scene;
  };
  std::vector<Thumbnail> thumbnails_;
  bool dark_ = false;
};

}  // namespace crease::app
