// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/networks/msg_model.h"

#include <filesystem>

namespace limpid::tests {

/// An MSG network of a few thousand weights that looks at most 80 pixels around.
networks::IcdpmUnetConfig tinyConfig();

/// Random weights everywhere, also where training begins with zeros, so that the network changes
/// a picture visibly; same seed, same weights.
networks::MsgModel randomModel(const networks::IcdpmUnetConfig& config, std::uint64_t seed = 1);

/// Saves the model as "msg.safetensors" into the folder, with a catalog that lists it.
void installModel(const networks::MsgModel& model, const std::filesystem::path& folder);

} // namespace limpid::tests
