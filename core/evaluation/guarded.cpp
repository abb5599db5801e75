// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/evaluation/guarded.h"

#include <algorithm>
#include <array>
#include <new>
#include <string>

namespace limpid::evaluation {

namespace {

/// On the processor an allocation of LibTorch's that failed has no type of its own.
bool speaksOfMemory(const std::string& text)
{
    constexpr std::array phrases{"allocate memory", "not enough memory", "out of memory"};
    return std::ranges::any_of(
        phrases, [&](const char* phrase) { return text.find(phrase) != std::string::npos; });
}

} // namespace

Error errorOf(const std::exception& exception, const std::filesystem::path& source)
{
    if (const auto* failure = dynamic_cast<const Failure*>(&exception)) {
        const auto& error = failure->error();
        return {error.code, error.detail, error.path.empty() ? source : error.path};
    }
    const std::string text = exception.what();
    const auto line = text.substr(0, text.find('\n'));
    if (dynamic_cast<const std::bad_alloc*>(&exception) != nullptr || speaksOfMemory(line))
        return {ErrorCode::OutOfMemory, "an allocation failed", source};
    return {ErrorCode::Internal, line, source};
}

} // namespace limpid::evaluation
