// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/methods/method_registry.h"

#include "core/methods/deblurdiff.h"
#include "core/methods/msg.h"

#include <algorithm>

namespace limpid::methods {

const std::vector<MethodEntry>& registeredMethods()
{
    static const std::vector<MethodEntry> methods{
        {.spec = Msg::spec(), .load = &Msg::load},
        {.spec = DeblurDiff::spec(), .load = &DeblurDiff::load},
    };
    return methods;
}

Result<MethodEntry> findMethod(std::string_view id)
{
    const auto& methods = registeredMethods();
    const auto found = std::find_if(methods.begin(), methods.end(),
                                    [id](const MethodEntry& entry) { return entry.spec.id == id; });
    if (found == methods.end())
        return fail(ErrorCode::InvalidRequest, "there is no method '" + std::string(id) + "'");
    return *found;
}

Result<std::map<std::string, double>> completeParameters(const engine::MethodSpec& spec, int steps,
                                                         const std::map<std::string, double>& given)
{
    if (steps < spec.minSteps || steps > spec.maxSteps)
        return fail(ErrorCode::InvalidRequest, std::to_string(steps) + " steps: '" + spec.id +
                                                   "' takes " + std::to_string(spec.minSteps) +
                                                   " to " + std::to_string(spec.maxSteps));
    std::map<std::string, double> complete;
    for (const auto& parameter : spec.parameters)
        complete[parameter.id] = parameter.defaultValue;
    for (const auto& [id, value] : given) {
        const auto known =
            std::find_if(spec.parameters.begin(), spec.parameters.end(),
                         [&id = id](const auto& parameter) { return parameter.id == id; });
        if (known == spec.parameters.end())
            return fail(ErrorCode::InvalidRequest,
                        "'" + spec.id + "' has no parameter '" + id + "'");
        // Written so that NaN is refused, too.
        if (!(value >= known->minimum && value <= known->maximum))
            return fail(ErrorCode::InvalidRequest,
                        "parameter '" + id + "' is out of range: " + std::to_string(value));
        complete[id] = value;
    }
    return complete;
}

} // namespace limpid::methods
