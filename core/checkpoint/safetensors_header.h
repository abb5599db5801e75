// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/checkpoint/byte_source.h"
#include "core/checkpoint/tensor_index.h"

#include <string_view>

namespace limpid::checkpoint {

/// Limits of a header, so that a small hostile file cannot cost much memory or time.
struct HeaderLimits {
    std::uint64_t headerBytes = 100'000'000;
    std::size_t tensors = 200'000;
    std::size_t dimensions = 16;
    std::size_t metadataEntries = 10'000;
};

/// Parses and verifies the JSON header of a safetensors file whose tensor bytes begin at
/// `dataBegin` and end with the file at `fileSize`. Throws Failure (ModelDamaged, without a path).
TensorIndex parseSafetensorsHeader(std::string_view json, std::uint64_t dataBegin,
                                   std::uint64_t fileSize, const HeaderLimits& limits = {});

/// The same for a whole file, its header's length verified too; reads no more than the header.
TensorIndex readSafetensorsIndex(const ByteSource& file, const HeaderLimits& limits = {});

/// The name of an element type in a safetensors file, e.g. "BF16".
std::string_view safetensorsName(DType dtype) noexcept;

} // namespace limpid::checkpoint
