// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/training/degradation.h"

#include "core/nn/srgb_curve.h"
#include "core/training/camera_processing.h"
#include "core/training/jpeg_loss.h"
#include "core/training/seeded_noise.h"

#include <algorithm>
#include <cmath>
#include <torch/utils.h>

namespace limpid::training {

namespace {

constexpr double saturated = 0.95; // linear light above this may have been clipped by the sensor

/// Light sources are clipped in every channel; one channel alone is a saturated color, and raising
/// it would make it bloom. → [N, 1, H, W].
torch::Tensor clipped(const torch::Tensor& linear)
{
    return linear.amin(1, /*keepdim=*/true) > saturated;
}

torch::Tensor perPicture(const std::vector<Degradation>& degradations, float Degradation::*member,
                         const torch::Tensor& like)
{
    std::vector<float> values;
    values.reserve(degradations.size());
    for (const auto& degradation : degradations)
        values.push_back(degradation.*member);
    return torch::tensor(values).to(like.device()).view({-1, 1, 1, 1});
}

/// The lights alone, in a dark scene. → like `pictures`.
torch::Tensor lightsOf(const std::vector<Degradation>& degradations, const torch::Tensor& pictures)
{
    auto lit = torch::zeros(pictures.sizes());
    auto values = lit.accessor<float, 4>();
    const auto pixel = [](float position, std::int64_t length) {
        const double share = std::clamp((position + 1.0) / 2.0, 0.0, 1.0);
        return static_cast<std::int64_t>(std::lround(share * static_cast<double>(length - 1)));
    };
    for (std::size_t i = 0; i < degradations.size(); ++i)
        for (const auto& light : degradations[i].lights)
            for (std::size_t color = 0; color < light.linear.size(); ++color)
                values[static_cast<std::int64_t>(i)][static_cast<std::int64_t>(color)]
                      [pixel(light.y, lit.size(2))][pixel(light.x, lit.size(3))] +=
                    light.linear[color];
    return lit.to(pictures.device());
}

bool anyLights(const std::vector<Degradation>& degradations)
{
    return std::any_of(degradations.begin(), degradations.end(),
                       [](const Degradation& one) { return !one.lights.empty(); });
}

/// Changes the pictures whose degradation is chosen, all at once: one by one they are a thousand
/// small operations. `change` is given them and their numbers.
template<class IsChosen, class Change>
void changeSome(torch::Tensor& pictures, const std::vector<Degradation>& degradations,
                IsChosen isChosen, Change change)
{
    std::vector<std::int64_t> which;
    for (std::size_t i = 0; i < degradations.size(); ++i)
        if (isChosen(degradations[i]))
            which.push_back(static_cast<std::int64_t>(i));
    if (which.empty())
        return;
    const auto rows = torch::tensor(which).to(pictures.device());
    pictures.index_copy_(0, rows, change(pictures.index_select(0, rows), which));
}

torch::Tensor kernels(const std::vector<Degradation>& degradations, Psf Degradation::*member,
                      const torch::Tensor& like)
{
    std::vector<torch::Tensor> all;
    all.reserve(degradations.size());
    for (const auto& degradation : degradations)
        all.push_back(torch::tensor(degradation.*member).view({1, psfSide, psfSide}));
    return torch::stack(all).to(like.device()); // [N, 1, side, side]
}

/// Circular convolution by FFT; wrapped values stay inside the margin that is cut off later.
/// spectrum: of pictures [N, 3, h, w].
torch::Tensor convolve(const torch::Tensor& spectrum, std::int64_t h, std::int64_t w,
                       const torch::Tensor& psf)
{
    const auto padded = torch::constant_pad_nd(psf, {0, w - psfSide, 0, h - psfSide});
    const auto centered = torch::roll(padded, {-psfRadius, -psfRadius}, {2, 3});
    return torch::fft_irfft2(spectrum * torch::fft_rfft2(centered),
                             std::vector<std::int64_t>{h, w});
}

/// 1 inside a soft circle, 0 outside. → [N, 1, H, W].
torch::Tensor masks(const std::vector<Degradation>& degradations, const torch::Tensor& like)
{
    const auto ys = torch::linspace(-1, 1, like.size(2), like.options()).view({1, 1, -1, 1});
    const auto xs = torch::linspace(-1, 1, like.size(3), like.options()).view({1, 1, 1, -1});
    const auto dx = xs - perPicture(degradations, &Degradation::maskCenterX, like);
    const auto dy = ys - perPicture(degradations, &Degradation::maskCenterY, like);
    const auto radius = perPicture(degradations, &Degradation::maskRadius, like);
    return torch::sigmoid((radius - torch::sqrt(dx * dx + dy * dy)) * 12.0);
}

torch::Tensor blurredBy(const std::vector<Degradation>& degradations, const torch::Tensor& scene)
{
    const auto spectrum = torch::fft_rfft2(scene);
    const auto convolved = [&](Psf Degradation::*member) {
        return convolve(spectrum, scene.size(2), scene.size(3),
                        kernels(degradations, member, scene));
    };
    const auto second = convolved(&Degradation::second);
    return torch::lerp(second, convolved(&Degradation::first), masks(degradations, scene));
}

/// Standard normal values like `pictures`, each from its own seed.
torch::Tensor sensorNoise(const std::vector<Degradation>& degradations,
                          const torch::Tensor& pictures)
{
    SeededNoise noise(pictures.device());
    std::vector<torch::Tensor> fields;
    fields.reserve(degradations.size());
    for (const auto& degradation : degradations)
        fields.push_back(noise.drawn(pictures.sizes().slice(1), degradation.noiseSeed));
    return torch::stack(fields);
}

torch::Tensor withNoise(const torch::Tensor& linear, const std::vector<Degradation>& degradations)
{
    const auto shot = perPicture(degradations, &Degradation::shotNoise, linear);
    const auto read = perPicture(degradations, &Degradation::readNoise, linear);
    auto noise =
        torch::sqrt(linear.clamp_min(0.0) * shot + read * read) * sensorNoise(degradations, linear);
    changeSome(
        noise, degradations, [](const Degradation& one) { return one.bayerMosaic; },
        [](const torch::Tensor& some, const auto&) { return throughBayerMosaic(some); });
    return linear + noise;
}

torch::Tensor sharpened(const torch::Tensor& srgb, const std::vector<Degradation>& degradations)
{
    const bool any = std::any_of(degradations.begin(), degradations.end(),
                                 [](const Degradation& one) { return one.sharpening > 0.0F; });
    return any ? sharpenedInCamera(srgb, perPicture(degradations, &Degradation::sharpening, srgb))
               : srgb;
}

void applyJpeg(torch::Tensor& srgb, const std::vector<Degradation>& degradations,
               bool subsampleChroma)
{
    const auto isAlike = [&](const Degradation& one) {
        return one.jpegQuality > 0 && one.subsampleChroma == subsampleChroma;
    };
    changeSome(srgb, degradations, isAlike, [&](const torch::Tensor& some, const auto& which) {
        std::vector<int> qualities;
        qualities.reserve(which.size());
        for (const auto i : which)
            qualities.push_back(degradations[static_cast<std::size_t>(i)].jpegQuality);
        return throughJpeg(some, qualities, subsampleChroma);
    });
}

torch::Tensor withJpeg(torch::Tensor srgb, const std::vector<Degradation>& degradations)
{
    applyJpeg(srgb, degradations, /*subsampleChroma=*/false);
    applyJpeg(srgb, degradations, /*subsampleChroma=*/true);
    return srgb;
}

} // namespace

torch::Tensor withoutPsfMargins(const torch::Tensor& padded)
{
    return padded.narrow(2, psfRadius, padded.size(2) - psfMargins)
        .narrow(3, psfRadius, padded.size(3) - psfMargins);
}

Pair degrade(const torch::Tensor& pictures, const std::vector<Degradation>& degradations)
{
    const torch::NoGradGuard noGradients;
    auto exposed =
        (nn::toLinear(pictures) * perPicture(degradations, &Degradation::exposure, pictures))
            .clamp(0.0, 1.0);
    const auto boost = perPicture(degradations, &Degradation::highlights, pictures);
    auto scene = torch::where(clipped(exposed), exposed * boost, exposed);
    if (anyLights(degradations)) {
        const auto lights = lightsOf(degradations, pictures);
        scene = scene + lights;
        exposed = (exposed + lights).clamp(0.0, 1.0);
    }

    const auto blurred = blurredBy(degradations, scene);
    const auto noisy = withNoise(withoutPsfMargins(blurred), degradations).clamp(0.0, 1.0);
    const auto srgb = sharpened(nn::toSrgb(noisy), degradations);
    const auto file = torch::round(withJpeg(srgb, degradations) * 255.0) / 255.0;
    const auto sharp = nn::toSrgb(withoutPsfMargins(exposed));
    return {file * 2.0 - 1.0, sharp * 2.0 - 1.0};
}

} // namespace limpid::training
