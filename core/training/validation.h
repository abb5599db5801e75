// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/networks/msg_model.h"
#include "core/training/degradation.h"
#include "core/training/photo_cache.h"

#include <functional>
#include <string>
#include <vector>

namespace limpid::training {

/// Gain over the input in dB over the pictures of one class of blur.
struct ClassGain {
    std::string name;
    int pictures = 0;
    double inputPsnr = 0.0; ///< Mean over pictures.
    double outputPsnr = 0.0;
    double gain = 0.0;
    double halfInterval = 0.0; ///< 95 % confidence: gain ± this.
    double lowestOutput = 0.0; ///< Of a single picture.
};

/// Restores a picture: [1, 3, H, W], −1…1 → same.
using Restorer = std::function<torch::Tensor(const torch::Tensor&)>;

/// Degrades each photograph of the cache once per class with fixed seeds and measures what the
/// restorer gains. Sharp pictures come in twice: untouched ("sharp": PSNR of output against input)
/// and merely noisy.
std::vector<ClassGain> measure(const PhotoCache& photos, std::int64_t side,
                               const Restorer& restore);

/// The one-step regressor of a model.
Restorer oneStep(networks::MsgModel& model);

/// The table as Markdown.
std::string asMarkdown(const std::vector<ClassGain>& gains);

} // namespace limpid::training
