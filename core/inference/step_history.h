// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/engine/frame.h"
#include "core/methods/restoration_method.h"
#include "core/region/blend.h"

#include <torch/types.h>

#include <map>

namespace limpid::inference {

/// x̂₀ of the steps of the last job, within a budget of memory: all of them or every k-th, because
/// what is exported must not have fewer bits than the photograph. Pictures in fp16, latents as they
/// are. Inference thread.
class StepHistory {
public:
    explicit StepHistory(std::int64_t budgetBytes) : budgetBytes_(budgetBytes) {}

    /// Forgets the job before.
    void begin(engine::JobId job, const Rect& area, int steps);

    /// From here on the steps of this job are latents.
    void decodeWith(methods::StepDecoder decoder) { decoder_ = std::move(decoder); }

    /// clean: [1, 3, h, w], −1…1, of the area's size, or a latent. The last step is always kept.
    void add(int step, const torch::Tensor& clean);

    /// InvalidRequest when this step is not, or no longer, kept.
    [[nodiscard]] Result<region::Patch> patch(engine::JobId job, int step) const;

private:
    int strideFor(std::int64_t bytesPerStep) const;
    torch::Tensor copyOf(const torch::Tensor& clean) const;

    std::int64_t budgetBytes_;
    engine::JobId job_ = engine::JobId::None;
    Rect area_;
    int steps_ = 0;
    int stride_ = 1;
    methods::StepDecoder decoder_;
    std::map<int, torch::Tensor> kept_;
};

} // namespace limpid::inference
