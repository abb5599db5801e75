// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/state/restoration_provenance.h"

#include <QCoreApplication>

namespace limpid::ui {

namespace {

image::Recipe recipeOf(const Restoration& made, float strength, const DefaultModel& defaultModel)
{
    const engine::RestorationRequest& request = made.request;
    image::Recipe recipe{.method = request.method,
                         .model = request.model,
                         .step = made.step,
                         .steps = request.steps,
                         .seed = request.seed,
                         .strength = strength};
    if (recipe.model.empty() && defaultModel)
        recipe.model = defaultModel(request.method);
    if (request.region) {
        recipe.region = request.region->rect;
        recipe.featherPixels = request.region->featherPixels;
    }
    return recipe;
}

} // namespace

image::Provenance provenanceOf(const RestorationPtr& restoration, float strength,
                               const DefaultModel& defaultModel)
{
    const QString program = QStringLiteral("Limpid ") + QCoreApplication::applicationVersion();
    image::Provenance provenance{.program = program.trimmed().toStdString(),
                                 .when = std::chrono::system_clock::now()};
    for (const auto& made : allOf(restoration))
        provenance.recipes.push_back(recipeOf(*made, strength, defaultModel));
    return provenance;
}

} // namespace limpid::ui
