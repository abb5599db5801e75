// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <torch/types.h>

namespace limpid::methods {

/// Makes the edges of a picture steep where they are, and evens its grain out: each pixel moves
/// towards its brighter or its darker neighbors, by the side of the edge on which it lies (Osher &
/// Rudin 1990, with the edges of a softened picture as Alvarez & Mazorra 1994). [H, W] → [H, W].
torch::Tensor shockFiltered(const torch::Tensor& picture);

} // namespace limpid::methods
