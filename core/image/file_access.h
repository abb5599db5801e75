// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/image/bytes.h"

#include <filesystem>

namespace limpid::image {

/// The contents of a regular file; devices and pipes are refused unopened, because reading them
/// could wait for ever. Throws Failure: FileNotFound, NotARegularFile, FileUnreadable, and
/// PictureTooLarge above `maxBytes`.
Bytes readFile(const std::filesystem::path& path, std::int64_t maxBytes);

/// True when both name one file: through links, other spellings or equal folders.
bool isSameFile(const std::filesystem::path& a, const std::filesystem::path& b);

} // namespace limpid::image
