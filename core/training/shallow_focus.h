// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/training/degradation.h"

namespace limpid::training {

/// A photograph with little depth of field, as its photographer wanted it: one round subject in
/// focus and disks of 3 to 20 px radius around it (now and then the other way around: something
/// near the lens hides a part of what is in focus), often darker than the scene, often with lamps
/// that the lens draws as disks. Half of them noisy, and half of those JPEG, within these ranges.
/// There is nothing to restore but the noise: see withoutNoise.
/// The subject is at (centerX, centerY), −1…1 across the picture and its margin.
Degradation drawShallowFocus(Dice& dice, const DegradationRanges& ranges, float centerX,
                             float centerY);

/// The same scene through the same lens, onto a perfect sensor.
Degradation withoutNoise(Degradation degradation);

} // namespace limpid::training
