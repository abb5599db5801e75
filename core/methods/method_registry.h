// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/engine/method_spec.h"
#include "core/methods/restoration_method.h"
#include "core/networks/load_weights.h"

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace limpid::methods {

/// A method that this build knows: how it is described, and how it is made from a weight file.
struct MethodEntry {
    using Loader = Result<std::unique_ptr<RestorationMethod>> (*)(
        const checkpoint::SafetensorsFile& file, const CancelToken& token);

    engine::MethodSpec spec;
    Loader load = nullptr;
};

/// All methods, in the order in which they are offered. The only place that knows their ids.
const std::vector<MethodEntry>& registeredMethods();

/// InvalidRequest when there is no such method.
[[nodiscard]] Result<MethodEntry> findMethod(std::string_view id);

/// The parameters with defaults filled in. InvalidRequest for an unknown id, a value out of range,
/// or a number of steps that the method does not have.
[[nodiscard]] Result<std::map<std::string, double>>
completeParameters(const engine::MethodSpec& spec, int steps,
                   const std::map<std::string, double>& given);

} // namespace limpid::methods
