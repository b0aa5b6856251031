#pragma once
/// The parameters of a plan: one flat vector, its start values, its tensors.
#include <map>
#include <string>
#include <vector>

#include "core/aligned.h"
#include "core/tensor.h"
#include "net/plan.h"

namespace crease {

/// Tensors by name ("h1.weight").
using Tensors = std::map<std::string, Tensor>;

/// Start values: each tensor has its own random stream, keyed by its name, so that adding a node
/// leaves the others as they were.
template <class T>
AlignedVector<T> initialise(const Plan& plan, const Initialiser& initialiser, std::uint64_t seed);

/// Returns the names that the plan does not know; throws Problem where a shape differs, or a number
/// is too large for `T`.
template <class T>
std::vector<std::string> check_tensors(const Plan& plan, const Tensors& tensors);

/// The same, and copies the tensors that the plan knows into the flat vector.
template <class T>
std::vector<std::string> read_tensors(const Plan& plan, const Tensors& tensors,
                                      AlignedVector<T>& flat);

/// Which segments: those that are learned by their gradient, the running statistics, or both.
enum class Kinds { all, learned, statistics };

/// The segments of a flat vector as tensors; numbers are the shortest that read back to the same
/// bits.
template <class T>
Tensors write_tensors(const Plan& plan, const AlignedVector<T>& flat, Kinds kinds = Kinds::all);

/// A fingerprint of the parameters' bits, sixteen hexadecimal digits.
template <class T>
std::string hash_of(const Plan& plan, const AlignedVector<T>& flat);

}  // namespace crease
