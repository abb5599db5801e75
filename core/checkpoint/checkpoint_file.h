// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/cancellation.h"
#include "core/base/result.h"
#include "core/checkpoint/safetensors_writer.h"
#include "core/checkpoint/tensor_index.h"

#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace limpid::checkpoint {

class WeightsFile;

enum class CheckpointFormat { Safetensors, TorchZip, TorchLegacy };

/// A file of weights that nobody vouches for, of any format that is known, told by its content.
/// Only its list of tensors is in memory; every place of every tensor has been verified.
/// Immutable; any thread.
class CheckpointFile {
public:
    /// ModelMissing, NotARegularFile, FileUnreadable, ModelDamaged, UnsupportedFormat.
    [[nodiscard]] static Result<CheckpointFile> open(const std::filesystem::path& path);

    CheckpointFormat format() const { return format_; }
    const TensorIndex& index() const { return index_; }
    /// The whole file; reading it throws Failure.
    const ByteSource& source() const;

    /// One tensor of index(), row-major and little-endian. FileUnreadable; ModelDamaged when the
    /// file has become shorter since it was opened.
    [[nodiscard]] Result<std::vector<std::byte>> bytes(const TensorEntry& entry) const;

    /// Compares the checksums that the format stores, if any; reads the whole file. ModelDamaged,
    /// FileUnreadable. Throws Cancelled.
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
    std::uint32_t sumOf(const Checksum& checksum, const CancelToken& token,
                        const std::function<void(std::uint64_t)>& read) const;

    std::filesystem::path path_;
    CheckpointFormat format_ = CheckpointFormat::Safetensors;
    TensorIndex index_;
    std::vector<Checksum> checksums_;
    std::shared_ptr<const WeightsFile> file_;
};

} // namespace limpid::checkpoint
