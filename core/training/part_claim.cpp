// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/training/part_claim.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>
#include <utility>

namespace limpid::training {

namespace {

/// Whether a file that is open is the one that has this name now. It may have been taken away
/// meanwhile, and another one made.
bool hasName(int descriptor, const std::filesystem::path& name)
{
    struct stat open {};
    struct stat named {};
    return ::fstat(descriptor, &open) == 0 && ::stat(name.c_str(), &named) == 0 &&
           open.st_dev == named.st_dev && open.st_ino == named.st_ino;
}

} // namespace

PartClaim::PartClaim(std::filesystem::path marker, int descriptor)
    : marker_(std::move(marker)), descriptor_(descriptor)
{}

PartClaim::PartClaim(PartClaim&& other) noexcept
    : marker_(std::move(other.marker_)), descriptor_(std::exchange(other.descriptor_, -1))
{}

PartClaim& PartClaim::operator=(PartClaim&& other) noexcept
{
    std::swap(marker_, other.marker_);
    std::swap(descriptor_, other.descriptor_);
    return *this;
}

PartClaim::~PartClaim()
{
    if (descriptor_ < 0)
        return;
    ::unlink(marker_.c_str()); // first: whoever waits for it sees that it is gone
    ::close(descriptor_);
}

Result<std::optional<PartClaim>> PartClaim::lock(const std::filesystem::path& marker, int how)
{
    for (;;) {
        const int descriptor = ::open(marker.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0666);
        if (descriptor < 0)
            return fail(ErrorCode::FileUnwritable, std::generic_category().message(errno), marker);
        const bool locked = ::flock(descriptor, how) == 0;
        const int reason = errno;
        const bool again = locked ? !hasName(descriptor, marker) : reason == EINTR;
        if (!again && (locked || reason != EWOULDBLOCK))
            return PartClaim(marker, descriptor);
        ::close(descriptor);
        if (!again)
            return std::nullopt;
    }
}

Result<std::optional<PartClaim>> PartClaim::take(const std::filesystem::path& marker)
{
    return lock(marker, LOCK_EX | LOCK_NB);
}

Result<PartClaim> PartClaim::wait(const std::filesystem::path& marker)
{
    auto claim = lock(marker, LOCK_EX);
    if (!claim)
        return tl::unexpected(claim.error());
    if (!*claim) // a file system that would not let one wait
        return fail(ErrorCode::FileUnwritable, "another process has locked it", marker);
    return std::move(**claim);
}

} // namespace limpid::training
