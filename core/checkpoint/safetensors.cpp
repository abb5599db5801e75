// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/checkpoint/safetensors.h"

#include "core/checkpoint/safetensors_header.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cassert>
#include <cerrno>
#include <system_error>

namespace limpid::checkpoint {
namespace {

constexpr std::uint64_t lengthBytes = 8;

std::string reason(int code)
{
    return std::generic_category().message(code);
}

/// Looks before opening: opening a device can have side effects, and a pipe would block.
void requireRegular(const std::filesystem::path& path)
{
    struct stat status {};
    if (::stat(path.c_str(), &status) != 0) {
        const bool missing = errno == ENOENT || errno == ENOTDIR;
        throw Failure(
            {missing ? ErrorCode::ModelMissing : ErrorCode::FileUnreadable, reason(errno), path});
    }
    if (!S_ISREG(status.st_mode))
        throw Failure({ErrorCode::NotARegularFile, "not a regular file", path});
}

std::uint64_t littleEndian64(std::span<const std::byte> bytes)
{
    std::uint64_t value = 0;
    for (std::size_t i = lengthBytes; i-- > 0;)
        value = value << 8 | std::to_integer<std::uint64_t>(bytes[i]);
    return value;
}

TensorIndex readIndex(std::span<const std::byte> file, const HeaderLimits& limits)
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

} // namespace

struct SafetensorsFile::Mapping {
    explicit Mapping(const std::filesystem::path& path)
    {
        const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
        if (descriptor < 0)
            throw Failure({ErrorCode::FileUnreadable, reason(errno), path});
        struct stat status {};
        const bool regular = ::fstat(descriptor, &status) == 0 && S_ISREG(status.st_mode);
        size = regular ? static_cast<std::size_t>(status.st_size) : 0;
        if (size > 0)
            address = ::mmap(nullptr, size, PROT_READ, MAP_PRIVATE, descriptor, 0);
        const int code = errno;
        ::close(descriptor);
        if (!regular)
            throw Failure({ErrorCode::NotARegularFile, "not a regular file", path});
        if (address == MAP_FAILED)
            throw Failure({ErrorCode::FileUnreadable, reason(code), path});
    }

    ~Mapping()
    {
        if (address && address != MAP_FAILED)
            ::munmap(address, size);
    }

    Mapping(const Mapping&) = delete;
    Mapping& operator=(const Mapping&) = delete;

    std::span<const std::byte> bytes() const
    {
        return {static_cast<const std::byte*>(address), size};
    }

    void* address = nullptr;
    std::size_t size = 0;
};

Result<SafetensorsFile> SafetensorsFile::open(const std::filesystem::path& path)
{
    try {
        requireRegular(path);
        SafetensorsFile file;
        file.mapping_ = std::make_shared<const Mapping>(path);
        file.index_ = readIndex(file.mapping_->bytes(), {});
        return file;
    } catch (const Failure& failure) {
        Error error = failure.error();
        error.path = path;
        return tl::unexpected(std::move(error));
    }
}

std::span<const std::byte> SafetensorsFile::bytes(const TensorEntry& entry) const
{
    assert(entry.offset + entry.bytes <= mapping_->size);
    return mapping_->bytes().subspan(static_cast<std::size_t>(entry.offset),
                                     static_cast<std::size_t>(entry.bytes));
}

} // namespace limpid::checkpoint
