// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/region/blend.h"

#include <memory>

namespace limpid::ui {

/// The part of `before` under the patch with the patch laid in by mask · strength; what lies
/// outside of the picture is cut off. A null mask is 1 everywhere. Any thread.
region::Patch blendedPatch(const image::Image& before, const region::Patch& patch,
                           const std::shared_ptr<const region::Mask>& mask, float strength);

} // namespace limpid::ui
