// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/engine/method_spec.h"
#include "core/methods/restoration_method.h"
#include "core/networks/load_weights.h"
#include "core/networks/msg_model.h"
#include "core/networks/sharpness_gate.h"

#include <memory>

namespace limpid::methods {

/// Multiscale Structure Guided Diffusion (Ren et al., ICCV 2023). With one step the network is a
/// plain regressor, the most faithful mode; more steps refine it along fewStepLevels. Weights in
/// the published form (ε-prediction) are sampled as published.
class Msg : public RestorationMethod {
public:
    /// The gate may be null.
    explicit Msg(networks::MsgModel model, networks::SharpnessGate gate = nullptr);

    /// Configuration and weights from one file. ModelMismatch; throws Cancelled.
    [[nodiscard]] static Result<std::unique_ptr<RestorationMethod>>
    load(const checkpoint::SafetensorsFile& file, const CancelToken& token);

    static engine::MethodSpec spec();

    region::Patch restore(const RestorationJob& job, engine::JobContext& context,
                          const RunSettings& settings) override;
    torch::Tensor regress(const torch::Tensor& blurred, const RunSettings& settings) override;
    void moveTo(const torch::Device& device) override;

private:
    networks::MsgModel model_;
    networks::SharpnessGate gate_;
};

} // namespace limpid::methods
