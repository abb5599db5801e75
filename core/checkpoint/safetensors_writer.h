// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/cancellation.h"
#include "core/base/result.h"
#include "core/checkpoint/tensor_index.h"

#include <filesystem>
#include <functional>
#include <map>
#include <span>
#include <string>
#include <vector>

namespace limpid::checkpoint {

/// A tensor that will be written.
struct TensorPlan {
    std::string name;
    DType dtype = DType::F32;
    std::vector<std::int64_t> shape{};

    std::uint64_t bytes() const;
};

/// Bytes done and bytes in all.
using ByteProgress = std::function<void(std::uint64_t done, std::uint64_t total)>;

/// The contiguous little-endian bytes of one planned tensor, valid until the next call. May fail.
using TensorSource = std::function<Result<std::span<const std::byte>>(const TensorPlan& plan)>;

struct WriteOptions {
    std::map<std::string, std::string> metadata{};
    CancelToken token{};
    ByteProgress progress{};
};

/// A file that was written.
struct WrittenFile {
    std::uint64_t bytes = 0;
    std::string sha256;
};

/// Writes a safetensors file atomically, asking for one tensor after the other, so that only one
/// has to be in memory. Names are distinct. FileUnwritable, DiskFull and the source's errors;
/// throws Cancelled. Nothing is left behind unless it succeeds.
[[nodiscard]] Result<WrittenFile> writeSafetensors(const std::filesystem::path& path,
                                                   const std::vector<TensorPlan>& plans,
                                                   const TensorSource& source,
                                                   const WriteOptions& options = {});

} // namespace limpid::checkpoint
