// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/region/blend.h"

#include <QColor>

#include <vector>

namespace limpid::ui {

/// The color of invented detail, 0…1 of what the scale holds; its alpha says how much of it lies
/// over the picture. 1 stands for an RMS of 8 gray levels of 255 and more, 0 for half a level.
QColor inventionColor(double share);

/// The parts of the picture that the layers touch: in gray what they cover, with what they have
/// invented (image::inventedDetail) in these colors over it. What keeps the photo's colors is the
/// photo's own. Made band by band, so that it needs little beside what it returns. Any thread; not
/// for the GUI's, it takes a second for some megapixels.
std::vector<region::Patch> inventionPicture(const image::Image& before,
                                            const std::vector<region::Layer>& layers,
                                            float strength);

} // namespace limpid::ui
