// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/train_commands.h"
#include "app/train_session.h"
#include "core/training/photo_decoding.h"
#include "core/training/sample_grid.h"

#include <iostream>
#include <string>

namespace limpid::app {

training::PhotoTools photoTools()
{
    return {.cacheOf =
                [](const std::filesystem::path& photos, const std::filesystem::path& out) {
                    return training::cacheFor(photos, out, [](const std::string& line) {
                        std::cout << line << std::endl;
                    });
                },
            .drawSamples =
                [](const training::PhotoCache& held,
                   const std::vector<training::NamedRestorer>& restorers,
                   const std::filesystem::path& target) {
                    return training::sampleGrid(held, training::validationSide, restorers)
                        .write(target);
                }};
}

void addCommandsWithPhotos(CLI::App& app, int& exitCode)
{
    addGateCommands(app, exitCode);
    addEvaluateCommand(app, exitCode);
    addPhotoCommands(app, exitCode);
    addSheetCommand(app, exitCode);
}

} // namespace limpid::app
