// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/evaluation/report.h"

#include "core/base/atomic_file.h"

#include <span>

namespace limpid::evaluation {

Result<void> writeReport(const Report& report, const std::filesystem::path& folder)
{
    std::error_code error;
    std::filesystem::create_directories(folder, error);
    if (error)
        return fail(ErrorCode::FileUnwritable, error.message(), folder);
    const std::pair<const char*, std::string> files[] = {{"report.md", asMarkdown(report)},
                                                         {"report.json", asJson(report)},
                                                         {"plot.svg", asSvg(report)}};
    for (const auto& [name, text] : files)
        if (auto written = writeFileAtomically(folder / name, std::as_bytes(std::span(text)));
            !written)
            return written;
    return {};
}

} // namespace limpid::evaluation
