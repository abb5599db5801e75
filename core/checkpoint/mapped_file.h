// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <filesystem>
#include <memory>
#include <span>

namespace limpid::checkpoint {

/// A regular file mapped into memory for reading. Immutable; any thread.
class MappedFile {
public:
    /// Throws Failure: ModelMissing, NotARegularFile, FileUnreadable. A pipe or a device is refused
    /// without being opened.
    static std::shared_ptr<const MappedFile> open(const std::filesystem::path& path);

    ~MappedFile();
    MappedFile(const MappedFile&) = delete;
    MappedFile& operator=(const MappedFile&) = delete;

    std::span<const std::byte> bytes() const
    {
        return {static_cast<const std::byte*>(address_), size_};
    }

    /// Lets the system take back the memory of these bytes; they are read again when next wanted.
    /// Otherwise a file that has been copied from counts in full towards the program's memory.
    void forget(std::span<const std::byte> part) const;

private:
    explicit MappedFile(const std::filesystem::path& path);

    void* address_ = nullptr;
    std::size_t size_ = 0;
};

} // namespace limpid::checkpoint
