#pragma once
/// The closed list of views, and what can be done with any of them. A new one is a struct in this
/// folder and its name here.
#include <any>
#include <map>
#include <set>
#include <string>
#include <variant>

#include "train/json_fields.h"
#include "views/activation_pattern.h"
#include "views/construction.h"
#include "views/decision_boundary.h"
#include "views/feature_maps.h"
#include "views/folding.h"
#include "views/function_1d.h"
#include "views/images.h"
#include "views/linear_regions.h"
#include "views/loss_curves.h"
#include "views/network_view.h"
#include "views/pointed.h"
#include "views/region_counts.h"

namespace crease {

using View =
    std::variant<DecisionBoundary, LinearRegions, RegionCounts, ActivationPattern, Function1d,
                 Construction, Folding, LossCurves, Images, FeatureMaps, NetworkView>;

/// "Decision boundary", and "a network with 2 inputs".
std::string_view title_of(const View& view);
std::string_view needs_of(const View& view);

/// Of a figure in a file where nobody says another, points.
Size usual_size(const View& view);
/// Empty, or the sentence that names what the document lacks.
std::string refuses(const View& view, const Snapshot& snapshot);
/// Everything slow. The snapshot must not be refused.
std::any compute(const View& view, const Snapshot& snapshot, const Frame& frame,
                 const Cancelled& cancelled = never_cancelled);
/// What compute gave, with what an earlier answer of the same view and settings remembers of the
/// run; most views remember nothing.
std::any follow(const View& view, std::any now, const std::any& before);
/// What stands out in the first panel because it is pointed at somewhere; mostly nothing.
Emphasis emphasis(const View& view, const Snapshot& snapshot, const std::any& answer,
                  const Pointed& pointed, const Theme& theme);
/// The sample that a view is of; nothing where it is of none or of many.
std::optional<ChosenSample> sample_of(const View& view);
/// Makes it one of that sample, if it is of a single one.
void show_sample(View& view, const ChosenSample& sample);
/// The sample at a hot place of its picture, and the id of the place of a sample.
std::optional<ChosenSample> sample_at(const View& view, const std::string& hot);
std::string place_of(const View& view, const ChosenSample& sample);
/// What a click in the first panel chooses: a place of the inputs, a sample, or nothing.
Chosen chosen_at(const View& view, const Snapshot& snapshot, const std::any& answer, Point at);
/// Everything quick, from what compute gave for the same kind of view and the same snapshot.
Figure draw(const View& view, const Snapshot& snapshot, const std::any& answer, const Theme& theme);

/// The view of that name; throws Problem with the allowed ones.
View view_named(std::string_view name);

/// Its settings as a JSON object. Equal texts of it: equal settings.
Json settings_of(const View& view);
/// Sets those that `settings` holds; throws Problem at `where`. Names it does not know go to
/// `warnings`.
void set_settings(View& view, const Json& settings, const std::string& where,
                  std::vector<std::string>& warnings);
/// Settings that change nothing in this snapshot's picture: which output, where there is one.
std::set<std::string> idle_settings(const View& view, const Snapshot& snapshot);
/// The most that makes a difference in this snapshot's pictures, by the setting's name: a number of
/// layers, where the network has fewer.
std::map<std::string, double> limits_of_settings(const Snapshot& snapshot);
/// The settings that a document keeps for this view: in its `view`, the object of the view's name,
/// else those of the first tile that shows it.
void set_settings(View& view, const Document& document, std::vector<std::string>& warnings);

}  // namespace crease
