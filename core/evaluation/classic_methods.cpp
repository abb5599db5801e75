// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/evaluation/classic_methods.h"

#include "core/evaluation/picture.h"
#include "core/training/degradation.h"

#include <algorithm>
#include <cmath>

namespace limpid::evaluation {

namespace {

using training::psfRadius;
using training::psfSide;

/// By the kernel's radius: the edge repeated where the picture is too small to be mirrored.
torch::Tensor withMargin(const torch::Tensor& picture)
{
    const std::vector<std::int64_t> margin(4, psfRadius);
    return std::min(picture.size(2), picture.size(3)) > psfRadius
               ? torch::reflection_pad2d(picture, margin)
               : torch::replication_pad2d(picture, margin);
}

/// The kernel's transfer function for pictures of this size. → [1, 1, H, W / 2 + 1], complex.
torch::Tensor transferOf(const training::Psf& psf, const torch::Tensor& like)
{
    const auto kernel = torch::tensor(psf).view({1, 1, psfSide, psfSide});
    const auto padded =
        torch::constant_pad_nd(kernel, {0, like.size(3) - psfSide, 0, like.size(2) - psfSide});
    return torch::fft_rfft2(torch::roll(padded, {-psfRadius, -psfRadius}, {2, 3}));
}

torch::Tensor backFrom(const torch::Tensor& spectrum, const torch::Tensor& like)
{
    return torch::fft_irfft2(spectrum, std::vector<std::int64_t>{like.size(2), like.size(3)});
}

/// Energy per frequency, summing to one over all but the mean's. → [1, 1, H, W / 2 + 1].
torch::Tensor naturalSpectrum(const torch::Tensor& like)
{
    const auto fy = torch::fft_fftfreq(like.size(2)).view({-1, 1});
    const auto fx = torch::fft_fftfreq(like.size(3)).view({1, -1});
    const auto squared = (fy * fy + fx * fx).index_put_({0, 0}, 1.0);
    const auto energy = squared.reciprocal().index_put_({0, 0}, 0.0);
    auto result = energy / energy.sum();
    result.index_put_({0, 0}, 1e9); // the mean is kept
    return result.narrow(1, 0, like.size(3) / 2 + 1).unsqueeze(0).unsqueeze(0);
}

/// 1 inside, falling to 0 at both ends as the kernel's autocorrelation along this axis says.
/// → [size].
torch::Tensor taper(const torch::Tensor& kernel, std::int64_t axis, std::int64_t size)
{
    const auto line = kernel.sum(1 - axis).to(torch::kFloat64); // the kernel seen from one side
    const auto spectrum = torch::abs(torch::fft_rfft(line, size)).square();
    const auto correlation = torch::fft_irfft(spectrum, size);
    return (1.0 - correlation / correlation.max()).to(torch::kFloat32);
}

/// The picture blurred towards its border, where it would otherwise jump to the other side and
/// ring ("edgetaper" of other tools).
torch::Tensor tapered(const torch::Tensor& seen, const training::Psf& psf,
                      const torch::Tensor& transfer)
{
    const auto kernel = torch::tensor(psf).view({psfSide, psfSide});
    const auto weight =
        torch::outer(taper(kernel, 0, seen.size(2)), taper(kernel, 1, seen.size(3)));
    const auto blurred = backFrom(torch::fft_rfft2(seen) * transfer, seen);
    return weight * seen + (1.0 - weight) * blurred;
}

} // namespace

torch::Tensor unsharpMask(const torch::Tensor& picture, double sigma, double amount)
{
    const auto radius = static_cast<std::int64_t>(std::ceil(3.0 * sigma));
    const auto window = gaussianWindow(static_cast<int>(2 * radius + 1), sigma).to(torch::kFloat32);
    const auto padded = torch::replication_pad2d(picture, {radius, radius, radius, radius});
    // Colors become a batch, because each is blurred alike.
    const auto blurred = torch::conv2d(padded.transpose(0, 1), window).transpose(0, 1);
    return (picture + amount * (picture - blurred)).clamp(0.0, 1.0);
}

torch::Tensor richardsonLucy(const torch::Tensor& picture, const training::Psf& psf, int iterations)
{
    constexpr double tiny = 1e-4;      // keeps black from dividing by zero
    constexpr double leastSeen = 0.01; // of a scene point's light; below, nothing is known of it
    const auto seen = withMargin(linearLight(picture));
    const auto inside = torch::constant_pad_nd(torch::ones_like(picture.narrow(1, 0, 1)),
                                               std::vector<std::int64_t>(4, psfRadius));
    const auto transfer = transferOf(psf, seen);
    const auto gathered = [&](const torch::Tensor& x) {
        return backFrom(torch::fft_rfft2(x) * torch::conj(transfer), seen);
    };
    const auto share = gathered(inside);
    const auto known = (share > leastSeen).to(torch::kFloat32) / share.clamp_min(leastSeen);
    auto scene = seen.clamp_min(tiny);
    for (int i = 0; i < iterations; ++i) {
        const auto predicted = backFrom(torch::fft_rfft2(scene) * transfer, seen).clamp_min(tiny);
        scene = (scene * gathered(inside * seen / predicted) * known).clamp_min(0.0);
    }
    return encodedLight(training::withoutPsfMargins(scene)).clamp(0.0, 1.0);
}

torch::Tensor wiener(const torch::Tensor& picture, const training::Psf& psf, double noiseVariance)
{
    const auto seen = withMargin(linearLight(picture));
    const auto transfer = transferOf(psf, seen);
    const double energy = std::max(seen.var().item<double>() - noiseVariance, 1e-6);
    const double frequencies = static_cast<double>(seen.size(2) * seen.size(3));
    const auto noiseToSignal =
        noiseVariance / (energy * frequencies * naturalSpectrum(seen)).clamp_min(1e-12);
    const auto gain = torch::conj(transfer) / (torch::abs(transfer).square() + noiseToSignal);
    const auto scene = backFrom(torch::fft_rfft2(tapered(seen, psf, transfer)) * gain, seen);
    return encodedLight(training::withoutPsfMargins(scene)).clamp(0.0, 1.0);
}

} // namespace limpid::evaluation
