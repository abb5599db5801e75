// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/evaluation/report.h"

#include "core/base/atomic_file.h"

#include <iterator>
#include <span>

namespace limpid::evaluation {

namespace {

constexpr const char* files[] = {"report.md", "report.json", "plot.svg"};

Result<void> makeFolder(const std::filesystem::path& folder)
{
    std::error_code error;
    std::filesystem::create_directories(folder, error);
    if (error)
        return fail(ErrorCode::FileUnwritable, error.message(), folder);
    return {};
}

} // namespace

Result<void> prepareReport(const std::filesystem::path& folder)
{
    if (auto made = makeFolder(folder); !made)
        return made;
    for (const char* name : files)
        if (const auto file = AtomicFile::create(folder / name); !file)
            return tl::unexpected(file.error());
    return {};
}

Result<void> writeReport(const Report& report, const std::filesystem::path& folder)
{
    if (auto made = makeFolder(folder); !made)
        return made;
    const std::string texts[] = {asMarkdown(report), asJson(report), asSvg(report)};
    for (std::size_t i = 0; i < std::size(files); ++i)
        if (auto written =
                writeFileAtomically(folder / files[i], std::as_bytes(std::span(texts[i])));
            !written)
            return written;
    return {};
}

} // namespace limpid::evaluation
