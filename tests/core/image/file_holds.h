// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/support/make_photo.h"

#include <algorithm>

namespace limpid::tests {

/// Whether these bytes stand somewhere in the file.
template<class Part>
bool holds(const std::filesystem::path& path, const Part& part)
{
    const Bytes file = fileBytes(path);
    return !std::ranges::search(file, part).empty();
}

} // namespace limpid::tests
