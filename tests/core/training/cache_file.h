// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/checkpoint/safetensors.h"

#include <torch/types.h>
#include <torch/utils.h>

#include <filesystem>
#include <map>
#include <stdexcept>
#include <string>

namespace limpid::tests {

/// A cache of photographs, made of soft blobs and grain: names and their sides in pixels.
inline std::filesystem::path writeCache(const std::filesystem::path& folder,
                                        const std::map<std::string, std::int64_t>& sides)
{
    torch::manual_seed(8);
    std::map<std::string, torch::Tensor> photos;
    std::map<std::string, checkpoint::TensorBytes> entries;
    for (const auto& [name, side] : sides) {
        const auto coarse = torch::rand({1, 3, side / 8, side / 8});
        const auto smooth = torch::upsample_bilinear2d(coarse, {side, side}, true);
        const auto grainy = 0.8 * smooth[0] + 0.2 * torch::rand({3, side, side});
        const auto& photo = photos[name] = (grainy * 255.0).to(torch::kUInt8).contiguous();
        entries[name] = {checkpoint::DType::U8,
                         photo.sizes().vec(),
                         {static_cast<const std::byte*>(photo.const_data_ptr()),
                          static_cast<std::size_t>(photo.numel())}};
    }
    const auto path = folder / "photos.safetensors";
    if (!checkpoint::writeSafetensors(path, entries, {}))
        throw std::runtime_error("cannot write " + path.string());
    return path;
}

} // namespace limpid::tests
