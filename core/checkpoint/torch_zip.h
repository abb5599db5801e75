// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/checkpoint/tensor_index.h"
#include "core/checkpoint/zip_archive.h"

namespace limpid::checkpoint {

/// The tensors of a file as torch.save writes it since 1.6: a zip of `<name>/data.pkl` and one
/// record `<name>/data/<key>` per storage. TorchScript programs, which look alike, are refused.
/// Throws Failure (ModelDamaged, UnsupportedFormat, without a path).
TensorIndex readTorchZip(const ByteSource& file, const ZipRecords& records);

} // namespace limpid::checkpoint
