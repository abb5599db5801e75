// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/methods/kernel_fit.h"

#include <cmath>

namespace limpid::methods {

namespace {

constexpr int iterations = 60;
constexpr double sparsity = 0.01; // l1, in parts of the largest correlation
constexpr double ridge = 1e-3;    // l2, in parts of the slopes' energy
constexpr double faintest = 0.05; // in parts of the peak: what is below goes
constexpr double strongest = 0.2; // what belongs to no part as strong as this, too

/// The middle of a picture that repeats itself, whose origin is its first pixel.
torch::Tensor aroundOrigin(const torch::Tensor& picture, std::int64_t reach)
{
    return torch::roll(picture, {reach, reach}, {0, 1})
        .narrow(0, 0, 2 * reach + 1)
        .narrow(1, 0, 2 * reach + 1);
}

std::int64_t powerOfTwoFrom(std::int64_t least)
{
    std::int64_t power = 1;
    while (power < least)
        power *= 2;
    return power;
}

/// ‖Σ k(u)·s(x − u) − b(x)‖² as a function of k alone: ⟨k, A∗k⟩/2 − ⟨k, c⟩, with the
/// autocorrelation A of s and its correlation c with b.
struct NormalEquations {
    FourierPlane plane;
    torch::Tensor autocorrelation; ///< Spectrum on the plane.
    torch::Tensor correlation;     ///< [side, side].

    torch::Tensor gradientAt(const torch::Tensor& kernel) const
    {
        const auto side = kernel.size(0);
        const auto missing = autocorrelation.size(0) - side;
        const auto padded = torch::constant_pad_nd(kernel, {0, missing, 0, missing});
        const auto product = plane.picture(plane.spectrum(padded) * autocorrelation);
        return product.narrow(0, 0, side).narrow(1, 0, side) - correlation + ridge * kernel;
    }
};

NormalEquations equationsFrom(const torch::Tensor& autocorrelation,
                              const torch::Tensor& correlation, std::int64_t side)
{
    const auto energy = autocorrelation[0][0].clamp_min(1e-12);
    const auto length = static_cast<int>(powerOfTwoFrom(2 * side - 1));
    FourierPlane plane({length, length}, /*margins=*/{}, autocorrelation.device());
    const auto lags = aroundOrigin(autocorrelation, side - 1) / energy;
    return {.plane = plane,
            .autocorrelation = plane.spectrumOf(lags),
            .correlation = aroundOrigin(correlation, side / 2) / energy};
}

torch::Tensor withSumOne(const torch::Tensor& kernel)
{
    const double sum = kernel.sum().item<double>();
    if (sum > 0.0)
        return kernel / sum;
    auto identity = torch::zeros_like(kernel);
    identity[kernel.size(0) / 2][kernel.size(1) / 2] = 1.0;
    return identity;
}

torch::Tensor minimum(const NormalEquations& equations, const torch::Tensor& start)
{
    const double lipschitz = equations.autocorrelation.abs().max().item<double>() + ridge;
    const double threshold = sparsity * equations.correlation.abs().max().item<double>();
    auto kernel = start.defined() ? start : withSumOne(equations.correlation.clamp_min(0.0));
    auto ahead = kernel;
    double momentum = 1.0;
    for (int i = 0; i < iterations; ++i) {
        const auto next =
            torch::relu(ahead - (equations.gradientAt(ahead) + threshold) / lipschitz);
        const double following = 0.5 * (1.0 + std::sqrt(1.0 + 4.0 * momentum * momentum));
        ahead = next + (momentum - 1.0) / following * (next - kernel);
        kernel = next;
        momentum = following;
    }
    return kernel;
}

/// What is at least faint and touches, through what is, something strong (as hysteresis does for
/// edges, Canny 1986).
torch::Tensor connected(const torch::Tensor& kernel)
{
    const auto peak = kernel.max();
    const auto faint = (kernel >= faintest * peak).to(torch::kFloat).unsqueeze(0);
    auto kept = (kernel >= strongest * peak).to(torch::kFloat).unsqueeze(0);
    for (std::int64_t i = 0; i < kernel.numel(); ++i) {
        const auto grown = torch::max_pool2d(kept, 3, 1, 1) * faint;
        if (torch::equal(grown, kept))
            break;
        kept = grown;
    }
    return kernel * kept.squeeze(0);
}

} // namespace

Slopes slopesOf(const torch::Tensor& picture)
{
    return {torch::roll(picture, -1, 1) - picture, torch::roll(picture, -1, 0) - picture};
}

Slopes steepest(const Slopes& slopes, double share, Size margins)
{
    const auto steepness = torch::hypot(slopes[0], slopes[1]);
    const auto inner = steepness.slice(0, margins.height, -margins.height)
                           .slice(1, margins.width, -margins.width)
                           .flatten();
    const auto below =
        static_cast<std::int64_t>((1.0 - share) * static_cast<double>(inner.numel()));
    const auto chosen = steepness > std::get<0>(inner.kthvalue(below));
    return {slopes[0] * chosen, slopes[1] * chosen};
}

KernelFit::KernelFit(const FourierPlane& plane, const torch::Tensor& blurred, std::int64_t side)
    : plane_(plane), side_(side)
{
    const auto slopes = slopesOf(blurred);
    for (std::size_t i = 0; i < slopes.size(); ++i)
        blurred_[i] = plane.spectrum(slopes[i] * plane.window());
}

torch::Tensor KernelFit::kernelFor(const Slopes& sharp, const torch::Tensor& start) const
{
    torch::Tensor energy;
    torch::Tensor correlation;
    for (std::size_t i = 0; i < sharp.size(); ++i) {
        const auto spectrum = plane_.spectrum(sharp[i] * plane_.window());
        const auto own = energyOf(spectrum);
        const auto common = spectrum.conj() * blurred_[i];
        energy = energy.defined() ? energy + own : own;
        correlation = correlation.defined() ? correlation + common : common;
    }
    const auto equations =
        equationsFrom(plane_.picture(torch::complex(energy, torch::zeros_like(energy))),
                      plane_.picture(correlation), side_);
    return withSumOne(connected(minimum(equations, start)));
}

} // namespace limpid::methods
