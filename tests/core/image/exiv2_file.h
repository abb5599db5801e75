// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <exiv2/exiv2.hpp>

#include <filesystem>
#include <memory>

namespace limpid::tests {

/// A file as Exiv2 reads it, another reader than ours. Throws what Exiv2 throws.
inline std::unique_ptr<Exiv2::Image> opened(const std::filesystem::path& path)
{
    auto file = Exiv2::ImageFactory::open(path.string());
    file->readMetadata();
    return std::unique_ptr<Exiv2::Image>(file.release());
}

} // namespace limpid::tests
