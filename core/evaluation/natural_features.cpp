// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/evaluation/natural_features.h"

#include "core/evaluation/picture.h"

#include <algorithm>
#include <cmath>
#include <torch/utils.h>
#include <vector>

namespace limpid::evaluation {

namespace {

constexpr int windowSide = 7;

/// Luma in gray levels, made independent of local brightness and contrast.
struct Normalized {
    torch::Tensor values;    ///< [H, W]
    torch::Tensor deviation; ///< [H, W], gray levels.
};

Normalized normalized(const torch::Tensor& luma)
{
    const auto window = gaussianWindow(windowSide, 7.0 / 6.0);
    constexpr std::int64_t margin = windowSide / 2;
    const auto blurred = [&](const torch::Tensor& x) {
        return torch::conv2d(torch::replication_pad2d(x, {margin, margin, margin, margin}), window);
    };
    const auto mean = blurred(luma);
    const auto deviation = (blurred(luma.square()) - mean.square()).clamp_min(0.0).sqrt();
    return {((luma - mean) / (deviation + 1.0))[0][0], deviation[0][0]};
}

/// Γ(2 / a)² / (Γ(1 / a) Γ(3 / a)): the squared mean of |x| over the mean of x². Rises with a.
double momentRatio(double shape)
{
    return std::exp(2.0 * std::lgamma(2.0 / shape) - std::lgamma(1.0 / shape) -
                    std::lgamma(3.0 / shape));
}

double shapeWith(double ratio)
{
    double low = 0.2;
    double high = 10.0;
    for (int i = 0; i < 50; ++i) {
        const double middle = (low + high) / 2.0;
        (momentRatio(middle) < ratio ? low : high) = middle;
    }
    return (low + high) / 2.0;
}

/// Of each row: root of the mean square of those values that `where` picks; 0 when it picks none.
torch::Tensor deviations(const torch::Tensor& values, const torch::Tensor& where)
{
    const auto picked = where.to(torch::kFloat64);
    return ((values.square() * picked).sum(1) / picked.sum(1).clamp_min(1.0)).sqrt();
}

AsymmetricGaussian withMoments(double left, double right, double magnitude, double square)
{
    if (left <= 0.0 || right <= 0.0)
        return {.shape = 10.0, .left = left, .right = right, .mean = 0.0}; // flat ground
    const double gamma = left / right;
    const double skew =
        (std::pow(gamma, 3) + 1.0) * (gamma + 1.0) / std::pow(gamma * gamma + 1.0, 2);
    const double shape = shapeWith(magnitude * magnitude / square * skew);
    const double scale = std::exp(0.5 * (std::lgamma(1.0 / shape) - std::lgamma(3.0 / shape)));
    const double mean =
        (right - left) * scale * std::exp(std::lgamma(2.0 / shape) - std::lgamma(1.0 / shape));
    return {shape, left, right, mean};
}

/// [H, W] → [patches, side, side], half overlapping, row by row.
torch::Tensor cut(const torch::Tensor& plane, std::int64_t side)
{
    return plane.unfold(0, side, side / 2).unfold(1, side, side / 2).reshape({-1, side, side});
}

/// 18 for each patch. patches: [N, side, side].
std::vector<std::vector<double>> featuresOf(const torch::Tensor& patches)
{
    std::vector<std::vector<double>> features;
    for (const auto& own : fitted(patches.flatten(1)))
        features.push_back({own.shape, (own.left + own.right) / 2.0});
    const std::pair<int, int> neighbors[] = {{0, 1}, {1, 0}, {1, 1}, {1, -1}};
    for (const auto& [down, right] : neighbors) {
        const auto products =
            fitted((patches * torch::roll(patches, {down, right}, {1, 2})).flatten(1));
        for (std::size_t i = 0; i < products.size(); ++i)
            features[i].insert(features[i].end(), {products[i].shape, products[i].mean,
                                                   products[i].left * products[i].left,
                                                   products[i].right * products[i].right});
    }
    return features;
}

} // namespace

std::vector<AsymmetricGaussian> fitted(const torch::Tensor& values)
{
    const auto moments =
        torch::stack({deviations(values, values < 0.0), deviations(values, values > 0.0),
                      values.abs().mean(1), values.square().mean(1)},
                     1)
            .contiguous();
    const auto* row = moments.const_data_ptr<double>();
    std::vector<AsymmetricGaussian> fits;
    for (std::int64_t i = 0; i < moments.size(0); ++i, row += 4)
        fits.push_back(withMoments(row[0], row[1], row[2], row[3]));
    return fits;
}

NaturalPatches naturalPatches(const torch::Tensor& picture)
{
    const torch::NoGradGuard noGradients;
    const auto luma = lumaOf(picture) * 255.0;
    const auto full = normalized(luma);
    const auto half = normalized(torch::avg_pool2d(luma, 2));
    const auto fine = featuresOf(cut(full.values, naturalPatch));
    const auto coarse = featuresOf(cut(half.values, naturalPatch / 2));
    std::vector<double> features;
    for (std::size_t i = 0; i < fine.size(); ++i)
        for (const auto* part : {&fine[i], &coarse[i]})
            features.insert(features.end(), part->begin(), part->end());
    return {torch::tensor(features, torch::kFloat64).view({-1, naturalFeatures}),
            cut(full.deviation, naturalPatch).mean({1, 2})};
}

} // namespace limpid::evaluation
