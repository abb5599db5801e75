// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/state/compact_models.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace limpid::ui {

bool usesCompactModel(const ModelStore& models, const std::string& method)
{
    const std::string id = models.inUse(method);
    return std::ranges::any_of(models.models(), [&](const InstalledModel& model) {
        return model.entry.method == method && model.entry.id == id &&
               model.entry.importedFrom.empty();
    });
}

bool servesCompactModels(const std::string& parameter)
{
    constexpr std::array<std::string_view, 4> published{"start", "sampler", "text_guidance",
                                                        "reference"};
    return std::ranges::find(published, parameter) == published.end();
}

} // namespace limpid::ui
