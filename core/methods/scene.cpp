// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/methods/scene.h"

#include "core/base/round_up.h"
#include "core/methods/tensor_image.h"
#include "core/networks/sharpness_gate.h"

#include <algorithm>
#include <cmath>
#include <torch/utils.h>
#include <vector>

namespace limpid::methods {

namespace {

constexpr int cell = static_cast<int>(networks::SharpnessGateImpl::cellPixels);
constexpr int windowSide = 128;
constexpr double mostWindows = 96.0; // about 1.6 megapixels

/// Where windows begin along a side: evenly spread, the last one ends with the side.
std::vector<int> begins(int side, int window, int count)
{
    std::vector<int> result;
    for (int i = 0; i < count; ++i)
        result.push_back(count == 1 ? 0 : (side - window) * i / (count - 1));
    return result;
}

int windowFor(int side)
{
    return std::min(windowSide, roundedUp(side, cell));
}

/// As many windows as cover the side, fewer where a photograph has too many of them.
int countFor(int side, double share)
{
    const int all = piecesFor(side, windowSide);
    return std::max(1, static_cast<int>(all * std::min(1.0, share)));
}

} // namespace

torch::Tensor sceneOf(const image::Image& photo)
{
    const torch::NoGradGuard noGrad;
    const Size size = photo.size();
    const double all = static_cast<double>(size.area()) / (windowSide * windowSide);
    const double share = std::sqrt(mostWindows / all);
    const int width = windowFor(size.width);
    const int height = windowFor(size.height);
    std::vector<torch::Tensor> windows;
    for (const int y : begins(size.height, height, countFor(size.height, share)))
        for (const int x : begins(size.width, width, countFor(size.width, share)))
            windows.push_back(toTensor(photo, {x, y, width, height}));
    return networks::sceneFeatures(torch::cat(windows));
}

} // namespace limpid::methods
