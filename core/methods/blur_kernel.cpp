// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/methods/blur_kernel.h"

#include "core/methods/halo_tiles.h"
#include "core/methods/kernel_fit.h"
#include "core/methods/shock_filter.h"

#include <algorithm>
#include <cmath>

namespace limpid::methods {

namespace {

constexpr std::int64_t largestHalfKernel = 25;
constexpr int roundsAtHalfSize = 8;
constexpr int roundsAtFullSize = 8;
constexpr double firstShare = 0.08;  // of the slopes, those of the guess that are believed
constexpr double share = 0.15;       // and those of a picture with few edges
constexpr double fewestEdges = 1e-3; // price of an edge at first, a squared difference
constexpr double moreEdges = 0.9;    // the price after each round
constexpr double leastNoise = 0.025; // of the photograph, in parts of a guess's error: what is
                                     // weaker in the kernel's spectrum is taken from the guess
constexpr double largestNoise = 1.0;
constexpr double noiseWeight = 4.0; // grain shows more in the result than the guess's error does
constexpr std::int64_t beyond = 32; // pixels of what is mirrored at the sides, where nobody knows
                                    // what was there: more than a kernel reaches

torch::Tensor halved(const torch::Tensor& picture)
{
    return torch::avg_pool2d(picture.unsqueeze(0), 2).squeeze(0);
}

/// A kernel of half size in pixels of the full one. Both have a middle pixel, and it stays there.
torch::Tensor doubled(const torch::Tensor& kernel)
{
    const auto side = kernel.size(0);
    const auto larger =
        torch::upsample_bicubic2d(kernel.unsqueeze(0).unsqueeze(0), {2 * side - 1, 2 * side - 1},
                                  /*align_corners=*/true)
            .squeeze(0)
            .squeeze(0)
            .clamp_min(0.0);
    return larger / larger.sum();
}

/// The picture with few edges that a kernel makes the blurred one of, by half-quadratic splitting:
/// edges and picture in turns, bound to each other more and more.
torch::Tensor withFewEdges(const FourierPlane& plane, const torch::Tensor& blurred,
                           const torch::Tensor& kernel, double price)
{
    constexpr double tightest = 2.0;
    const auto seen = kernel.conj() * plane.spectrum(blurred);
    const auto energy = energyOf(kernel);
    auto picture = blurred;
    for (double bond = 2.0 * price; bond < tightest; bond *= 2.0) {
        auto [across, down] = slopesOf(picture);
        const auto edges = (across.square() + down.square()) >= price / bond;
        across = across * edges;
        down = down * edges;
        const auto divergence = torch::roll(across, 1, 1) - across + torch::roll(down, 1, 0) - down;
        picture = plane.picture((seen + bond * plane.spectrum(divergence)) /
                                (energy + bond * plane.slopeEnergy()));
    }
    return picture;
}

/// How much of each side is faded in a search: pictures do not repeat themselves.
Size marginsOf(Size size)
{
    return {size.width * 3 / 32, size.height * 3 / 32};
}

torch::Tensor extended(const torch::Tensor& picture)
{
    return torch::reflection_pad2d(picture, {beyond, beyond, beyond, beyond});
}

torch::Tensor withoutExtension(const torch::Tensor& picture)
{
    return picture.slice(1, beyond, -beyond).slice(2, beyond, -beyond);
}

/// What a search for a kernel starts with at one size.
struct Search {
    const torch::Tensor& blurred;
    const torch::Tensor& guess;
    std::int64_t side;
    int rounds;
    double price; ///< Of an edge, in the first round.
};

/// start: undefined: as the guess tells it.
torch::Tensor foundBy(const Search& search, const torch::Tensor& start)
{
    const Size size = sizeOf(search.blurred);
    const Size margins = marginsOf(size);
    const FourierPlane plane(size, margins, search.blurred.device());
    const KernelFit fit(plane, search.blurred, search.side);
    const auto fitted = [&](const torch::Tensor& sharp, double kept, const torch::Tensor& from) {
        return fit.kernelFor(steepest(slopesOf(sharp), kept, margins), from);
    };
    auto kernel =
        start.defined() ? start : fitted(shockFiltered(search.guess), firstShare, torch::Tensor());
    const auto guessed = plane.spectrum(search.guess);
    double price = search.price;
    for (int i = 0; i < search.rounds; ++i, price *= moreEdges) {
        const auto spectrum = plane.spectrumOf(kernel);
        const auto repeating =
            torch::lerp(plane.picture(guessed * spectrum), search.blurred, plane.window());
        kernel = fitted(withFewEdges(plane, repeating, spectrum, price), share, kernel);
    }
    return kernel;
}

/// Variance of white noise in a picture [3, H, W]: diagonal second differences are deaf to edges
/// along the axes, and their median to most others.
double grainOf(const torch::Tensor& picture)
{
    constexpr double medianOfNormal = 0.6745; // of its absolute value, in standard deviations
    constexpr double gain = 2.0;              // of the differences, in standard deviations
    const auto differences = picture.diff(1, 1).diff(1, 2).abs().flatten(1);
    const auto medians = std::get<0>(differences.median(1)).to(torch::kFloat64);
    return (medians / (medianOfNormal * gain)).square().mean().item<double>();
}

/// Noise in parts of a guess's error: the unexplained part of a photograph is the one and, weaker
/// by the kernel's energy, the other.
double noiseIn(const torch::Tensor& blurred, const torch::Tensor& unexplained,
               const torch::Tensor& kernel)
{
    const double grain = grainOf(blurred);
    const double blurredError = unexplained.square().mean().item<double>() - grain;
    const double ratio = noiseWeight * grain * kernel.square().sum().item<double>();
    return ratio >= largestNoise * blurredError ? largestNoise
                                                : std::max(leastNoise, ratio / blurredError);
}

} // namespace

torch::Tensor estimateKernel(const torch::Tensor& blurred, const torch::Tensor& guess)
{
    const auto halfBlurred = halved(blurred);
    const auto halfGuess = halved(guess);
    const auto coarse = foundBy({.blurred = halfBlurred,
                                 .guess = halfGuess,
                                 .side = largestHalfKernel,
                                 .rounds = roundsAtHalfSize,
                                 .price = fewestEdges},
                                {});
    return foundBy({.blurred = blurred,
                    .guess = guess,
                    .side = largestKernel,
                    .rounds = roundsAtFullSize,
                    .price = fewestEdges * std::pow(moreEdges, roundsAtHalfSize)},
                   doubled(coarse));
}

torch::Tensor deconvolved(const torch::Tensor& blurred, const torch::Tensor& guess,
                          const torch::Tensor& kernel)
{
    const auto seen = extended(blurred);
    const auto guessed = extended(guess);
    const FourierPlane plane(sizeOf(seen), {beyond, beyond}, blurred.device());
    const auto spectrum = plane.centeredSpectrumOf(kernel);
    const auto unexplained = seen - plane.picture(plane.spectrum(guessed) * spectrum);
    const double noise = noiseIn(blurred, withoutExtension(unexplained), kernel);
    const auto inverse = spectrum.conj() / (energyOf(spectrum) + noise);
    return withoutExtension(guessed +
                            plane.picture(inverse * plane.spectrum(unexplained * plane.window())));
}

} // namespace limpid::methods
