// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/methods/byte_picture.h"

namespace limpid::methods {

torch::Tensor pictureFromBytes(const torch::Tensor& bytes)
{
    return bytes.permute({2, 0, 1}).unsqueeze(0).to(torch::kFloat32).contiguous() / 255.0;
}

torch::Tensor truncatedToBytes(const torch::Tensor& picture)
{
    return (picture * 255.0)
        .clamp(0.0, 255.0)
        .to(torch::kUInt8)
        .squeeze(0)
        .permute({1, 2, 0})
        .contiguous();
}

torch::Tensor zeroPadded(const torch::Tensor& x, int multiple)
{
    const auto missing = [multiple](std::int64_t extent) {
        return (multiple - extent % multiple) % multiple;
    };
    return torch::constant_pad_nd(x, {0, missing(x.size(3)), 0, missing(x.size(2))});
}

} // namespace limpid::methods
