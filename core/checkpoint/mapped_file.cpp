// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/checkpoint/mapped_file.h"

#include "core/base/result.h"
#include "core/base/round_up.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

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

std::shared_ptr<const MappedFile> MappedFile::open(const std::filesystem::path& path)
{
    requireRegular(path);
    return std::shared_ptr<const MappedFile>(new MappedFile(path));
}

MappedFile::MappedFile(const std::filesystem::path& path)
{
    const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (descriptor < 0)
        throw Failure({ErrorCode::FileUnreadable, reason(errno), path});
    struct stat status {};
    const bool regular = ::fstat(descriptor, &status) == 0 && S_ISREG(status.st_mode);
    size_ = regular ? static_cast<std::size_t>(status.st_size) : 0;
    if (size_ > 0)
        address_ = ::mmap(nullptr, size_, PROT_READ, MAP_PRIVATE, descriptor, 0);
    const int code = errno;
    ::close(descriptor);
    if (!regular)
        throw Failure({ErrorCode::NotARegularFile, "not a regular file", path});
    if (address_ == MAP_FAILED)
        throw Failure({ErrorCode::FileUnreadable, reason(code), path});
}

MappedFile::~MappedFile()
{
    if (address_)
        ::munmap(address_, size_);
}

void MappedFile::forget(std::span<const std::byte> part) const
{
    const auto page = static_cast<std::size_t>(::sysconf(_SC_PAGESIZE));
    const auto offset = static_cast<std::size_t>(part.data() - bytes().data());
    const auto begin = roundedUp(offset, page); // whole pages only
    const auto end = (offset + part.size()) / page * page;
    if (begin < end)
        ::madvise(static_cast<std::byte*>(address_) + begin, end - begin, MADV_DONTNEED);
}

} // namespace limpid::checkpoint
