// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/networks/sharpness_gate.h"

#include "core/networks/structure_guidance.h"

namespace limpid::networks {

namespace {

constexpr std::int64_t octaves = 4; ///< From full size to the size of a cell.
constexpr std::int64_t peakOctaves = 2;
constexpr std::int64_t featureCount = 5 * octaves + peakOctaves + 4;
constexpr std::int64_t sceneCount = octaves + peakOctaves + 1;
constexpr double sharpest = 0.99;  ///< Quantile of a photograph's cells: the subject may be small.
constexpr double quietest = 0.004; ///< Half a level of 255: what is below says nothing.
constexpr double beyond = 0.05;    ///< Shares are stretched by this at both ends, then cut.
constexpr std::int64_t cellPixels = SharpnessGateImpl::cellPixels;
static_assert(std::int64_t{1} << (octaves - 1) == cellPixels);

torch::Tensor pooled(const torch::Tensor& map, std::int64_t side)
{
    return side > 1 ? torch::avg_pool2d(map, side) : map;
}

torch::Tensor peaks(const torch::Tensor& map, std::int64_t side)
{
    return torch::max_pool2d(map, side);
}

/// Amplitudes over many decades, as numbers of about one.
torch::Tensor loudness(const torch::Tensor& amplitude)
{
    return torch::log1p(amplitude / quietest);
}

/// The difference to the next pixel along an axis; 0 at the end.
torch::Tensor difference(const torch::Tensor& map, std::int64_t axis)
{
    const auto length = map.size(axis) - 1;
    auto result = torch::zeros_like(map);
    auto inner = result.narrow(axis, 0, length);
    torch::sub_out(inner, map.narrow(axis, 1, length), map.narrow(axis, 0, length));
    return result;
}

/// What one octave of the photograph and of its change says, per cell; the pictures are reduced to
/// it already. → a list of [N, 1, H/cell, W/cell].
void appendOctave(std::vector<torch::Tensor>& features, const torch::Tensor& gray,
                  const torch::Tensor& change, std::int64_t side)
{
    const auto grayX = difference(gray, 3);
    const auto grayY = difference(gray, 2);
    const auto changeX = difference(change, 3);
    const auto changeY = difference(change, 2);
    for (const auto* slope : {&grayX, &grayY, &changeX, &changeY})
        features.push_back(loudness(pooled(slope->abs(), side)));
    // Sharpening goes along with the slopes of the photograph, smoothing against them.
    const auto energy = [side](const torch::Tensor& x, const torch::Tensor& y) {
        return torch::sqrt(pooled(x * x + y * y, side) + quietest * quietest);
    };
    features.push_back(pooled(grayX * changeX + grayY * changeY, side) /
                       (energy(grayX, grayY) * energy(changeX, changeY)));
    if (side > cellPixels >> peakOctaves)
        features.push_back(loudness(peaks(torch::maximum(grayX.abs(), grayY.abs()), side)));
}

/// Diagonal second differences are deaf to edges along the axes and hear noise.
torch::Tensor grainOf(const torch::Tensor& gray)
{
    return difference(difference(gray, 3), 2).abs();
}

torch::Tensor quantileOf(const torch::Tensor& cells, double share)
{
    return torch::quantile(cells.flatten(), share);
}

std::int64_t featuresOf(const SharpnessGateConfig& config)
{
    return featureCount + (config.scene ? sceneCount : 0);
}

} // namespace

SharpnessGateImpl::SharpnessGateImpl(const SharpnessGateConfig& config)
    : config_(config), mean_(register_buffer("mean", torch::zeros({1, featuresOf(config), 1, 1}))),
      scale_(register_buffer("scale", torch::ones({1, featuresOf(config), 1, 1}))),
      in_(register_module("in", nn::pointConvolution(featuresOf(config), config.channels))),
      out_(register_module("out", nn::pointConvolution(config.channels, 1)))
{
    for (std::int64_t i = 0; i < config.blocks; ++i)
        blocks_.push_back(register_module("block" + std::to_string(i),
                                          nn::Convolution(config.channels, config.channels)));
}

void SharpnessGateImpl::calibrate(const torch::Tensor& features)
{
    const torch::NoGradGuard noGradients;
    constexpr double least = 1e-3;
    mean_.copy_(features.mean({0, 2, 3}, /*keepdim=*/true));
    scale_.copy_(1.0 / (features.std({0, 2, 3}, /*unbiased=*/true, /*keepdim=*/true) + least));
}

torch::Tensor SharpnessGateImpl::shares(const torch::Tensor& features)
{
    auto h = in_((features - mean_) * scale_);
    for (auto& block : blocks_)
        h = h + block(torch::silu(h));
    const auto certainty = torch::sigmoid(out_(torch::silu(h)));
    return (certainty * (1.0 + 2.0 * beyond) - beyond).clamp(0.0, 1.0);
}

torch::Tensor SharpnessGateImpl::forward(const torch::Tensor& blurred,
                                         const torch::Tensor& restored, const torch::Tensor& scene)
{
    return shares(gateFeatures(blurred, restored, config_.scene ? scene : torch::Tensor()));
}

std::int64_t SharpnessGateImpl::reachPixels() const
{
    // One cell for each convolution that looks around, one for the slopes at a cell's end.
    return (config_.blocks + 1) * cellPixels;
}

torch::Tensor gateFeatures(const torch::Tensor& blurred, const torch::Tensor& restored,
                           const torch::Tensor& scene)
{
    const auto rgb = restored - blurred;
    const auto gray = luma(blurred);
    const auto change = luma(rgb);
    std::vector<torch::Tensor> features;
    for (std::int64_t octave = 0; octave < octaves; ++octave) {
        const auto factor = std::int64_t{1} << octave;
        appendOctave(features, pooled(gray, factor), pooled(change, factor), cellPixels / factor);
    }
    const auto grain = grainOf(gray);
    features.push_back(loudness(pooled(grain, cellPixels)));
    features.push_back(loudness(-peaks(-grain, cellPixels)));
    features.push_back(loudness(pooled(rgb.abs().mean(1, true), cellPixels)));
    features.push_back(pooled(gray, cellPixels));
    if (scene.defined())
        features.push_back(scene.expand(
            {blurred.size(0), -1, blurred.size(2) / cellPixels, blurred.size(3) / cellPixels}));
    return torch::cat(features, 1);
}

torch::Tensor sceneFeatures(const torch::Tensor& parts)
{
    const auto gray = luma(parts);
    std::vector<torch::Tensor> features;
    for (std::int64_t octave = 0; octave < octaves; ++octave) {
        const auto factor = std::int64_t{1} << octave;
        const auto side = cellPixels / factor;
        const auto reduced = pooled(gray, factor);
        const auto slope =
            torch::maximum(difference(reduced, 3).abs(), difference(reduced, 2).abs());
        features.push_back(loudness(quantileOf(pooled(slope, side), sharpest)));
        if (octave < peakOctaves)
            features.push_back(loudness(quantileOf(peaks(slope, side), sharpest)));
    }
    features.push_back(loudness(quantileOf(pooled(grainOf(gray), cellPixels), 0.5)));
    return torch::stack(features).view({1, sceneCount, 1, 1});
}

torch::Tensor sharesPerPixel(const torch::Tensor& shares)
{
    return torch::upsample_bilinear2d(shares,
                                      {shares.size(2) * cellPixels, shares.size(3) * cellPixels},
                                      /*align_corners=*/false);
}

} // namespace limpid::networks
