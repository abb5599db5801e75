// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/methods/halo_tiles.h"

namespace limpid::methods {

std::vector<HaloTile> haloTiles(Size picture, int side, int halo)
{
    std::vector<HaloTile> tiles;
    for (int y = 0; y < picture.height; y += side)
        for (int x = 0; x < picture.width; x += side) {
            const Rect core = Rect{x, y, side, side}.intersected(wholeOf(picture));
            tiles.push_back({core, core.grown(halo).intersected(wholeOf(picture))});
        }
    return tiles;
}

Size sizeOf(const torch::Tensor& tensor)
{
    return {static_cast<int>(tensor.size(-1)), static_cast<int>(tensor.size(-2))};
}

torch::Tensor narrowed(const torch::Tensor& tensor, const Rect& area, std::int64_t scale)
{
    return tensor.narrow(2, area.y / scale, area.height / scale)
        .narrow(3, area.x / scale, area.width / scale);
}

} // namespace limpid::methods
