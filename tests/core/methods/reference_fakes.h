// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/methods/reference_networks.h"

namespace limpid::tests {

/// Networks without weights, whose answers can be worked out by hand, and a count of their calls.
struct FakeNetworks {
    int encoded = 0;
    int predicted = 0;
    int decoded = 0;
    std::function<void()> called{}; ///< After any call; may be empty.

    int calls() const { return encoded + predicted + decoded; }

    void count(int& counter)
    {
        ++counter;
        if (called)
            called();
    }

    /// Four latent channels: the means of 8 × 8 blocks of red, green, blue, and red again, with a
    /// variance of one. Decoding repeats the first three. ε is the text's mean, the kernel latent
    /// is the blurred latent plus the strength.
    methods::ReferenceNetworks interface()
    {
        return {.moments =
                    [this](const torch::Tensor& picture) {
                        count(encoded);
                        const auto mean = torch::avg_pool2d(picture, 8);
                        return torch::cat({mean, mean.narrow(1, 0, 1),
                                           torch::zeros({1, 4, mean.size(2), mean.size(3)})},
                                          1);
                    },
                .decode =
                    [this](const torch::Tensor& latent) {
                        count(decoded);
                        return latent.narrow(1, 0, 3).repeat_interleave(8, 2).repeat_interleave(8,
                                                                                                3);
                    },
                .predict =
                    [this](const torch::Tensor& noisy, const torch::Tensor&,
                           const torch::Tensor& context, const torch::Tensor& blurred,
                           const std::vector<double>& controlScales) {
                        count(predicted);
                        return networks::DeblurDiffAnswer{
                            .eps = torch::zeros_like(noisy) + context.mean(),
                            .kernelLatent = blurred + controlScales.front()};
                    },
                .factor = 8,
                .latentScale = 0.5};
    }
};

} // namespace limpid::tests
