// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/architecture/source_tree.h"

#include <algorithm>
#include <fstream>
#include <iterator>

namespace limpid::tests {

namespace fs = std::filesystem;

namespace {

void addIfSource(const fs::path& root, const fs::path& file, std::vector<SourceFile>& sources)
{
    SourceFile source{.path = file.lexically_relative(root).generic_string(), .text = {}};
    if (!source.isHeader() && !source.isCpp() && !source.isCMake())
        return;
    std::ifstream stream(file, std::ios::binary);
    source.text.assign(std::istreambuf_iterator<char>(stream), {});
    sources.push_back(std::move(source));
}

} // namespace

std::vector<SourceFile> readSources(const fs::path& root)
{
    std::vector<SourceFile> sources;
    addIfSource(root, root / "CMakeLists.txt", sources);
    for (const char* folder : {"core", "ui", "app", "tests", "packaging"}) {
        if (!fs::is_directory(root / folder))
            continue;
        for (const auto& entry : fs::recursive_directory_iterator(root / folder)) {
            if (entry.is_regular_file())
                addIfSource(root, entry.path(), sources);
        }
    }
    std::sort(sources.begin(), sources.end(),
              [](const SourceFile& a, const SourceFile& b) { return a.path < b.path; });
    return sources;
}

std::string describe(const std::vector<Violation>& violations)
{
    std::string text;
    for (const Violation& violation : violations)
        text +=
            "\n" + violation.path + ":" + std::to_string(violation.line) + ": " + violation.rule;
    return text;
}

} // namespace limpid::tests
