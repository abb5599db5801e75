// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/image/bytes.h"

namespace limpid::image {

/// A zlib stream of these bytes.
Bytes deflated(ByteView bytes);

/// The contents of a zlib stream. Throws Failure(DamagedFile) when it is broken, and when it would
/// unpack to more than `maxBytes`.
Bytes inflated(ByteView stream, std::size_t maxBytes);

std::uint32_t crc32Of(ByteView bytes);

/// Turns 16-bit samples from the host's byte order to `order`, or back.
void swapSamples(Bytes& samples, ByteOrder order);

} // namespace limpid::image
