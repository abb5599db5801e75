// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace limpid::tests {

/// A text file of the repository.
struct SourceFile {
    std::string path; ///< From the repository root, with '/': "core/base/error.h".
    std::string text;

    bool endsWith(std::string_view suffix) const { return path.ends_with(suffix); }
    bool isUnder(std::string_view folder) const { return path.starts_with(folder); }
    bool isHeader() const { return endsWith(".h"); }
    bool isCpp() const { return endsWith(".cpp"); }
    bool isCMake() const { return endsWith("CMakeLists.txt") || endsWith(".cmake"); }
};

/// A broken rule and where.
struct Violation {
    std::string path;
    int line = 0;
    std::string rule;
};

/// All .h, .cpp and CMake files of core, ui, app, tests, packaging and the root.
std::vector<SourceFile> readSources(const std::filesystem::path& root);

/// One line per violation: "core/base/log.cpp:12: rule".
std::string describe(const std::vector<Violation>& violations);

} // namespace limpid::tests
