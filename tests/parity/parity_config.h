// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/networks/deblurdiff_config.h"

#include <nlohmann/json.hpp>

namespace limpid::parity {

/// The configuration of a set's config.json, which is spelled as the published code spells it.
networks::DeblurDiffConfig configFromJson(const nlohmann::json& json);

} // namespace limpid::parity
