// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/image/provenance.h"
#include "ui/state/restoration.h"

#include <functional>
#include <string>

namespace limpid::ui {

/// The catalog id of the model that a method takes when none is named; empty when nobody knows.
using DefaultModel = std::function<std::string(const std::string& method)>;

/// What is to be said of a picture with these results in it, as of now: a recipe for each of them.
/// The program is the application's name and version. `restoration` is not null; strength 0…1.
image::Provenance provenanceOf(const RestorationPtr& restoration, float strength,
                               const DefaultModel& defaultModel);

} // namespace limpid::ui
