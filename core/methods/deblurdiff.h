// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/methods/method_registry.h"

#include <memory>

namespace limpid::methods {

class DeblurDiffNetworks;

/// DeblurDiff (Kong et al., NeurIPS 2025): diffusion in the latents of an autoencoder, conditioned
/// on the blurred latent and on what kernels predicted anew at every step make of it.
class DeblurDiff : public RestorationMethod {
public:
    explicit DeblurDiff(std::shared_ptr<DeblurDiffNetworks> networks);

    static engine::MethodSpec spec();

    /// Reads names, shapes and configuration; weights follow when they are first needed.
    /// ModelMismatch, with what the file lacks.
    [[nodiscard]] static Result<std::unique_ptr<RestorationMethod>>
    load(const checkpoint::SafetensorsFile& file, const CancelToken& token);

    region::Patch restore(const RestorationJob& job, engine::JobContext& context,
                          const RunSettings& settings) override;
    torch::Tensor regress(const torch::Tensor& blurred, const RunSettings& settings) override;
    void moveTo(const torch::Device& device) override;

private:
    std::shared_ptr<DeblurDiffNetworks> networks_; ///< Shared with the decoder of the last run.
};

} // namespace limpid::methods
