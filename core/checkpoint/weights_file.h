// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/checkpoint/byte_source.h"

#include <filesystem>
#include <memory>

namespace limpid::checkpoint {

/// A regular file, open for reading. It is not mapped: a mapped file that becomes shorter, or whose
/// disk goes away, ends the program, while a read that fails is an error. Immutable; any thread.
class WeightsFile : public ByteSource {
public:
    /// Throws Failure: ModelMissing, NotARegularFile, FileUnreadable. A pipe or a device is refused
    /// without being opened.
    static std::shared_ptr<const WeightsFile> open(const std::filesystem::path& path);

    ~WeightsFile() override;

    /// As it was when the file was opened.
    std::uint64_t size() const override { return size_; }

    /// Throws Failure with the path: FileUnreadable; ModelDamaged when the file has become shorter.
    void read(std::uint64_t offset, std::span<std::byte> target) const override;

private:
    explicit WeightsFile(const std::filesystem::path& path);

    std::filesystem::path path_;
    int descriptor_;
    std::uint64_t size_ = 0;
};

} // namespace limpid::checkpoint
