// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/models_folder.h"

#include <system_error>

namespace limpid::app {

namespace fs = std::filesystem;

fs::path modelsFolderOf(const fs::path& executable)
{
    constexpr int levelsUp = 4; // build/<preset>/bin/limpid-cli
    const fs::path installed = executable.parent_path().parent_path() / "share/limpid/models";
    std::error_code error;
    if (fs::exists(installed / "catalog.json", error))
        return installed;
    fs::path folder = executable.parent_path();
    for (int level = 0; level < levelsUp; ++level, folder = folder.parent_path())
        if (fs::exists(folder / "models/catalog.json", error))
            return folder / "models";
    return installed;
}

fs::path ownModelsFolder()
{
    std::error_code error;
    return modelsFolderOf(fs::read_symlink("/proc/self/exe", error));
}

} // namespace limpid::app
