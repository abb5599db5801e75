// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/evaluation/sharpness.h"

#include "core/evaluation/picture.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace limpid::evaluation {

namespace {

constexpr std::int64_t reach = 16;
constexpr double turn = 0.01;
constexpr double lowestStep = 0.06;

/// Values of one plane, transposed when steps are crossed from top to bottom.
class Plane {
public:
    Plane(const torch::Tensor& luma, bool alongX)
        : values_((alongX ? luma[0][0] : luma[0][0].t()).contiguous()),
          data_(values_.const_data_ptr<double>())
    {}

    std::int64_t height() const { return values_.size(0); }
    std::int64_t width() const { return values_.size(1); }
    double at(std::int64_t x, std::int64_t y) const { return data_[y * width() + x]; }
    double slope(std::int64_t x, std::int64_t y) const { return at(x + 1, y) - at(x, y); }

    /// Mean of three profiles side by side.
    double profile(std::int64_t x, std::int64_t y) const
    {
        return (at(x, y - 1) + at(x, y) + at(x, y + 1)) / 3.0;
    }

    bool hasRoom(std::int64_t x, std::int64_t y) const
    {
        return x >= reach && x + 1 + reach < width() && y >= 1 && y + 1 < height();
    }

private:
    torch::Tensor values_;
    const double* data_;
};

struct Candidate {
    StepEdge edge;
    double steepness = 0.0;
};

bool isStep(const Plane& plane, std::int64_t x, std::int64_t y)
{
    const double here = std::abs(plane.slope(x, y));
    const double across = std::abs(plane.at(x, y + 1) - plane.at(x, y - 1)) / 2.0;
    return here >= lowestStep && here > 2.0 * across && here > std::abs(plane.slope(x - 1, y)) &&
           here >= std::abs(plane.slope(x + 1, y));
}

void collect(const Plane& plane, bool alongX, std::vector<Candidate>& found)
{
    for (std::int64_t y = 1; y + 1 < plane.height(); ++y)
        for (std::int64_t x = reach; x + 1 + reach < plane.width(); ++x)
            if (isStep(plane, x, y))
                found.push_back({.edge = alongX ? StepEdge{x, y, true} : StepEdge{y, x, false},
                                 .steepness = std::abs(plane.slope(x, y))});
}

/// The rising profile of a step, cut where it turns back. Index 0: the foot.
std::vector<double> risingProfile(const Plane& plane, std::int64_t x, std::int64_t y)
{
    const double sign = plane.profile(x + 1, y) >= plane.profile(x, y) ? 1.0 : -1.0;
    const auto value = [&](std::int64_t i) {
        return sign * plane.profile(x + i, y);
    };
    std::int64_t foot = 0;
    for (std::int64_t i = -1; i >= -reach && value(i) <= value(foot) + turn; --i)
        foot = value(i) < value(foot) ? i : foot;
    std::int64_t top = 1;
    for (std::int64_t i = 2; i <= 1 + reach && value(i) >= value(top) - turn; ++i)
        top = value(i) > value(top) ? i : top;
    std::vector<double> profile;
    for (std::int64_t i = foot; i <= top; ++i)
        profile.push_back(value(i));
    return profile;
}

/// Where the profile first reaches the level, linear between pixels.
double crossing(const std::vector<double>& profile, double level)
{
    std::size_t i = 1;
    while (i + 1 < profile.size() && profile[i] < level)
        ++i;
    return static_cast<double>(i) - (profile[i] - level) / (profile[i] - profile[i - 1]);
}

std::optional<double> riseOf(const std::vector<double>& profile)
{
    const double height = profile.back() - profile.front();
    if (height < 2.0 * turn)
        return std::nullopt;
    return crossing(profile, profile.front() + 0.9 * height) -
           crossing(profile, profile.front() + 0.1 * height);
}

std::optional<double> medianOf(std::vector<double> values)
{
    if (values.empty())
        return std::nullopt;
    const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
    std::nth_element(values.begin(), middle, values.end());
    return *middle;
}

} // namespace

double gradientEnergy(const torch::Tensor& picture)
{
    const auto luma = lumaOf(picture);
    const auto energy = [&luma](std::int64_t axis) {
        return torch::diff(luma, 1, axis).square().mean().item<double>();
    };
    return energy(2) + energy(3);
}

std::optional<double> gradientEnergyRatio(const torch::Tensor& picture,
                                          const torch::Tensor& reference)
{
    const double energy = gradientEnergy(reference);
    if (energy < std::numeric_limits<double>::epsilon())
        return std::nullopt;
    return gradientEnergy(picture) / energy;
}

std::vector<StepEdge> steepestEdges(const torch::Tensor& picture, std::size_t most)
{
    const auto luma = lumaOf(picture);
    std::vector<Candidate> found;
    collect(Plane(luma, true), true, found);
    collect(Plane(luma, false), false, found);
    std::stable_sort(found.begin(), found.end(), [](const Candidate& a, const Candidate& b) {
        return a.steepness > b.steepness;
    });
    found.resize(std::min(found.size(), most));
    std::vector<StepEdge> edges;
    edges.reserve(found.size());
    for (const auto& candidate : found)
        edges.push_back(candidate.edge);
    return edges;
}

std::optional<double> edgeRise(const torch::Tensor& picture, const std::vector<StepEdge>& edges)
{
    const auto luma = lumaOf(picture);
    const Plane planes[] = {Plane(luma, false), Plane(luma, true)};
    std::vector<double> rises;
    for (const auto& edge : edges) {
        const Plane& plane = planes[edge.alongX ? 1 : 0];
        const auto [x, y] = edge.alongX ? std::pair{edge.x, edge.y} : std::pair{edge.y, edge.x};
        if (!plane.hasRoom(x, y))
            continue;
        if (const auto rise = riseOf(risingProfile(plane, x, y)))
            rises.push_back(*rise);
    }
    return medianOf(std::move(rises));
}

} // namespace limpid::evaluation
