// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/cancellation.h"
#include "core/networks/deblurdiff_config.h"
#include "core/networks/deblurdiff_model.h"
#include "core/networks/load_weights.h"
#include "core/networks/sharpness_gate.h"

#include <torch/types.h>

#include <cstdint>
#include <map>
#include <optional>
#include <vector>

namespace limpid::methods {

/// The networks of one DeblurDiff model, read from its file when they are first needed. A model too
/// large for that keeps one group in memory at a time: the text encoder, the autoencoder, or the
/// three networks of a step. Inference thread.
class DeblurDiffNetworks {
public:
    DeblurDiffNetworks(checkpoint::SafetensorsFile file, networks::DeblurDiffConfig config);

    const networks::DeblurDiffConfig& config() const { return config_; }

    /// Where the networks live and compute from here on; what lives elsewhere is let go.
    void place(const torch::Device& device, bool bf16);
    const torch::Device& device() const { return device_; }
    /// Type in which the networks of a step compute.
    torch::ScalarType stepType() const { return stepType_; }

    /// More than a gigabyte of weights.
    bool isLarge() const;
    /// Whether the groups take turns.
    bool takesTurns() const;

    // Each may read from the file: throws Failure (ModelMismatch) and Cancelled.

    /// Text embedding of a prompt, [1, T, K] on the device; kept, while the encoder is freed at
    /// once. Undefined for a model without text.
    torch::Tensor context(const std::vector<std::int64_t>& tokens, const CancelToken& token);
    /// In fp32, since its rounding would be seen; with skips, where it makes but a change of the
    /// photograph, in the type of a step.
    networks::AutoencoderKl autoencoder(const CancelToken& token);
    networks::StepNetworks& step(const CancelToken& token);
    /// Null for a model without one.
    networks::SharpnessGate gate(const CancelToken& token);

private:
    template<class Holder, class... Arguments>
    Holder load(const char* prefix, torch::ScalarType type, const CancelToken& token,
                const Arguments&... arguments) const;

    void letGoOfAutoencoder();
    void letGoOfStep();

    checkpoint::SafetensorsFile file_;
    networks::DeblurDiffConfig config_;
    torch::Device device_ = torch::kCPU;
    torch::ScalarType stepType_ = torch::kFloat32;
    std::map<std::vector<std::int64_t>, torch::Tensor> contexts_; ///< fp32, on the CPU.
    networks::AutoencoderKl autoencoder_{nullptr};
    std::optional<networks::StepNetworks> step_;
    std::optional<networks::SharpnessGate> gate_; ///< Null: there is none.
};

} // namespace limpid::methods
