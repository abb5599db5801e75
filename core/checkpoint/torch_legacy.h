// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/checkpoint/tensor_index.h"

namespace limpid::checkpoint {

/// The tensors of a file as torch.save wrote it before 1.6: five pickles (a magic number, the
/// version, facts about the machine, the object, the keys of the storages), then per storage its
/// number of elements and its bytes. Throws Failure (ModelDamaged, UnsupportedFormat, no path).
TensorIndex readTorchLegacy(const ByteSource& file);

} // namespace limpid::checkpoint
