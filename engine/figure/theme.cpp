// The two themes, colour by colour.
#include "figure/theme.h"

#include <initializer_list>

namespace crease {

namespace {

ColourMap map_of(std::initializer_list<std::uint32_t> stops) {
  ColourMap map;
  for (const std::uint32_t stop : stops) map.stops.push_back(Colour::hex(stop));
  return map;
}

ColourMap viridis() {
  return map_of({0x440154, 0x482878, 0x3E4A89, 0x31688E, 0x26828E, 0x1F9E89, 0x35B779, 0x6DCD59,
                 0xB4DE2C, 0xFDE725});
}

void set_classes(Theme& theme, const std::array<std::uint32_t, 10>& colours) {
  constexpr std::array markers = {
      Marker::disc,  Marker::triangle, Marker::square, Marker::diamond,  Marker::triangle_down,
      Marker::cross, Marker::plus,     Marker::star,   Marker::pentagon, Marker::hexagon};
  for (std::size_t i = 0; i < colours.size(); ++i) {
    const Colour colour = Colour::hex(colours[i]);
    theme.classes[i] = {colour, markers[i], contrast(colour, theme.picture) < 3};
  }
}

void set_runs(Theme& theme, const std::array<std::uint32_t, 5>& colours) {
  for (std::size_t i = 0; i < colours.size(); ++i) theme.runs[i] = Colour::hex(colours[i]);
}

Theme make_light() {
  Theme theme;
  theme.chrome = Colour::hex(0xF4F5F7);
  theme.picture = Colour::hex(0xFFFFFF);
  theme.hover = Colour::hex(0xE9EBEF);
  theme.press = Colour::hex(0xDDE0E6);
  theme.rule = Colour::hex(0xE0E3E8);
  theme.frame = Colour::hex(0x7F8893);
  theme.ink = Colour::hex(0x16191D);
  theme.ink2 = Colour::hex(0x4A535E);
  theme.ink3 = Colour::hex(0x626C77);
  theme.accent = Colour::hex(0x5B3FD6);
  theme.accent_hover = Colour::hex(0x4A30BE);
  theme.on_accent = Colour::hex(0xFFFFFF);
  theme.accent_soft = Colour::hex(0xECE8FC);
  theme.reverse = Colour::hex(0x9A2C78);
  theme.warn = Colour::hex(0x8A5300);
  theme.warn_ground = Colour::hex(0xFFF1D6);
  theme.error = Colour::hex(0xA8123E);
  theme.error_ground = Colour::hex(0xFCE8ED);
  theme.tip = Colour::hex(0x22262B);
  theme.tip_text = Colour::hex(0xF5F6F8);
  theme.tip_text2 = Colour::hex(0xB4BCC6);
  theme.positive = Colour::hex(0x0072B2);
  theme.negative = Colour::hex(0xD55E00);
  set_classes(theme, {0xD55E00, 0x0072B2, 0x009E73, 0xCC79A7, 0xE69F00, 0x56B4E9, 0x4A0010,
                      0x10104A, 0xB0B0B0, 0xF0E442});
  theme.signed_values =
      map_of({0x9C3D00, 0xD5712A, 0xF0B183, 0xF7F7F5, 0x8FC0DF, 0x2F86BC, 0x004C7A});
  theme.field = map_of({0xF6C7A0, 0xFAE0CC, 0xFDFCFA, 0xD6E8F3, 0xAED2E8});
  theme.ordered = viridis();
  theme.depth = map_of({0x440154, 0x2A788E, 0x3C9A45});
  set_runs(theme, {0x16191D, 0x009E73, 0xB0508A, 0x3D8DBF, 0xA97B00});
  return theme;
}

Theme make_dark() {
  Theme theme;
  theme.dark = true;
  theme.chrome = Colour::hex(0x1C2025);
  theme.picture = Colour::hex(0x121518);
  theme.hover = Colour::hex(0x272C33);
  theme.press = Colour::hex(0x323840);
  theme.rule = Colour::hex(0x30363E);
  theme.frame = Colour::hex(0x77818D);
  theme.ink = Colour::hex(0xEDF0F3);
  theme.ink2 = Colour::hex(0xB3BBC5);
  theme.ink3 = Colour::hex(0x929CA8);
  theme.accent = Colour::hex(0xA897FF);
  theme.accent_hover = Colour::hex(0xBCAFFF);
  theme.on_accent = Colour::hex(0x17122B);
  theme.accent_soft = Colour::hex(0x2E2854);
  theme.reverse = Colour::hex(0xEE9FD3);
  theme.warn = Colour::hex(0xF2B84B);
  theme.warn_ground = Colour::hex(0x3A2E14);
  theme.error = Colour::hex(0xFF8FA8);
  theme.error_ground = Colour::hex(0x43202A);
  theme.tip = Colour::hex(0xF2F4F6);
  theme.tip_text = Colour::hex(0x16191D);
  theme.tip_text2 = Colour::hex(0x4A535E);
  theme.positive = Colour::hex(0x56B4E9);
  theme.negative = Colour::hex(0xF08A3C);
  set_classes(theme, {0xF08A3C, 0x56B4E9, 0x2CC296, 0xDE86B5, 0xF0B429, 0x8FD0F5, 0xE0506A,
                      0xCFF0B0, 0x7F8791, 0xF0E442});
  theme.signed_values =
      map_of({0xFFB27A, 0xD9752E, 0x7A4420, 0x1E2227, 0x22557A, 0x3E97D1, 0x9AD4FA});
  theme.field = map_of({0x6B3F20, 0x47301F, 0x1E2227, 0x1D3A4E, 0x1F5274});
  theme.ordered = viridis();
  theme.depth = map_of({0xB48BDC, 0x3FB8B0, 0xB8DE5A});
  set_runs(theme, {0xEDF0F3, 0x35C79A, 0xDE86B5, 0x6DB9EA, 0xDDB03A});
  return theme;
}

}  // namespace

const Theme& light_theme() {
  static const Theme theme = make_light();
  return theme;
}

const Theme& dark_theme() {
  static const Theme theme = make_dark();
  return theme;
}

}  // namespace crease
