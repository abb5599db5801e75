// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/image/deflate.h"

#include <zlib.h>

#include <algorithm>
#include <bit>

namespace limpid::image {

Bytes deflated(ByteView bytes)
{
    uLongf length = compressBound(static_cast<uLong>(bytes.size()));
    Bytes stream(length);
    const int status = compress2(stream.data(), &length, bytes.data(),
                                 static_cast<uLong>(bytes.size()), Z_DEFAULT_COMPRESSION);
    if (status != Z_OK)
        throwFailure(ErrorCode::OutOfMemory, "compressing failed");
    stream.resize(length);
    return stream;
}

Bytes inflated(ByteView stream, std::size_t maxBytes)
{
    // Grown on demand: what the stream claims is not known before it is unpacked.
    for (std::size_t room = std::min<std::size_t>(1U << 16, maxBytes);; room *= 4) {
        room = std::min(room, maxBytes);
        Bytes bytes(room);
        uLongf length = static_cast<uLongf>(room);
        const int status =
            uncompress(bytes.data(), &length, stream.data(), static_cast<uLong>(stream.size()));
        if (status == Z_OK) {
            bytes.resize(length);
            return bytes;
        }
        if (status != Z_BUF_ERROR || room == maxBytes)
            throwFailure(ErrorCode::DamagedFile, "a compressed block is damaged or too large");
    }
}

std::uint32_t crc32Of(ByteView bytes)
{
    return static_cast<std::uint32_t>(
        crc32_z(0, bytes.data(), static_cast<z_size_t>(bytes.size())));
}

void swapSamples(Bytes& samples, ByteOrder order)
{
    const bool isHostBig = std::endian::native == std::endian::big;
    if (isHostBig == (order == ByteOrder::Big))
        return;
    for (std::size_t i = 0; i + 1 < samples.size(); i += 2)
        std::swap(samples[i], samples[i + 1]);
}

} // namespace limpid::image
