// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/geometry.h"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace limpid::image {

/// What one restored part of a picture was made with.
struct Recipe {
    std::string method;
    std::string model{}; ///< Catalog id; empty: the method's default.
    int step = 1;        ///< Whose picture it is, 1…steps.
    int steps = 1;
    std::uint64_t seed = 1;
    float strength = 1.0F;        ///< 0…1.
    std::optional<Rect> region{}; ///< None: the whole picture.
    int featherPixels = 0;
};

/// That and how a picture was restored by a trained network, as its XMP will say.
struct Provenance {
    std::string program; ///< Name and version: "Limpid 1.0".
    /// None: not said, so that the same work writes the same bytes.
    std::optional<std::chrono::system_clock::time_point> when{};
    std::vector<Recipe> recipes{}; ///< One for each part, the lowest first.
};

/// A recipe in one line that a person can read, without the program.
std::string readable(const Recipe& recipe);

} // namespace limpid::image
