// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/byte_reader.h"

#include <string>
#include <utility>

namespace limpid {

ByteReader::ByteReader(std::span<const std::byte> bytes, std::filesystem::path path, ErrorCode code)
    : bytes_(bytes), path_(std::move(path)), code_(code)
{}

void ByteReader::seek(std::uint64_t position)
{
    if (position > bytes_.size())
        throw Failure({code_,
                       "position " + std::to_string(position) + " lies beyond the " +
                           std::to_string(bytes_.size()) + " bytes there are",
                       path_});
    position_ = static_cast<std::size_t>(position);
}

std::span<const std::byte> ByteReader::take(std::uint64_t count)
{
    if (count > remaining())
        throw Failure({code_,
                       std::to_string(count) + " bytes wanted at position " +
                           std::to_string(position_) + ", " + std::to_string(remaining()) + " left",
                       path_});
    const auto taken = bytes_.subspan(position_, static_cast<std::size_t>(count));
    position_ += taken.size();
    return taken;
}

} // namespace limpid
