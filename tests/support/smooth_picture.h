// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/image/image.h"

namespace limpid::tests {

/// Smooth enough for a photograph, different at every place.
image::Image photoLike(Size size);

/// Over all values; infinite when the sizes differ, NaN when there is one in either.
float largestDifference(const image::Image& a, const image::Image& b);

} // namespace limpid::tests
