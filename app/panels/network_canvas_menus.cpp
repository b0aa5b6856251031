/// The menus of layers, units and weights, and the edits they make.
#include <fmt/format.h>

#include <algorithm>

#include "net/edit.h"
#include "panels/network_canvas.h"

namespace crease::app {

using network_picture::activation_name;

void NetworkCanvas::edit(Session& session, const std::string& what,
                         const std::function<Network(const Network&)>& change, bool tells) {
  try {
    const Network edited = change(session.run().document().network);
    Run& run = session.run();
    if (!run.edit(what, [&](Document& document) { document.network = edited; })) return;
    tells_kept_ = tells;
    edited_ = run.history().undo_number();
  } catch (const Problem& problem) {
    session.say({Message::Kind::toast, "", problem.what()});
  }
}

void NetworkCanvas::insert(Session& session, const std::string& after, std::optional<Layer> layer) {
  std::string made;
  edit(session, "new layer behind " + after, [&](const Network& network) {
    edit::Inserted inserted = edit::insert_after(network, after, layer, taken_);
    made = inserted.id;
    return inserted.network;
  });
}

void NetworkCanvas::add_layer(Session& session) {
  edit(session, "new layer", [&](const Network& network) {
    if (network.nodes.empty()) return edit::insert_after(network, "input", {}, taken_).network;
    return edit::insert_before(network, network.nodes.back().id, {}, taken_).network;
  });
}

void NetworkCanvas::resize(Session& session, const std::string& node, int by) {
  edit(
      session, "size of " + node,
      [&](const Network& network) {
        for (const Node& each : network.nodes)
          if (each.id == node) return edit::set_units(network, node, edit::units(each) + by);
        return network;
      },
      false);
}

void NetworkCanvas::remove_unit(Session& session, const std::string& node, int unit) {
  try {
    const edit::Narrowed narrowed = edit::remove_unit(session.run().document().network, node, unit);
    session.run().edit(
        fmt::format("unit {} of {}", unit + 1, node),
        [&](Document& document) { document.network = narrowed.network; }, narrowed.removed);
    options_.selected.clear();
    options_.hovered.clear();
    pointed_.clear();
    composed_ = false;
  } catch (const Problem& problem) {
    session.say({Message::Kind::toast, "", problem.what()});
  }
}

void NetworkCanvas::draw_menus(Gui& gui, Session& session) {
  if (!begin_menu(gui, "network.menu", 230)) return;
  const auto& nodes = session.run().document().network.nodes;
  const auto node = std::find_if(nodes.begin(), nodes.end(),
                                 [&](const Node& each) { return each.id == menu_of_; });
  if (node != nodes.end())
    layer_menu(gui, session, *node);
  else
    place_menu(gui, session);
  end_menu(gui);
}

void NetworkCanvas::layer_menu(Gui& gui, Session& session, const Node& node) {
  const std::string prefix = node.id + ".menu.";
  const std::string id = node.id;
  const auto& nodes = session.run().document().network.nodes;
  const bool is_output = nodes.back().id == id;
  const auto entry = [&](const char* name, const std::string& label, bool enabled = true,
                         bool checked = false) {
    return menu_entry(gui, prefix + name, label, {.enabled = enabled, .checked = checked});
  };
  shape_entries(gui, session, node);
  menu_rule(gui);
  if (entry("insert_before", "New layer in front of it"))
    edit(session, "new layer in front of " + id, [&](const Network& network) {
      return edit::insert_before(network, id, {}, taken_).network;
    });
  if (entry("insert_after", "New layer behind it", !is_output)) insert(session, id);
  if (begin_submenu(gui, prefix + "skip", "Also reads")) {
    const auto source = [&](const std::string& from, const std::string& label) {
      if (menu_entry(gui, prefix + "skip." + from, label))
        edit(session, "skip from " + from + " to " + id, [&](const Network& network) {
          return edit::connect(network, from, id, taken_).network;
        });
    };
    source("input", "Input");
    for (const Node& other : nodes) {
      if (other.id == id) break;
      const Block* block = block_of(other.id);
      source(other.id, plain(other.id) + (block ? " \u2013 " + plain(block->title) : ""));
    }
    end_submenu(gui);
  }
  if (begin_submenu(gui, prefix + "move", "Move it behind")) {
    const auto target = [&](const std::string& behind, const std::string& label) {
      if (menu_entry(gui, prefix + "move." + behind, label))
        edit(session, "move " + id,
             [&](const Network& network) { return edit::move_after(network, id, behind); });
    };
    target("input", "Input");
    for (const Node& other : nodes)
      if (other.id != id && other.id != nodes.back().id) {
        const Block* block = block_of(other.id);
        target(other.id, plain(other.id) + (block ? " \u2013 " + plain(block->title) : ""));
      }
    end_submenu(gui);
  }
  const bool has_parameters = edit::units(node) > 0 && node.weights_of.empty();
  if (has_parameters && entry("frozen", "Keep its parameters", true, node.frozen))
    edit(
        session, "frozen " + id,
        [&](Network network) {
          for (Node& each : network.nodes)
            if (each.id == id) each.frozen = !each.frozen;
          return network;
        },
        false);
  menu_rule(gui);
  if (entry("remove", "Remove the layer", !is_output))
    edit(session, "removed " + id,
         [&](const Network& network) { return edit::remove(network, id); });
}

/// What the layer is: its size, its activation, its kernel.
void NetworkCanvas::shape_entries(Gui& gui, Session& session, const Node& node) {
  const std::string prefix = node.id + ".menu.";
  const std::string id = node.id;
  const int units = edit::units(node);
  const bool is_output = session.run().document().network.nodes.back().id == id;
  if (units > 0 && !is_output) {
    const char* what = std::holds_alternative<Conv2d>(node.layer) ? "channel" : "unit";
    if (menu_entry(gui, prefix + "add_unit", fmt::format("One {} more", what),
                   {.enabled = units < edit::most_units}))
      resize(session, id, 1);
    if (menu_entry(gui, prefix + "remove_unit", fmt::format("One {} fewer", what),
                   {.enabled = units > 1}))
      resize(session, id, -1);
    if (begin_submenu(gui, prefix + "units", fmt::format("Number of {}s", what))) {
      for (const int count : {1, 2, 4, 8, 16, 32, 64, 128})
        if (menu_entry(gui, fmt::format("{}units.{}", prefix, count), fmt::format("{}", count),
                       {.checked = count == units}))
          resize(session, id, count - units);
      menu_rule(gui);
      begin_menu_controls(gui);
      double wanted = units;
      const NumberLook whole{.least = 1, .most = edit::most_units, .integer = true};
      if (number_field(gui, prefix + "units.exactly", "Exactly", wanted, whole,
                       {.label_width = 58, .width = 70}))
        resize(session, id, static_cast<int>(wanted) - units);
      end_menu_controls(gui);
      end_submenu(gui);
    }
  }
  if (const Activation* current = edit::activation(node);
      current && begin_submenu(gui, prefix + "activation", "Activation")) {
    for_each_alternative<Activation>([&](const auto& function) {
      const Activation chosen = function;
      if (menu_entry(gui, prefix + "activation." + std::string(function.name),
                     activation_name(chosen), {.checked = current->index() == chosen.index()}))
        edit(
            session, "activation of " + id,
            [&](const Network& network) { return edit::set_activation(network, id, chosen); },
            false);
    });
    end_submenu(gui);
  }
  const auto* conv = std::get_if<Conv2d>(&node.layer);
  const auto* pool = std::get_if<MaxPool>(&node.layer);
  if ((conv || pool) && begin_submenu(gui, prefix + "kernel", "Kernel")) {
    const Extent current = conv ? conv->kernel : pool->kernel;
    for (int side = conv ? 1 : 2; side <= (conv ? 7 : 4); side += conv ? 2 : 1)
      if (menu_entry(gui, fmt::format("{}kernel.{}", prefix, side),
                     fmt::format("{} \u00d7 {}", side, side),
                     {.checked = current == Extent{side, side}}))
        edit(session, "kernel of " + id, [&](const Network& network) {
          return edit::set_kernel(network, id, {side, side});
        });
    end_submenu(gui);
  }
}

/// Of the input, a unit or a weight.
void NetworkCanvas::place_menu(Gui& gui, Session& session) {
  if (menu_of_ == "input") {
    if (menu_entry(gui, "input.menu.insert_after", "New layer behind it")) insert(session, "input");
    return;
  }
  Run& run = session.run();
  const auto number = number_at(menu_of_);
  if (number) {
    const std::string what = number->label == "$b$" ? "bias" : "weight";
    if (menu_entry(gui, menu_of_ + ".type", "Type its " + what + "\u2026",
                   {.keys = "2 \u00d7 click"})) {
      typing_ = menu_of_;
      typed_ = run.weight(number->tensor, number->index);
      opens_field_ = true;
    }
    if (menu_entry(gui, menu_of_ + ".zero", "Set its " + what + " to 0"))
      run.edit_weight(number->tensor, number->index, 0);
    if (menu_entry(gui, menu_of_ + ".turn", "Turn its sign"))
      run.edit_weight(number->tensor, number->index, -run.weight(number->tensor, number->index));
  }
  const auto dot = menu_of_.find(".unit");
  if (dot == std::string::npos) return;
  const std::string node = menu_of_.substr(0, dot);
  const Block* block = block_of(node);
  if (!block || block->is_output || !block->resizable) return;
  menu_rule(gui);
  if (menu_entry(gui, menu_of_ + ".remove_it", "Remove this unit",
                 {.keys = "Delete", .enabled = block->units > 1}))
    remove_unit(session, node, std::atoi(menu_of_.c_str() + dot + 5) - 1);
}

}  // namespace crease::app
