// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <functional>
#include <string>

namespace limpid::app {

/// The value of an environment variable; empty when it is not set.
using Environment = std::function<std::string(const char* name)>;

/// Where imported models go: limpid/models below the folder in which this system keeps a user's
/// data. Empty when the environment names none.
std::filesystem::path userModelsFolderOf(const Environment& environment);

/// Where the window keeps results for the case of a crash: limpid/work below the folder for what
/// programs remember of themselves. Likewise.
std::filesystem::path userWorkFolderOf(const Environment& environment);

/// The same for the running program.
std::filesystem::path userModelsFolder();
std::filesystem::path userWorkFolder();

} // namespace limpid::app
