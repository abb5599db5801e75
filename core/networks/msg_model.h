// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/networks/icdpm_unet.h"
#include "core/networks/structure_guidance.h"

#include <map>
#include <string>

namespace limpid::networks {

/// Both networks of MSG under one roof, as they are trained and saved: "unet.*", "guidance.*".
class MsgModelImpl : public torch::nn::Module {
public:
    explicit MsgModelImpl(const IcdpmUnetConfig& config);

    StructureGuidance guidance;
    IcdpmUnet unet;
};
TORCH_MODULE(MsgModel);

/// The configuration as string metadata of a safetensors file, so that weights describe themselves.
std::map<std::string, std::string> toMetadata(const IcdpmUnetConfig& config);

/// And back. ModelMismatch when a key is missing, not a number, or out of a sane range.
[[nodiscard]] Result<IcdpmUnetConfig>
configFromMetadata(const std::map<std::string, std::string>& metadata);

} // namespace limpid::networks
