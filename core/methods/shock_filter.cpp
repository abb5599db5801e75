// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/methods/shock_filter.h"

namespace limpid::methods {

namespace {

constexpr int iterations = 8;
constexpr double step = 0.4;
constexpr double grain = 0.7;    // sigma of what is evened out first, pixels
constexpr double softness = 1.0; // sigma of what tells the edges

/// Sides are repeated.
torch::Tensor padded(const torch::Tensor& picture, std::int64_t by)
{
    return torch::replication_pad2d(picture.unsqueeze(0).unsqueeze(0), {by, by, by, by});
}

torch::Tensor gaussian(double sigma, const torch::TensorOptions& options)
{
    constexpr std::int64_t reach = 4;
    const auto at = torch::arange(-reach, reach + 1, options) / sigma;
    const auto weights = torch::exp(-0.5 * at.square());
    return weights / weights.sum();
}

torch::Tensor softened(const torch::Tensor& picture, double sigma)
{
    const auto weights = gaussian(sigma, picture.options());
    const auto reach = weights.size(0) / 2;
    const auto down = torch::conv2d(padded(picture, reach), weights.view({1, 1, -1, 1}));
    return torch::conv2d(down, weights.view({1, 1, 1, -1})).squeeze(0).squeeze(0);
}

/// A picture and its neighbors: at(dy, dx) is the pixel there.
class Neighborhood {
public:
    explicit Neighborhood(const torch::Tensor& picture)
        : around_(padded(picture, 1).squeeze(0).squeeze(0)), height_(picture.size(0)),
          width_(picture.size(1))
    {}

    torch::Tensor at(std::int64_t dy, std::int64_t dx) const
    {
        return around_.narrow(0, 1 + dy, height_).narrow(1, 1 + dx, width_);
    }

private:
    torch::Tensor around_;
    std::int64_t height_;
    std::int64_t width_;
};

/// Second derivative along the gradient, times its square: its sign tells the side of an edge.
torch::Tensor sideOfEdge(const torch::Tensor& picture)
{
    const Neighborhood n(picture);
    const auto dx = (n.at(0, 1) - n.at(0, -1)) / 2.0;
    const auto dy = (n.at(1, 0) - n.at(-1, 0)) / 2.0;
    const auto dxx = n.at(0, 1) + n.at(0, -1) - 2.0 * picture;
    const auto dyy = n.at(1, 0) + n.at(-1, 0) - 2.0 * picture;
    const auto dxy = (n.at(1, 1) + n.at(-1, -1) - n.at(-1, 1) - n.at(1, -1)) / 4.0;
    return torch::sign(dxx * dx.square() + 2.0 * dxy * dx * dy + dyy * dy.square());
}

/// The smaller of two slopes, none where they disagree: no new extremes.
torch::Tensor minmod(const torch::Tensor& a, const torch::Tensor& b)
{
    return torch::where(a * b > 0.0, torch::minimum(a.abs(), b.abs()), torch::zeros_like(a));
}

torch::Tensor steepness(const torch::Tensor& picture)
{
    const Neighborhood n(picture);
    return torch::hypot(minmod(n.at(0, 1) - picture, picture - n.at(0, -1)),
                        minmod(n.at(1, 0) - picture, picture - n.at(-1, 0)));
}

} // namespace

torch::Tensor shockFiltered(const torch::Tensor& picture)
{
    auto result = softened(picture, grain);
    for (int i = 0; i < iterations; ++i)
        result = result - step * sideOfEdge(softened(result, softness)) * steepness(result);
    return result;
}

} // namespace limpid::methods
