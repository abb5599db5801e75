// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/methods/method_registry.h"
#include "core/methods/msg.h"
#include "core/methods/regression.h"

namespace limpid::tests {

/// One step for a whole picture. lowFrequencies: 1: its low band is kept, 0: not.
inline methods::RestorationJob jobFor(const image::Image& image, double lowFrequencies = 1.0)
{
    const std::map<std::string, double> wanted{{"low_frequencies", lowFrequencies}};
    return {.image = image,
            .region = {},
            .parameters = methods::completeParameters(methods::Msg::spec(), 1, wanted).value()};
}

/// Looks three pixels around: a picture with its contrasts raised.
inline torch::Tensor sharpened(const torch::Tensor& picture)
{
    const auto soft = torch::avg_pool2d(torch::replication_pad2d(picture, {3, 3, 3, 3}), 7, 1);
    return picture + (picture - soft);
}

inline torch::Tensor brightened(const torch::Tensor& picture)
{
    return picture + 0.1;
}

inline methods::Regression by(std::function<torch::Tensor(const torch::Tensor&)> answer,
                              int tilePixels = 768)
{
    return {.answer = std::move(answer), .settings = {.tilePixels = tilePixels}, .token = {}};
}

} // namespace limpid::tests
