// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/user_models_folder.h"

#include <cstdlib>

namespace limpid::app {

namespace {

namespace fs = std::filesystem;

/// The folder for the data of all programs of a user.
fs::path dataFolder(const Environment& environment)
{
#if defined(_WIN32)
    return environment("LOCALAPPDATA");
#elif defined(__APPLE__)
    const fs::path home = environment("HOME");
    return home.empty() ? home : home / "Library" / "Application Support";
#else
    const fs::path named = environment("XDG_DATA_HOME");
    if (named.is_absolute()) // the specification has relative ones ignored
        return named;
    const fs::path home = environment("HOME");
    return home.empty() ? home : home / ".local" / "share";
#endif
}

} // namespace

fs::path userModelsFolderOf(const Environment& environment)
{
    const fs::path folder = dataFolder(environment);
    return folder.empty() ? folder : folder / "limpid" / "models";
}

fs::path userModelsFolder()
{
    return userModelsFolderOf([](const char* name) -> std::string {
        const char* value = std::getenv(name);
        return value ? value : "";
    });
}

} // namespace limpid::app
