// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/checkpoint/safetensors.h"

#include "core/checkpoint/safetensors_header.h"
#include "core/checkpoint/weights_file.h"

#include <cassert>

namespace limpid::checkpoint {
namespace {

constexpr std::uint64_t lengthBytes = 8;

std::uint64_t littleEndian64(std::span<const std::byte> bytes)
{
    std::uint64_t value = 0;
    for (std::size_t i = lengthBytes; i-- > 0;)
        value = value << 8 | std::to_integer<std::uint64_t>(bytes[i]);
    return value;
}

} // namespace

TensorIndex readSafetensorsIndex(const ByteSource& file, const HeaderLimits& limits)
{
    if (file.size() < lengthBytes)
        throw Failure({ErrorCode::ModelDamaged, "shorter than a header", {}});
    const std::uint64_t length = littleEndian64(bytesAt(file, 0, lengthBytes));
    if (length > limits.headerBytes || length > file.size() - lengthBytes)
        throw Failure({ErrorCode::ModelDamaged,
                       "the header claims " + std::to_string(length) + " bytes",
                       {}});
    const auto header = bytesAt(file, lengthBytes, length);
    const std::string_view json(reinterpret_cast<const char*>(header.data()), header.size());
    return parseSafetensorsHeader(json, lengthBytes + length, file.size(), limits);
}

Result<SafetensorsFile> SafetensorsFile::open(const std::filesystem::path& path)
{
    try {
        SafetensorsFile file;
        file.file_ = WeightsFile::open(path);
        file.index_ = readSafetensorsIndex(*file.file_);
        return file;
    } catch (const Failure& failure) {
        Error error = failure.error();
        error.path = path;
        return tl::unexpected(std::move(error));
    }
}

Result<void> SafetensorsFile::read(const TensorEntry& entry, std::span<std::byte> target) const
{
    assert(target.size() == entry.bytes);
    try {
        file_->read(entry.offset, target);
        return {};
    } catch (const Failure& failure) {
        return tl::unexpected(failure.error());
    }
}

Result<std::vector<std::byte>> SafetensorsFile::bytes(const TensorEntry& entry) const
{
    std::vector<std::byte> bytes(static_cast<std::size_t>(entry.bytes));
    if (const auto done = read(entry, bytes); !done)
        return tl::unexpected(done.error());
    return bytes;
}

} // namespace limpid::checkpoint
