// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/cancellation.h"
#include "core/base/result.h"
#include "core/checkpoint/safetensors.h"
#include "core/networks/sharpness_gate.h"

#include <filesystem>

namespace limpid::networks {

/// The gate that a model file carries beside its own networks, as "gate.*"; null if it has none.
/// ModelMismatch; throws Cancelled.
[[nodiscard]] Result<SharpnessGate> loadGate(const checkpoint::SafetensorsFile& model,
                                             const CancelToken& token);

/// What a file holds but for a gate: the tensors that its own networks have to account for.
checkpoint::TensorIndex withoutGate(const checkpoint::TensorIndex& index);

/// Fills the networks of a model from its file, which may carry a gate beside them. ModelMismatch,
/// and the networks stay untouched, unless every other name and shape is theirs. Throws Cancelled.
[[nodiscard]] Result<void> loadBesideGate(torch::nn::Module& networks,
                                          const checkpoint::SafetensorsFile& model,
                                          const CancelToken& token);

/// Copies a model file and puts this gate into the copy, in place of one that it may have. The
/// target may be the model itself. FileUnwritable, DiskFull.
[[nodiscard]] Result<void> writeWithGate(const checkpoint::SafetensorsFile& model,
                                         const SharpnessGate& gate,
                                         const std::filesystem::path& target);

/// Copies what a model file holds but for a gate. FileUnwritable, DiskFull.
[[nodiscard]] Result<void> writeWithoutGate(const checkpoint::SafetensorsFile& model,
                                            const std::filesystem::path& target);

} // namespace limpid::networks
