// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/nn/attention_windows.h"

#include "core/base/round_up.h"

#include <algorithm>

namespace limpid::nn {

namespace {

std::vector<std::int64_t> originsAlong(std::int64_t size, std::int64_t side)
{
    const std::int64_t count = piecesFor(size, side);
    if (count == 1)
        return {0};
    const std::int64_t spacing = piecesFor(size - side, count - 1);
    std::vector<std::int64_t> origins;
    for (std::int64_t i = 0; i < count; ++i)
        origins.push_back(std::min(i * spacing, size - side));
    return origins;
}

} // namespace

AttentionWindows attentionWindows(WindowSize map, WindowSize window)
{
    AttentionWindows windows{
        .size = {std::min(map.height, window.height), std::min(map.width, window.width)},
        .origins = {}};
    for (const auto row : originsAlong(map.height, windows.size.height))
        for (const auto column : originsAlong(map.width, windows.size.width))
            windows.origins.emplace_back(row, column);
    return windows;
}

torch::Tensor mapWindows(const torch::Tensor& x, WindowSize window,
                         const std::function<torch::Tensor(const torch::Tensor&)>& inside)
{
    const auto windows = attentionWindows({x.size(2), x.size(3)}, window);
    if (windows.origins.size() == 1)
        return inside(x);
    auto sum = torch::zeros_like(x);
    auto count = torch::zeros({1, 1, x.size(2), x.size(3)}, x.options());
    const auto part = [&](const torch::Tensor& whole, const auto& origin) {
        return whole.narrow(2, origin.first, windows.size.height)
            .narrow(3, origin.second, windows.size.width);
    };
    for (const auto& origin : windows.origins) {
        part(sum, origin).add_(inside(part(x, origin)));
        part(count, origin).add_(1);
    }
    return sum / count;
}

} // namespace limpid::nn
