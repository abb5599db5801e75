// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/image/raster.h"

#include <array>
#include <functional>
#include <optional>
#include <span>
#include <vector>

namespace limpid::image {

/// Turns RGB values 0…1 into linear RGB, pixel by pixel: [n · 3] to [n · 3].
using PixelTransform = std::function<void(std::span<const float>, std::span<float>)>;

/// A color transform in which each channel contributes on its own, as in all profiles made of
/// curves and a matrix. Then three tables say everything, ten times as fast as asking lcms2.
class AdditiveTable {
public:
    /// Asks for every level of the depth. None when the transform is of another kind.
    static std::optional<AdditiveTable> of(const PixelTransform& transform, SampleDepth depth);

    /// Row `y` of an RGB(A) raster of that depth as linear RGB, 3 values per pixel.
    void linearRow(const Raster& raster, int y, std::span<float> linear) const;

private:
    using Color = std::array<float, 3>;
    using Channel = std::vector<Color>; ///< What each level of one channel contributes.

    Color sum(std::size_t r, std::size_t g, std::size_t b) const;
    bool agreesWith(const PixelTransform& transform) const;

    template<class Sample>
    void convert(const std::uint8_t* row, int channels, std::span<float> linear) const;

    std::array<Channel, 3> channels_;
};

} // namespace limpid::image
