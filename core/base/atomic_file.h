// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <cstddef>
#include <filesystem>
#include <span>

namespace limpid {

/// The bytes of a file in pieces, written one after another.
using FilePieces = std::span<const std::span<const std::byte>>;

/// Replaces `target` by the pieces, or leaves it untouched: unbuffered temporary file in the same
/// folder, every byte accounted for, fsync, rename, fsync of the folder. A link is replaced, not
/// followed. NotARegularFile for folders, devices and pipes; FileUnwritable, DiskFull.
[[nodiscard]] Result<void> writeFileAtomically(const std::filesystem::path& target,
                                               FilePieces pieces);

[[nodiscard]] Result<void> writeFileAtomically(const std::filesystem::path& target,
                                               std::span<const std::byte> bytes);

} // namespace limpid
