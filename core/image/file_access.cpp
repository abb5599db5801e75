// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/image/file_access.h"

#include <algorithm>
#include <cerrno>
#include <fcntl.h>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>

namespace limpid::image {

namespace fs = std::filesystem;

namespace {

// One call moves at most this much: Linux caps at 2 GB, others at less.
constexpr std::size_t chunkBytes = 64U << 20;

std::string reason(int code)
{
    return std::system_category().message(code);
}

/// An open file, closed on every way out.
class Descriptor {
public:
    explicit Descriptor(int number) : number_(number) {}
    ~Descriptor()
    {
        if (number_ >= 0)
            ::close(number_);
    }
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;

    int number() const { return number_; }
    bool isOpen() const { return number_ >= 0; }

private:
    int number_;
};

struct stat checkedStat(const fs::path& path)
{
    struct stat status {};
    if (::stat(path.c_str(), &status) != 0) {
        const bool isMissing = errno == ENOENT || errno == ENOTDIR;
        throwFailure(isMissing ? ErrorCode::FileNotFound : ErrorCode::FileUnreadable,
                     reason(errno));
    }
    if (!S_ISREG(status.st_mode))
        throwFailure(ErrorCode::NotARegularFile,
                     S_ISDIR(status.st_mode) ? "this is a folder" : "this is a device or a pipe");
    return status;
}

Bytes readAll(int file, std::size_t size)
{
    Bytes contents(size);
    std::size_t done = 0;
    while (done < size) {
        const ssize_t count =
            ::read(file, contents.data() + done, std::min(chunkBytes, size - done));
        if (count < 0 && errno == EINTR)
            continue;
        if (count < 0)
            throwFailure(ErrorCode::FileUnreadable, reason(errno));
        if (count == 0)
            break;
        done += static_cast<std::size_t>(count);
    }
    contents.resize(done);
    return contents;
}

} // namespace

Bytes readFile(const fs::path& path, std::int64_t maxBytes)
{
    checkedStat(path);
    // Non-blocking, and asked again: the file may have become a pipe since.
    const Descriptor file(::open(path.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC));
    struct stat status {};
    if (!file.isOpen() || ::fstat(file.number(), &status) != 0)
        throwFailure(ErrorCode::FileUnreadable, reason(errno));
    if (!S_ISREG(status.st_mode))
        throwFailure(ErrorCode::NotARegularFile, "this is a device or a pipe");
    if (status.st_size > maxBytes)
        throwFailure(ErrorCode::PictureTooLarge,
                     "the file has " + std::to_string(status.st_size) + " bytes");
    return readAll(file.number(), static_cast<std::size_t>(status.st_size));
}

bool isSameFile(const fs::path& a, const fs::path& b)
{
    std::error_code error;
    if (fs::equivalent(a, b, error) && !error)
        return true;
    const fs::path fullA = fs::weakly_canonical(a, error);
    const fs::path fullB = fs::weakly_canonical(b, error);
    return !error && fullA == fullB;
}

} // namespace limpid::image
