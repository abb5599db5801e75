// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/checkpoint/pickle_reader.h"

#include <functional>

namespace limpid::checkpoint {

/// Where the elements of a storage lie in the file.
struct StorageExtent {
    std::uint64_t offset = 0;
    std::uint64_t bytes = 0;
};

/// Answers for a storage's key; may throw Failure when there is no such storage.
using StorageLookup = std::function<StorageExtent(std::string_view key)>;

/// The tensors of a state dict: the pickle's root, or what it holds under "state_dict". Values that
/// are no tensors are skipped. Every storage has exactly the bytes it states, every view lies
/// inside its storage, and all tensors together are no larger than a few times `fileBytes`. Throws
/// Failure (ModelDamaged, UnsupportedFormat, without a path).
TensorIndex readStateDict(const Pickle& pickle, const StorageLookup& storages,
                          std::uint64_t fileBytes);

} // namespace limpid::checkpoint
