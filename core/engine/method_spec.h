// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/engine/frame.h"
#include "core/region/context.h"

#include <string>
#include <vector>

namespace limpid::engine {

/// A setting of a method, described as data: the interface and the command line are built from it.
/// Words for the user belong to the interface, looked up by id.
struct ParameterSpec {
    enum class Kind { Integer, Real, Toggle, Choice };

    std::string id; ///< E.g. "noise": key in RestorationRequest::parameters.
    Kind kind = Kind::Real;
    double minimum = 0;
    double maximum = 1;
    double step = 0.01;
    double defaultValue = 0;
    std::vector<std::string> choices{}; ///< Choice: the value is an index into these ids.
    bool advanced = false;              ///< Shown only to those who ask for it.
    int fromSteps = 1;                  ///< Changes nothing in a run of fewer steps.
};

/// A method as the rest of the program sees it.
struct MethodSpec {
    std::string id; ///< "msg", "deblurdiff".
    int minSteps = 1;
    int maxSteps = 50;
    int defaultSteps = 6;
    std::vector<ParameterSpec> parameters;
    std::vector<FrameKind> frames; ///< Kinds of preview it publishes.
    region::ContextRule context{}; ///< What it looks at around a region.
};

/// A place where tensors can live, for the device list. `reason` says why it cannot be used.
struct DeviceInfo {
    std::string id;   ///< "cpu", "cuda:0".
    std::string name; ///< E.g. "AMD EPYC (2 threads, bf16)".
    bool usable = true;
    std::string reason;
};

} // namespace limpid::engine
