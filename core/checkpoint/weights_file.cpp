// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/checkpoint/weights_file.h"

#include "core/base/result.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cassert>
#include <cerrno>
#include <system_error>

namespace limpid::checkpoint {
namespace {

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

} // namespace

std::shared_ptr<const WeightsFile> WeightsFile::open(const std::filesystem::path& path)
{
    requireRegular(path);
    std::shared_ptr<WeightsFile> file(new WeightsFile(path));
    struct stat status {};
    if (::fstat(file->descriptor_, &status) != 0)
        throw Failure({ErrorCode::FileUnreadable, reason(errno), path});
    if (!S_ISREG(status.st_mode)) // became another one after the first look
        throw Failure({ErrorCode::NotARegularFile, "not a regular file", path});
    file->size_ = static_cast<std::uint64_t>(status.st_size);
    return file;
}

WeightsFile::WeightsFile(const std::filesystem::path& path)
    : path_(path), descriptor_(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK))
{
    if (descriptor_ < 0)
        throw Failure({ErrorCode::FileUnreadable, reason(errno), path});
}

WeightsFile::~WeightsFile()
{
    ::close(descriptor_);
}

void WeightsFile::read(std::uint64_t offset, std::span<std::byte> target) const
{
    assert(offset <= size_ && target.size() <= size_ - offset);
    while (!target.empty()) {
        const auto got =
            ::pread(descriptor_, target.data(), target.size(), static_cast<off_t>(offset));
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            throw Failure({ErrorCode::FileUnreadable, reason(errno), path_});
        if (got == 0)
            throw Failure({ErrorCode::ModelDamaged,
                           "it has become shorter since it was opened, when it had " +
                               std::to_string(size_) + " bytes; copy the file again",
                           path_});
        offset += static_cast<std::uint64_t>(got);
        target = target.subspan(static_cast<std::size_t>(got));
    }
}

} // namespace limpid::checkpoint
