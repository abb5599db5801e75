// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <string>

namespace limpid::networks {

/// The text of a file, unpacked if it is gzipped; at most `limit` bytes. Throws Failure
/// (ModelMissing, NotARegularFile, FileUnreadable, ModelDamaged).
std::string readTextFile(const std::filesystem::path& path, std::size_t limit);

} // namespace limpid::networks
