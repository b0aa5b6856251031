#pragma once
/// What the program says to wrong input: at once, one sentence on standard error, exit status 2.
#include <doctest/doctest.h>

#include <algorithm>

#include "places.h"
#include "run_program.h"

using crease::crease_binary;
using Words = std::vector<std::string>;

/// The lines on standard error that are no warnings.
inline Words sentences(const std::string& err) {
  Words lines;
  std::istringstream text(err);
  for (std::string line; std::getline(text, line);)
    if (line.rfind("warning: ", 0) != 0) lines.push_back(line);
  return lines;
}

/// The program must answer with status 2 and one sentence that holds the expected words, at once.
inline void check_refused(const std::string& name, const Words& arguments, const Words& expected) {
  const Answer answer = run_program(crease_binary(), arguments);
  CAPTURE(name);
  CAPTURE(answer.err);
  CHECK(answer.status == 2);
  CHECK(answer.out.empty());
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
  CHECK(answer.seconds < 40);  // sanitizers are slow, and hold memory of their own
#else
  CHECK(answer.seconds < 5);  // alone a fraction of one; it must not hang
  CHECK(answer.megabytes < 300);
#endif
  const Words found = sentences(answer.err);
  REQUIRE(found.size() == 1);
  CHECK(found[0].size() < 500);
  for (const std::string& word : expected) {
    CAPTURE(word);
    CHECK(found[0].find(word) != std::string::npos);
  }
  const bool is_plain =
      std::none_of(found[0].begin(), found[0].end(), [](char c) { return c >= 0 && c < ' '; });
  CHECK(is_plain);
}
