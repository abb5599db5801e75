// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/atomic_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdint>
#include <random>
#include <string>
#include <system_error>

namespace limpid {
namespace {

namespace fs = std::filesystem;

[[noreturn]] void raise(const char* action, int code, const fs::path& target)
{
    const bool full = code == ENOSPC || code == EDQUOT || code == EFBIG;
    throw Failure({full ? ErrorCode::DiskFull : ErrorCode::FileUnwritable,
                   std::string(action) + ": " + std::generic_category().message(code), target});
}

void checkTarget(const fs::path& target)
{
    if (!target.has_filename())
        throw Failure({ErrorCode::FileUnwritable, "the name is empty", target});
    struct stat existing {};
    // Renaming over a device or pipe would silently replace it by a file.
    if (::stat(target.c_str(), &existing) == 0 && !S_ISREG(existing.st_mode))
        throw Failure({ErrorCode::NotARegularFile, "the target is not a regular file", target});
}

template<class Action>
Result<void> attempt(Action action)
{
    try {
        action();
        return {};
    } catch (const Failure& failure) {
        return tl::unexpected(failure.error());
    }
}

} // namespace

/// A file that is removed again unless it was renamed to its final name.
class AtomicFile::TemporaryFile {
public:
    explicit TemporaryFile(const fs::path& target) : target_(target)
    {
        std::random_device random;
        constexpr int attempts = 100;
        for (int attempt = 0; attempt < attempts && descriptor_ < 0; ++attempt) {
            // Not derived from the target's name, which may already be 255 bytes long.
            path_ = folder() / (".limpid-" + std::to_string(random()) + ".tmp");
            // Mode 0666 lets the umask decide; mkstemp would force 0600.
            descriptor_ = ::open(path_.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
            if (descriptor_ < 0 && errno != EEXIST)
                break;
        }
        if (descriptor_ < 0)
            raise("creating a temporary file", errno, target_);
    }

    ~TemporaryFile()
    {
        if (descriptor_ >= 0)
            ::close(descriptor_);
        if (!renamed_)
            ::unlink(path_.c_str());
    }

    TemporaryFile(const TemporaryFile&) = delete;
    TemporaryFile& operator=(const TemporaryFile&) = delete;

    void write(std::span<const std::byte> bytes)
    {
        constexpr std::size_t largestWrite = std::size_t{1} << 30;
        while (!bytes.empty()) {
            const auto written =
                ::write(descriptor_, bytes.data(), std::min(bytes.size(), largestWrite));
            if (written < 0 && errno == EINTR)
                continue;
            if (written <= 0)
                raise("writing", written < 0 ? errno : EIO, target_);
            bytes = bytes.subspan(static_cast<std::size_t>(written));
            size_ += static_cast<std::uint64_t>(written);
        }
    }

    void commit()
    {
        struct stat temporary {};
        if (::fstat(descriptor_, &temporary) != 0 ||
            static_cast<std::uint64_t>(temporary.st_size) != size_)
            raise("writing", EIO, target_);
        struct stat existing {};
        if (::stat(target_.c_str(), &existing) == 0)
            ::fchmod(descriptor_, existing.st_mode & 0777);
        if (::fsync(descriptor_) != 0)
            raise("flushing to disk", errno, target_);
        const int closed = ::close(std::exchange(descriptor_, -1));
        if (closed != 0)
            raise("closing", errno, target_);
        if (::rename(path_.c_str(), target_.c_str()) != 0)
            raise("renaming the temporary file", errno, target_);
        renamed_ = true;
        syncFolder();
    }

private:
    fs::path folder() const { return target_.has_parent_path() ? target_.parent_path() : "."; }

    /// Makes the rename itself durable. Some file systems cannot sync a folder; that is no error.
    void syncFolder() const
    {
        const int descriptor = ::open(folder().c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
        if (descriptor < 0)
            return;
        const int code = ::fsync(descriptor) == 0 ? 0 : errno;
        ::close(descriptor);
        if (code == EIO || code == ENOSPC || code == EDQUOT)
            raise("flushing the folder to disk", code, target_);
    }

    fs::path target_;
    fs::path path_;
    std::uint64_t size_ = 0; ///< Of what was written.
    int descriptor_ = -1;
    bool renamed_ = false;
};

AtomicFile::AtomicFile(std::unique_ptr<TemporaryFile> file) : file_(std::move(file)) {}
AtomicFile::~AtomicFile() = default;
AtomicFile::AtomicFile(AtomicFile&&) noexcept = default;
AtomicFile& AtomicFile::operator=(AtomicFile&&) noexcept = default;

Result<AtomicFile> AtomicFile::create(const fs::path& target)
{
    try {
        checkTarget(target);
        return AtomicFile(std::make_unique<TemporaryFile>(target));
    } catch (const Failure& failure) {
        return tl::unexpected(failure.error());
    }
}

Result<void> AtomicFile::write(std::span<const std::byte> bytes)
{
    return attempt([&] { file_->write(bytes); });
}

Result<void> AtomicFile::commit()
{
    return attempt([this] { file_->commit(); });
}

Result<void> writeFileAtomically(const fs::path& target, FilePieces pieces)
{
    auto file = AtomicFile::create(target);
    if (!file)
        return tl::unexpected(file.error());
    for (const auto& piece : pieces)
        if (auto written = file->write(piece); !written)
            return written;
    return file->commit();
}

Result<void> writeFileAtomically(const fs::path& target, std::span<const std::byte> bytes)
{
    const std::array pieces{bytes};
    return writeFileAtomically(target, FilePieces(pieces));
}

} // namespace limpid
