// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/image/bytes.h"
#include "core/image/photo_reader.h"

namespace limpid::image {

/// The format by content, never by name. Throws Failure: DamagedFile when empty, else
/// UnsupportedFormat.
FileFormat sniffFormat(ByteView file);

/// Throws Failure(DamagedFile) for an empty picture and Failure(PictureTooLarge) above the limit.
void checkSize(Size size, const ReadLimits& limits);

/// Checks the whole file's structure, without decoding. Throws Failure.
PhotoHeader parseHeader(ByteView file, const ReadLimits& limits);

} // namespace limpid::image
