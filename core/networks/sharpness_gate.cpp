// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/networks/sharpness_gate.h"

#include "core/networks/structure_guidance.h"

#include <torch/utils.h>

namespace limpid::networks {

namespace {

constexpr std::int64_t octaves = 4; ///< From full size to the size of a cell.
constexpr std::int64_t peakOctaves = 2;
constexpr std::int64_t changeCount = 3 * octaves + 1; ///< Features of one change.
constexpr std::int64_t pairCount = 2;                 ///< Of two changes, side by side;
constexpr std::int64_t octavePairCount = 2 * octaves; ///< octave by octave.
constexpr std::int64_t photoCount = 2 * octaves + peakOctaves + 3;
constexpr std::int64_t sceneCount = octaves + peakOctaves + 1;
constexpr double sharpest = 0.99;  ///< Quantile of a photograph's cells: the subject may be small.
constexpr double quietest = 0.004; ///< Half a level of 255: what is below says nothing.
constexpr double beyond = 0.05;    ///< Shares are stretched by this at both ends, then cut.
constexpr double dropout = 0.1;    ///< Of what blocks see in training (Srivastava et al. 2014).
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

/// A gray picture reduced to an octave, how many of its pixels make the side of a cell, and its
/// slopes.
struct Octave {
    std::int64_t side;
    torch::Tensor x;
    torch::Tensor y;
};

using Octaves = std::vector<Octave>; ///< From full size downwards.

Octave octaveOf(const torch::Tensor& gray, std::int64_t number)
{
    const auto factor = std::int64_t{1} << number;
    const auto reduced = pooled(gray, factor);
    return {cellPixels / factor, difference(reduced, 3), difference(reduced, 2)};
}

Octaves octavesOf(const torch::Tensor& gray)
{
    Octaves result;
    for (std::int64_t number = 0; number < octaves; ++number)
        result.push_back(octaveOf(gray, number));
    return result;
}

/// Features are lists of [N, 1, H/cell, W/cell].
using Features = std::vector<torch::Tensor>;

void appendSlopes(Features& features, const Octave& octave)
{
    for (const auto* slope : {&octave.x, &octave.y})
        features.push_back(loudness(pooled(slope->abs(), octave.side)));
}

/// Sharpening goes along with the slopes of the photograph, smoothing against them.
torch::Tensor accordOf(const Octave& photo, const Octave& change)
{
    const auto energy = [](const Octave& of) {
        return torch::sqrt(pooled(of.x * of.x + of.y * of.y, of.side) + quietest * quietest);
    };
    return pooled(photo.x * change.x + photo.y * change.y, photo.side) /
           (energy(photo) * energy(change));
}

void appendChange(Features& features, const Octave& photo, const Octave& change)
{
    appendSlopes(features, change);
    features.push_back(accordOf(photo, change));
}

void appendPeaks(Features& features, const Octave& photo)
{
    if (photo.side > cellPixels >> peakOctaves)
        features.push_back(
            loudness(peaks(torch::maximum(photo.x.abs(), photo.y.abs()), photo.side)));
}

/// How much of the change there is, whatever its color.
torch::Tensor amountOf(const torch::Tensor& change)
{
    return loudness(pooled(change.abs().mean(1, true), cellPixels));
}

/// Two restorations that differ little, or in strength alone, are more likely to be right.
void appendAgreement(Features& features, const std::vector<torch::Tensor>& changes)
{
    const auto product = [&](std::size_t i, std::size_t j) {
        return pooled((changes[i] * changes[j]).mean(1, true), cellPixels);
    };
    Features energies;
    for (std::size_t i = 0; i < changes.size(); ++i)
        energies.push_back(product(i, i));
    constexpr double quiet = quietest * quietest;
    for (std::size_t i = 0; i < changes.size(); ++i) {
        for (std::size_t j = i + 1; j < changes.size(); ++j) {
            const auto common = product(i, j);
            const auto apart = (energies[i] + energies[j] - 2.0 * common).clamp_min(0.0);
            features.push_back(loudness(torch::sqrt(apart)));
            features.push_back(common / torch::sqrt((energies[i] + quiet) * (energies[j] + quiet)));
        }
    }
}

/// What agrees in its broad shapes may contradict itself in detail.
void appendOctaveAgreement(Features& features, const Octaves& one, const Octaves& other)
{
    for (std::size_t number = 0; number < one.size(); ++number) {
        const auto& a = one[number];
        const auto& b = other[number];
        const auto x = a.x - b.x;
        const auto y = a.y - b.y;
        features.push_back(accordOf(a, b));
        features.push_back(loudness(torch::sqrt(pooled(x * x + y * y, a.side))));
    }
}

void appendOctaveAgreement(Features& features, const std::vector<Octaves>& changes)
{
    for (std::size_t i = 0; i < changes.size(); ++i)
        for (std::size_t j = i + 1; j < changes.size(); ++j)
            appendOctaveAgreement(features, changes[i], changes[j]);
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
    const std::int64_t changes = config.restorations();
    const std::int64_t pairs = changes * (changes - 1) / 2;
    return photoCount + changes * changeCount + pairs * pairCount +
           (config.octaveAgreement ? pairs * octavePairCount : 0) + (config.scene ? sceneCount : 0);
}

/// One answer says how much is shown; with several restorations, one for each which of them.
std::int64_t answersOf(const SharpnessGateConfig& config)
{
    return config.restorations() > 1 ? 1 + config.restorations() : 1;
}

} // namespace

SharpnessGateImpl::SharpnessGateImpl(const SharpnessGateConfig& config)
    : config_(config), mean_(register_buffer("mean", torch::zeros({1, featuresOf(config), 1, 1}))),
      scale_(register_buffer("scale", torch::ones({1, featuresOf(config), 1, 1}))),
      in_(register_module("in", nn::pointConvolution(featuresOf(config), config.channels))),
      out_(register_module("out", nn::pointConvolution(config.channels, answersOf(config))))
{
    for (std::int64_t i = 0; i < config.blocks; ++i)
        blocks_.push_back(register_module("block" + std::to_string(i),
                                          nn::Convolution(config.channels, config.channels)));
    eval();
}

void SharpnessGateImpl::calibrate(const torch::Tensor& features)
{
    const torch::NoGradGuard noGradients;
    constexpr double least = 1e-3;
    mean_.copy_(features.mean({0, 2, 3}, /*keepdim=*/true));
    scale_.copy_(1.0 / (features.std({0, 2, 3}, /*unbiased=*/true, /*keepdim=*/true) + least));
}

torch::Tensor SharpnessGateImpl::answersTo(const torch::Tensor& features)
{
    auto h = in_((features - mean_) * scale_);
    for (auto& block : blocks_)
        h = h + block(torch::dropout(torch::silu(h), dropout, is_training()));
    return out_(torch::silu(h));
}

torch::Tensor SharpnessGateImpl::choiceIn(const torch::Tensor& answers) const
{
    const auto restorations = config_.restorations();
    return restorations > 1 ? torch::softmax(answers.narrow(1, 1, restorations), 1)
                            : torch::ones_like(answers);
}

torch::Tensor SharpnessGateImpl::shares(const torch::Tensor& features)
{
    const auto answers = answersTo(features);
    const auto certainty = torch::sigmoid(answers.narrow(1, 0, 1));
    const auto shown = (certainty * (1.0 + 2.0 * beyond) - beyond).clamp(0.0, 1.0);
    return shown * choiceIn(answers);
}

torch::Tensor SharpnessGateImpl::forward(const torch::Tensor& blurred,
                                         const std::vector<torch::Tensor>& changes,
                                         const torch::Tensor& scene)
{
    return shares(gateFeatures(config_, blurred, changes, scene));
}

torch::Tensor SharpnessGateImpl::choice(const torch::Tensor& blurred,
                                        const std::vector<torch::Tensor>& changes,
                                        const torch::Tensor& scene)
{
    return choiceIn(answersTo(gateFeatures(config_, blurred, changes, scene)));
}

std::int64_t SharpnessGateImpl::reachPixels() const
{
    // A cell for each convolution that looks around, one for the slopes at a cell's end, one for
    // what a coarser change is interpolated from.
    return (config_.blocks + (config_.scales > 1 ? 2 : 1)) * cellPixels;
}

torch::Tensor gateFeatures(const SharpnessGateConfig& gate, const torch::Tensor& blurred,
                           const std::vector<torch::Tensor>& changes, const torch::Tensor& scene)
{
    const auto gray = luma(blurred);
    const auto photo = octavesOf(gray);
    std::vector<Octaves> proposed;
    for (const auto& change : changes)
        proposed.push_back(octavesOf(luma(change)));
    Features features;
    for (std::size_t number = 0; number < photo.size(); ++number) {
        appendSlopes(features, photo[number]);
        appendChange(features, photo[number], proposed.front()[number]);
        appendPeaks(features, photo[number]);
    }
    const auto grain = grainOf(gray);
    features.push_back(loudness(pooled(grain, cellPixels)));
    features.push_back(loudness(-peaks(-grain, cellPixels)));
    features.push_back(amountOf(changes.front()));
    features.push_back(pooled(gray, cellPixels));
    for (std::size_t i = 1; i < changes.size(); ++i) {
        for (std::size_t number = 0; number < photo.size(); ++number)
            appendChange(features, photo[number], proposed[i][number]);
        features.push_back(amountOf(changes[i]));
    }
    appendAgreement(features, changes);
    if (gate.octaveAgreement)
        appendOctaveAgreement(features, proposed);
    if (gate.scene)
        features.push_back(scene.expand(
            {blurred.size(0), -1, blurred.size(2) / cellPixels, blurred.size(3) / cellPixels}));
    return torch::cat(features, 1);
}

torch::Tensor sceneFeatures(const torch::Tensor& parts)
{
    const auto gray = luma(parts);
    Features features;
    for (std::int64_t number = 0; number < octaves; ++number) {
        const auto octave = octaveOf(gray, number);
        const auto slope = torch::maximum(octave.x.abs(), octave.y.abs());
        features.push_back(loudness(quantileOf(pooled(slope, octave.side), sharpest)));
        if (number < peakOctaves)
            features.push_back(loudness(quantileOf(peaks(slope, octave.side), sharpest)));
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
