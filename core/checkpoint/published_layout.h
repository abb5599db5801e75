// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace limpid::checkpoint {

/// Names and shapes of tensors; an empty shape is a scalar.
using TensorShapes = std::map<std::string, std::vector<std::int64_t>>;

/// Sizes of a latent U-Net, or of its encoding half.
struct UnetLayout {
    std::int64_t inChannels = 4;
    std::int64_t outChannels = 4;
    std::int64_t modelChannels = 320;
    std::vector<std::int64_t> multipliers{1, 2, 4, 4};   ///< Per level; each halves the size.
    std::vector<std::int64_t> attentionFactors{4, 2, 1}; ///< Levels with attention, as 1/size.
    std::int64_t residualBlocks = 2;
    std::int64_t contextChannels = 1024;
};

struct AutoencoderLayout {
    std::int64_t channels = 128;
    std::vector<std::int64_t> multipliers{1, 2, 4, 4};
    std::int64_t residualBlocks = 2; ///< Per level; one more in the decoder.
    std::int64_t zChannels = 4;
    std::int64_t embedChannels = 4;
};

struct TextLayout {
    std::int64_t vocabulary = 49408;
    std::int64_t positions = 77;
    std::int64_t width = 1024;
    std::int64_t layers = 24;
    std::int64_t projection = 1024;
};

/// The sizes of all networks of DeblurDiff (arXiv 2502.03810); by default those of the released
/// checkpoint.
struct DeblurDiffLayout {
    UnetLayout unet{};
    UnetLayout kernel{.inChannels = 8, .outChannels = 100, .modelChannels = 128};
    UnetLayout control{.inChannels = 12}; ///< With the hint; it has no output channels.
    AutoencoderLayout autoencoder{};
    TextLayout text{};
};

/// What a complete checkpoint holds, under the published names.
TensorShapes tensorShapes(const DeblurDiffLayout& layout);

} // namespace limpid::checkpoint
