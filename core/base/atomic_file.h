// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <cstddef>
#include <filesystem>
#include <memory>
#include <span>

namespace limpid {

/// The bytes of a file in pieces, written one after another.
using FilePieces = std::span<const std::span<const std::byte>>;

/// Replaces `target` by the pieces, or leaves it untouched: unbuffered temporary file in the same
/// folder, every byte accounted for, fsync, rename, fsync of the folder. A link is replaced, not
/// followed. NotARegularFile for folders, devices and pipes; FileUnwritable, DiskFull.
[[nodiscard]] Result<void> writeFileAtomically(const std::filesystem::path& target,
                                               FilePieces pieces);

[[nodiscard]] Result<void> writeFileAtomically(const std::filesystem::path& target,
                                               std::span<const std::byte> bytes);

/// The same for content that arrives in pieces. Without commit() nothing of it remains.
class AtomicFile {
public:
    [[nodiscard]] static Result<AtomicFile> create(const std::filesystem::path& target);

    ~AtomicFile();
    AtomicFile(AtomicFile&&) noexcept;
    AtomicFile& operator=(AtomicFile&&) noexcept;

    [[nodiscard]] Result<void> write(std::span<const std::byte> bytes);

    /// Once, after everything was written.
    [[nodiscard]] Result<void> commit();

private:
    class TemporaryFile;
    explicit AtomicFile(std::unique_ptr<TemporaryFile> file);

    std::unique_ptr<TemporaryFile> file_;
};

} // namespace limpid
