// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/checkpoint/byte_source.h"

#include "core/base/result.h"

#include <string>

namespace limpid::checkpoint {

std::vector<std::byte> bytesAt(const ByteSource& source, std::uint64_t offset, std::uint64_t count)
{
    if (offset > source.size() || count > source.size() - offset)
        throw Failure({ErrorCode::ModelDamaged,
                       std::to_string(count) + " bytes wanted at position " +
                           std::to_string(offset) + " of " + std::to_string(source.size()),
                       {}});
    std::vector<std::byte> bytes(static_cast<std::size_t>(count));
    source.read(offset, bytes);
    return bytes;
}

} // namespace limpid::checkpoint
