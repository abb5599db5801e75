// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/evaluation/kernel_files.h"

#include "core/evaluation/photo_source.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace limpid::evaluation {

namespace {

using training::Psf;
using training::psfRadius;
using training::psfSide;

struct Weight {
    double x = 0.0; ///< Pixels from the centroid.
    double y = 0.0;
    double value = 0.0;
};

/// Those that are not zero, summing to one; none when all are.
std::vector<Weight> weightsOf(const torch::Tensor& picture)
{
    const auto gray = picture[0].mean(0).to(torch::kFloat64).contiguous();
    const double sum = gray.sum().item<double>();
    const auto* value = gray.const_data_ptr<double>();
    std::vector<Weight> weights;
    double meanX = 0.0;
    double meanY = 0.0;
    for (std::int64_t y = 0; y < gray.size(0); ++y)
        for (std::int64_t x = 0; x < gray.size(1); ++x, ++value) {
            if (*value <= 0.0)
                continue;
            weights.push_back({static_cast<double>(x), static_cast<double>(y), *value / sum});
            meanX += weights.back().x * weights.back().value;
            meanY += weights.back().y * weights.back().value;
        }
    for (auto& weight : weights) {
        weight.x -= meanX;
        weight.y -= meanY;
    }
    return weights;
}

bool fits(const Weight& weight)
{
    return std::max(std::abs(weight.x), std::abs(weight.y)) <= psfRadius - 1;
}

/// Between pixels the weight is shared linearly.
void add(Psf& psf, const Weight& weight)
{
    const double left = std::floor(weight.x);
    const double top = std::floor(weight.y);
    const double fx = weight.x - left;
    const double fy = weight.y - top;
    const auto at = [&psf](double y, double x) -> float& {
        return psf[static_cast<std::size_t>((y + psfRadius) * psfSide + x + psfRadius)];
    };
    at(top, left) += static_cast<float>(weight.value * (1 - fx) * (1 - fy));
    at(top, left + 1) += static_cast<float>(weight.value * fx * (1 - fy));
    at(top + 1, left) += static_cast<float>(weight.value * (1 - fx) * fy);
    at(top + 1, left + 1) += static_cast<float>(weight.value * fx * fy);
}

/// What is left when a hundredth of the weight is cut from both ends of an axis.
double extentAlong(double Weight::*axis, std::vector<Weight> weights)
{
    std::sort(weights.begin(), weights.end(),
              [axis](const Weight& a, const Weight& b) { return a.*axis < b.*axis; });
    const auto reached = [&](double share) {
        double sum = 0.0;
        const auto found = std::find_if(weights.begin(), weights.end(), [&](const Weight& weight) {
            return (sum += weight.value) >= share;
        });
        return found == weights.end() ? weights.back().*axis : (*found).*axis;
    };
    return reached(0.99) - reached(0.01) + 1.0;
}

} // namespace

Result<GivenKernel> readKernel(const std::filesystem::path& file)
{
    const auto picture = pictureOf(file, 0);
    if (!picture)
        return tl::unexpected(picture.error());
    const auto weights = weightsOf(*picture);
    if (weights.empty())
        return fail(ErrorCode::DamagedFile, "a kernel is not all black", file);
    if (!std::all_of(weights.begin(), weights.end(), fits))
        return fail(ErrorCode::DamagedFile,
                    "it reaches farther than " + std::to_string(psfRadius - 1) +
                        " pixels from its centroid; its ground must be quite black",
                    file);
    GivenKernel kernel{.name = file.stem().string(),
                       .psf = Psf(static_cast<std::size_t>(psfSide) * psfSide, 0.0F)};
    for (const auto& weight : weights)
        add(kernel.psf, weight);
    kernel.extent = std::max(extentAlong(&Weight::x, weights), extentAlong(&Weight::y, weights));
    return kernel;
}

Result<std::vector<GivenKernel>> readKernels(const std::filesystem::path& folder)
{
    const auto files = photoFilesIn(folder);
    if (!files)
        return tl::unexpected(files.error());
    std::vector<GivenKernel> kernels;
    for (const auto& file : *files) {
        auto kernel = readKernel(file);
        if (!kernel)
            return tl::unexpected(kernel.error());
        kernels.push_back(std::move(*kernel));
    }
    return kernels;
}

} // namespace limpid::evaluation
