// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/evaluation/structural_similarity.h"

#include "core/evaluation/picture.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace limpid::evaluation {

namespace {

constexpr int windowSide = 11;
constexpr double windowSigma = 1.5;
// The constants of the paper for a peak of 1: (0.01)² and (0.03)².
constexpr double c1 = 1e-4;
constexpr double c2 = 9e-4;
constexpr std::array scaleWeights{0.0448, 0.2856, 0.3001, 0.2363, 0.1333};

struct Similarity {
    double structure = 0.0; ///< Contrast and structure.
    double whole = 0.0;     ///< Luminance too.
};

/// a, b: [1, 1, H, W], double.
Similarity similarity(const torch::Tensor& a, const torch::Tensor& b)
{
    const auto window = gaussianWindow(windowSide, windowSigma);
    const auto mean = [&window](const torch::Tensor& x) {
        return torch::conv2d(x, window);
    };
    const auto meanA = mean(a);
    const auto meanB = mean(b);
    const auto varianceA = mean(a * a) - meanA * meanA;
    const auto varianceB = mean(b * b) - meanB * meanB;
    const auto covariance = mean(a * b) - meanA * meanB;
    const auto structure = (2.0 * covariance + c2) / (varianceA + varianceB + c2);
    const auto luminance = (2.0 * meanA * meanB + c1) / (meanA * meanA + meanB * meanB + c1);
    return {structure.mean().item<double>(), (structure * luminance).mean().item<double>()};
}

bool hasRoom(const torch::Tensor& picture, std::int64_t side)
{
    return std::min(picture.size(2), picture.size(3)) >= side;
}

} // namespace

std::optional<double> ssim(const torch::Tensor& picture, const torch::Tensor& reference)
{
    if (!hasRoom(picture, windowSide))
        return std::nullopt;
    return similarity(lumaOf(picture), lumaOf(reference)).whole;
}

std::optional<double> multiScaleSsim(const torch::Tensor& picture, const torch::Tensor& reference)
{
    if (!hasRoom(picture, std::int64_t{windowSide} << (scaleWeights.size() - 1)))
        return std::nullopt;
    auto a = lumaOf(picture);
    auto b = lumaOf(reference);
    double product = 1.0;
    for (std::size_t scale = 0; scale < scaleWeights.size(); ++scale) {
        const bool last = scale + 1 == scaleWeights.size();
        const auto found = similarity(a, b);
        // A negative mean has no real power; it counts as no similarity at all.
        product *=
            std::pow(std::max(last ? found.whole : found.structure, 0.0), scaleWeights[scale]);
        a = last ? a : torch::avg_pool2d(a, 2);
        b = last ? b : torch::avg_pool2d(b, 2);
    }
    return product;
}

} // namespace limpid::evaluation
