// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/evaluation/contender.h"

#include <optional>

namespace limpid::evaluation {

/// Programs that photographers use, where they are installed: "gmic" (Richardson–Lucy of G'MIC, 30
/// iterations) and "rawtherapee" (its Richardson–Lucy sharpening, 30 iterations, no damping, full
/// amount), each with a Gaussian of sigma 1.5 pixels or of "gmic:SIGMA". They are optional; one
/// that fails is not tried again. None for other names; an error for a sigma that is none.
std::optional<Result<Contender>> externalContender(const std::string& name);

} // namespace limpid::evaluation
