// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>

namespace limpid::app {

/// The folder of models that belongs to a program: share/limpid/models of its installation, or
/// models/ of the source tree it was built in.
std::filesystem::path modelsFolderOf(const std::filesystem::path& executable);

/// The same for the running program.
std::filesystem::path ownModelsFolder();

} // namespace limpid::app
