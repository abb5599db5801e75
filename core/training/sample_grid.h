// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/training/contact_sheet.h"
#include "core/training/photo_cache.h"
#include "core/training/validation.h"

#include <vector>

namespace limpid::training {

/// What restorers do to a few of the photographs, always the same ones with the same damage: a row
/// for each class of blur and one that is merely noisy, each with input, answers and truth for two
/// photographs, and the PSNR of all but the truth.
ContactSheet sampleGrid(const PhotoCache& photos, std::int64_t side,
                        const std::vector<NamedRestorer>& restorers);

} // namespace limpid::training
