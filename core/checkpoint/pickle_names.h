// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/checkpoint/tensor_index.h"

#include <optional>
#include <string_view>

namespace limpid::checkpoint {

/// What the reader does in place of a callable that a pickle names. Nothing else is ever done.
enum class PickleCall {
    Nothing, ///< Unknown: the result is an opaque value.
    MakeDict,
    MakeSet,
    MakeBytes,
    MakeSize,
    MakeTensor,
    MakeParameter
};

/// A kind of storage, e.g. "torch HalfStorage".
struct StorageType {
    std::string_view name;
    std::size_t elementBytes = 0;
    std::optional<DType> dtype{}; ///< None: its bytes can be skipped, its tensors cannot be read.
};

/// The meaning of a global name; Nothing for all that is not on the list.
PickleCall pickleCall(std::string_view module, std::string_view name) noexcept;

/// Null for everything that is no storage of PyTorch.
const StorageType* storageType(std::string_view module, std::string_view name) noexcept;

} // namespace limpid::checkpoint
