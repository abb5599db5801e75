// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/image/image.h"
#include "core/image/raster.h"

#include <cstdint>
#include <memory>
#include <span>

namespace limpid::image {

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
