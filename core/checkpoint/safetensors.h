// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/checkpoint/tensor_index.h"

#include <filesystem>
#include <map>
#include <memory>
#include <span>
#include <string>

namespace limpid::checkpoint {

class WeightsFile;

/// An open safetensors file, its header verified in full: lengths, products, ranges that touch
/// exactly, no duplicate names. Immutable; any thread.
class SafetensorsFile {
public:
    /// ModelMissing, NotARegularFile, FileUnreadable, ModelDamaged.
    [[nodiscard]] static Result<SafetensorsFile> open(const std::filesystem::path& path);

    const TensorIndex& index() const { return index_; }

    /// Reads one tensor of index(), row-major and little-endian; `target` has entry.bytes bytes.
    /// FileUnreadable; ModelDamaged when the file has become shorter since it was opened.
    [[nodiscard]] Result<void> read(const TensorEntry& entry, std::span<std::byte> target) const;

    /// The same into memory of its own.
    [[nodiscard]] Result<std::vector<std::byte>> bytes(const TensorEntry& entry) const;

private:
    TensorIndex index_;
    std::shared_ptr<const WeightsFile> file_;
};

/// A tensor to be written: contiguous little-endian bytes.
struct TensorBytes {
    DType dtype = DType::F32;
    std::vector<std::int64_t> shape;
    std::span<const std::byte> bytes;
};

/// Writes a safetensors file atomically (temporary file, fsync, rename). FileUnwritable, DiskFull.
[[nodiscard]] Result<void> writeSafetensors(const std::filesystem::path& path,
                                            const std::map<std::string, TensorBytes>& tensors,
                                            const std::map<std::string, std::string>& metadata);

} // namespace limpid::checkpoint
