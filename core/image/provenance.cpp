// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/image/provenance.h"

#include <array>
#include <charconv>
#include <system_error>

namespace limpid::image {

namespace {

std::string shortest(float number)
{
    std::array<char, 32> text{};
    const auto [end, error] = std::to_chars(text.data(), text.data() + text.size(), number);
    return {text.data(), error == std::errc() ? end : text.data()};
}

} // namespace

std::string readable(const Recipe& recipe)
{
    const std::string model = recipe.model.empty() ? "its default model" : "model " + recipe.model;
    std::string line = "method " + recipe.method + ", " + model + ", step " +
                       std::to_string(recipe.step) + " of " + std::to_string(recipe.steps) +
                       ", seed " + std::to_string(recipe.seed) + ", strength " +
                       shortest(recipe.strength) + ", ";
    if (!recipe.region)
        return line + "whole picture";
    const Rect& area = *recipe.region;
    return line + "region x " + std::to_string(area.x) + " y " + std::to_string(area.y) +
           " width " + std::to_string(area.width) + " height " + std::to_string(area.height) +
           ", feather " + std::to_string(recipe.featherPixels) + " pixels";
}

} // namespace limpid::image
