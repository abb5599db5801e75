// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/image/photo.h"
#include "tests/support/fake_runner.h"

namespace limpid::tests {

/// A photo that was never a file: random colors, 8 bit, under a name that does not exist.
inline image::Photo samplePhoto(Size size = {64, 48})
{
    const std::vector<std::uint8_t> bytes(static_cast<std::size_t>(size.area()) * 3, 128);
    return {.image = randomImage(size),
            .original = image::Raster(size, 3, image::SampleDepth::U8, bytes),
            .metadata = {},
            .format = image::FileFormat::Jpeg,
            .path = "/nowhere/holiday.jpg"};
}

} // namespace limpid::tests
