// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/checkpoint/byte_source.h"

#include <cstddef>
#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <vector>

namespace limpid::checkpoint {

enum class DType { F64, F32, F16, BF16, I64, I32, I16, I8, U8, Bool };

/// Bytes of one element.
std::size_t elementSize(DType dtype) noexcept;

/// Where a tensor lies in a checkpoint file, checked against the file's bounds.
struct TensorEntry {
    DType dtype = DType::F32;
    std::vector<std::int64_t> shape;
    std::uint64_t offset = 0; ///< Of the first byte, from the beginning of the file.
    std::uint64_t bytes = 0;  ///< Product of shape times elementSize.
    /// In elements, for a view whose elements do not lie one after another; else empty.
    std::vector<std::int64_t> strides{};
};

/// Name → entry, plus the file's free-form string metadata.
struct TensorIndex {
    std::map<std::string, TensorEntry> tensors;
    std::map<std::string, std::string> metadata;
};

/// Of all tensors together.
std::uint64_t elementCount(const TensorIndex& index);

/// Reads a tensor, or the elements of a view in row-major order. `target` has entry.bytes bytes;
/// every element lies inside `file`, as the readers have verified. Throws Failure.
void readElements(const ByteSource& file, const TensorEntry& entry, std::span<std::byte> target);

} // namespace limpid::checkpoint
