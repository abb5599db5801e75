// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/checkpoint/safetensors.h"

#include "core/checkpoint/mapped_file.h"
#include "core/checkpoint/safetensors_header.h"

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

TensorIndex readSafetensorsIndex(std::span<const std::byte> file, const HeaderLimits& limits)
{
    if (file.size() < lengthBytes)
        throw Failure({ErrorCode::ModelDamaged, "shorter than a header", {}});
    const std::uint64_t length = littleEndian64(file);
    if (length > limits.headerBytes || length > file.size() - lengthBytes)
        throw Failure({ErrorCode::ModelDamaged,
                       "the header claims " + std::to_string(length) + " bytes",
                       {}});
    const auto header = file.subspan(lengthBytes, static_cast<std::size_t>(length));
    const std::string_view json(reinterpret_cast<const char*>(header.data()), header.size());
    return parseSafetensorsHeader(json, lengthBytes + length, file.size(), limits);
}

Result<SafetensorsFile> SafetensorsFile::open(const std::filesystem::path& path)
{
    try {
        SafetensorsFile file;
        file.mapping_ = MappedFile::open(path);
        file.index_ = readSafetensorsIndex(file.mapping_->bytes());
        return file;
    } catch (const Failure& failure) {
        Error error = failure.error();
        error.path = path;
        return tl::unexpected(std::move(error));
    }
}

std::span<const std::byte> SafetensorsFile::bytes(const TensorEntry& entry) const
{
    assert(entry.offset + entry.bytes <= mapping_->bytes().size());
    return mapping_->bytes().subspan(static_cast<std::size_t>(entry.offset),
                                     static_cast<std::size_t>(entry.bytes));
}

void SafetensorsFile::forget(const TensorEntry& entry) const
{
    mapping_->forget(bytes(entry));
}

} // namespace limpid::checkpoint
