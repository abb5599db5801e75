// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/user_folders.h"

#include <cstdlib>

namespace limpid::app {

namespace {

namespace fs = std::filesystem;

/// For data of all programs of a user, and for what they remember of themselves.
enum class Kind { Data, State };

/// A folder of the XDG Base Directory Specification, or what other systems have in its place.
fs::path folderFor([[maybe_unused]] Kind kind, const Environment& environment)
{
#if defined(_WIN32)
    return environment("LOCALAPPDATA");
#elif defined(__APPLE__)
    const fs::path home = environment("HOME");
    return home.empty() ? home : home / "Library" / "Application Support";
#else
    const bool isState = kind == Kind::State;
    const fs::path named = environment(isState ? "XDG_STATE_HOME" : "XDG_DATA_HOME");
    if (named.is_absolute()) // the specification has relative ones ignored
        return named;
    const fs::path home = environment("HOME");
    return home.empty() ? home : home / ".local" / (isState ? "state" : "share");
#endif
}

std::string variable(const char* name)
{
    const char* value = std::getenv(name);
    return value ? value : "";
}

} // namespace

fs::path userModelsFolderOf(const Environment& environment)
{
    const fs::path folder = folderFor(Kind::Data, environment);
    return folder.empty() ? folder : folder / "limpid" / "models";
}

fs::path userWorkFolderOf(const Environment& environment)
{
    const fs::path folder = folderFor(Kind::State, environment);
    return folder.empty() ? folder : folder / "limpid" / "work";
}

fs::path userModelsFolder()
{
    return userModelsFolderOf(variable);
}

fs::path userWorkFolder()
{
    return userWorkFolderOf(variable);
}

} // namespace limpid::app
