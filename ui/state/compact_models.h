// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/state/model_store.h"

#include <string>

namespace limpid::ui {

/// True when the model that a method uses is a compact one: those are trained by Limpid's own
/// tools, while what is imported is a published checkpoint. False when there is none.
bool usesCompactModel(const ModelStore& models, const std::string& method);

/// False for a parameter, by ParameterSpec::id, that compact models refuse or do not look at.
bool servesCompactModels(const std::string& parameter);

} // namespace limpid::ui
