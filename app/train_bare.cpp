// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/train_commands.h"
#include "app/train_session.h"

namespace limpid::app {

training::PhotoTools photoTools()
{
    return {};
}

void addCommandsWithPhotos(CLI::App& /*app*/, int& /*exitCode*/) {}

} // namespace limpid::app
