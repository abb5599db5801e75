// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/training/gate_trainer.h"

#include <filesystem>
#include <ostream>
#include <vector>

namespace limpid::training {

/// What a session trains a gate for.
struct GateSessionOptions {
    std::filesystem::path model;  ///< A model file of any method, frozen.
    std::filesystem::path photos; ///< Cache or folder.
    std::filesystem::path validation;
    std::filesystem::path out;         ///< Folder of the lessons and the model with its gate.
    std::int64_t firstPart = 0;        ///< Of the lessons, to be drawn: sessions beside each other
                                       ///< begin at different ones.
    std::vector<int> modelSteps{1, 4}; ///< Sampling steps of the model, in turn; it is judged with
                                       ///< the first.
    double minutes = 10.0; ///< Training stops after this long; the lessons take their own time.
    std::int64_t judgedSide = 256; ///< Pixels of a validation picture; 0: no validation.
    GateLessonOptions lessons;
    GateOptions gate;
};

/// Restores crops with the model (once: what they teach is kept part by part in `out`/lessons, see
/// LessonFolder, and used again for the same networks and settings, whichever gate the model has),
/// trains a gate on them, writes `out`/<the model's name> with it, and tells `progress` what the
/// validation photographs gain without and with it. InvalidRequest for a gate of a deconvolution
/// without a second scale, from which it starts, or of a refined one without a deconvolution.
/// Before the first lesson: errors of partPhotos, and of requireRoom for the lessons' side and for
/// the judged one among the photographs held apart.
[[nodiscard]] Result<void> runGateSession(const GateSessionOptions& options,
                                          std::ostream& progress);

} // namespace limpid::training
