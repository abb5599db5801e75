// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <exception>
#include <filesystem>
#include <type_traits>

namespace limpid::evaluation {

/// What an exception means: a Failure's own error, OutOfMemory when an allocation failed, also one
/// of LibTorch's on the processor, else Internal. One line, without LibTorch's stack frames.
/// source: the path of the error, unless a Failure has one.
Error errorOf(const std::exception& exception, const std::filesystem::path& source);

/// The Result that `work` returns; whatever it throws becomes that Result's error.
template<class Work>
std::invoke_result_t<Work> guarded(const std::filesystem::path& source, const Work& work)
{
    try {
        return work();
    } catch (const std::exception& exception) {
        return tl::unexpected(errorOf(exception, source));
    }
}

} // namespace limpid::evaluation
