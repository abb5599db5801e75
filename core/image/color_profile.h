// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/image/image.h"
#include "core/image/raster.h"

#include <array>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

namespace limpid::image {

/// An RGB color space: chromaticities (CIE x, y) and a curve.
struct RgbSpace {
    std::string name; ///< ASCII, as programs show it.
    std::array<double, 2> red{}, green{}, blue{}, white{};
    double gamma = 0.0; ///< 0: the curve of sRGB.
};

/// An ICC profile of it, the same bytes each time; empty when the numbers span no color space.
std::vector<std::uint8_t> makeRgbProfile(const RgbSpace& space);

/// Converts between a file's color space (its ICC profile, or sRGB when it has none or a broken
/// one) and the working space. Gray profiles are understood. Immutable; any thread.
class ColorProfile {
public:
    /// `icc` may be empty. `channels` is the raster's channel count.
    static ColorProfile fromIcc(std::span<const std::uint8_t> icc, int channels);

    Image toWorking(const Raster& raster) const;

    /// A row of working-space RGB (3 values per pixel) to the file's color channels
    /// (1 for gray, else 3; no alpha), 0…1, not rounded.
    void fromWorking(std::span<const float> working, std::span<float> samples) const;

    ~ColorProfile();
    ColorProfile(ColorProfile&&) noexcept;
    ColorProfile& operator=(ColorProfile&&) noexcept;

private:
    struct Transforms;
    explicit ColorProfile(std::unique_ptr<Transforms> transforms);
    std::unique_ptr<Transforms> transforms_;
};

} // namespace limpid::image
