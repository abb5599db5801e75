// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/state/photo_checksums.h"

#include "core/base/sha256.h"
#include "core/image/photo_reader.h"

#include <cstdint>
#include <map>
#include <mutex>
#include <system_error>
#include <utility>

namespace limpid::ui {

namespace {

/// As image::readPhoto: what is larger is refused unread, and hashing it could take minutes.
constexpr std::int64_t mostBytes = image::ReadLimits{}.maxPixels * 8 + (std::int64_t{256} << 20U);

std::string checksumOf(const std::filesystem::path& path)
{
    std::error_code error;
    const auto bytes = std::filesystem::file_size(path, error);
    if (error || bytes > static_cast<std::uintmax_t>(mostBytes))
        return {};
    return sha256OfFile(path).value_or(std::string());
}

} // namespace

/// Shared with readings in the pool.
struct PhotoChecksums::Noted {
    struct Entry {
        std::uint64_t ticket = 0;
        std::string checksum;
    };

    void note(const std::filesystem::path& path)
    {
        const auto ticket = nextTicket();
        const auto sum = checksum(path);
        const std::scoped_lock guard(mutex);
        auto& entry = byPath[path];
        if (ticket > entry.ticket)
            entry = {ticket, sum};
    }

    std::uint64_t nextTicket()
    {
        const std::scoped_lock guard(mutex);
        return ++newest;
    }

    Checksum checksum;
    std::mutex mutex;
    std::uint64_t newest = 0;
    std::map<std::filesystem::path, Entry> byPath;
};

PhotoChecksums::PhotoChecksums(Checksum checksum) : noted_(std::make_shared<Noted>())
{
    noted_->checksum = checksum ? std::move(checksum) : checksumOf;
}

PhotoLoader::Read PhotoChecksums::noting(PhotoLoader::Read read) const
{
    return [noted = noted_, read = std::move(read)](const std::filesystem::path& path) {
        noted->note(path);
        return read ? read(path) : image::readPhoto(path);
    };
}

std::string PhotoChecksums::of(const std::filesystem::path& path) const
{
    const std::scoped_lock guard(noted_->mutex);
    const auto found = noted_->byPath.find(path);
    return found == noted_->byPath.end() ? std::string() : found->second.checksum;
}

} // namespace limpid::ui
