// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/cancellation.h"
#include "core/base/result.h"
#include "core/checkpoint/safetensors_writer.h"
#include "core/checkpoint/tensor_index.h"

#include <filesystem>
#include <memory>
#include <span>

namespace limpid::checkpoint {

class MappedFile;

enum class CheckpointFormat { Safetensors, TorchZip, TorchLegacy };

/// A file of weights that nobody vouches for, of any format that is known, told by its content. It
/// is mapped, not read; every place of every tensor has been verified. Immutable; any thread.
class CheckpointFile {
public:
    /// ModelMissing, NotARegularFile, FileUnreadable, ModelDamaged, UnsupportedFormat.
    [[nodiscard]] static Result<CheckpointFile> open(const std::filesystem::path& path);

    CheckpointFormat format() const { return format_; }
    const TensorIndex& index() const { return index_; }
    std::uint64_t fileBytes() const;

    /// The whole file, mapped.
    std::span<const std::byte> allBytes() const;

    /// One tensor of index(), row-major and little-endian, valid as long as this object and
    /// `scratch`, which is filled only for views whose elements do not lie one after another.
    std::span<const std::byte> bytes(const TensorEntry& entry,
                                     std::vector<std::byte>& scratch) const;

    /// Says that these bytes of the file will not be looked at soon, to free their memory.
    void forget(std::span<const std::byte> part) const;

    /// Compares the checksums that the format stores, if any; reads the whole file. ModelDamaged.
    /// Throws Cancelled.
    [[nodiscard]] Result<void> verifyChecksums(const CancelToken& token,
                                               const ByteProgress& progress) const;

private:
    struct Checksum {
        std::string name;
        std::uint64_t offset = 0;
        std::uint64_t bytes = 0;
        std::uint32_t crc = 0;
    };

    void readTorchZipFile();

    std::filesystem::path path_;
    CheckpointFormat format_ = CheckpointFormat::Safetensors;
    TensorIndex index_;
    std::vector<Checksum> checksums_;
    std::shared_ptr<const MappedFile> mapping_;
};

} // namespace limpid::checkpoint
