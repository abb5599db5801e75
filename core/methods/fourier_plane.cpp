// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/methods/fourier_plane.h"

#include <numbers>

namespace limpid::methods {

namespace {

constexpr double pi = std::numbers::pi;

torch::Tensor fadedSides(std::int64_t length, std::int64_t fade,
                         const torch::TensorOptions& options)
{
    const auto ramp = 0.5 - 0.5 * torch::cos(pi * (torch::arange(fade, options) + 0.5) /
                                             static_cast<double>(fade));
    return torch::cat({ramp, torch::ones({length - 2 * fade}, options), ramp.flip(0)});
}

/// Energy of a difference between neighbors at a frequency.
torch::Tensor differenceEnergy(const torch::Tensor& frequency)
{
    return 4.0 * torch::sin(pi * frequency).square();
}

/// Where the mass of a kernel lies, from its middle: down and across, in pixels.
std::pair<torch::Tensor, torch::Tensor> centroidOf(const torch::Tensor& kernel)
{
    const auto offsets = [&](std::int64_t axis) {
        const auto side = kernel.size(axis);
        return torch::arange(side, kernel.options()) - static_cast<double>(side / 2);
    };
    return {(kernel.sum(1) * offsets(0)).sum(), (kernel.sum(0) * offsets(1)).sum()};
}

} // namespace

torch::Tensor energyOf(const torch::Tensor& spectrum)
{
    return torch::real(spectrum * spectrum.conj());
}

FourierPlane::FourierPlane(Size size, Size margins, torch::Device device) : size_(size)
{
    const auto options = torch::device(device).dtype(torch::kFloat);
    down_ = torch::fft::fftfreq(size.height, 1.0, options).unsqueeze(1);
    across_ = torch::fft::rfftfreq(size.width, 1.0, options);
    slopeEnergy_ = differenceEnergy(down_) + differenceEnergy(across_);
    window_ = fadedSides(size.height, margins.height, options).unsqueeze(1) *
              fadedSides(size.width, margins.width, options);
}

torch::Tensor FourierPlane::spectrum(const torch::Tensor& picture) const
{
    return torch::fft::rfft2(picture);
}

torch::Tensor FourierPlane::picture(const torch::Tensor& spectrum) const
{
    return torch::fft::irfft2(spectrum, at::IntArrayRef{size_.height, size_.width});
}

torch::Tensor FourierPlane::spectrumOf(const torch::Tensor& kernel) const
{
    const auto height = kernel.size(0);
    const auto width = kernel.size(1);
    const auto padded =
        torch::constant_pad_nd(kernel, {0, size_.width - width, 0, size_.height - height});
    return spectrum(torch::roll(padded, {-(height / 2), -(width / 2)}, {0, 1}));
}

torch::Tensor FourierPlane::centeredSpectrumOf(const torch::Tensor& kernel) const
{
    const auto [y, x] = centroidOf(kernel);
    const auto phase = 2.0 * pi * (down_ * y + across_ * x);
    return spectrumOf(kernel) * torch::complex(torch::cos(phase), torch::sin(phase));
}

} // namespace limpid::methods
