// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

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
    double halfInterval = 0.0; ///< 95 %: gain ± this (Student's t). NaN of fewer than two pictures.
    double lowestOutput = 0.0; ///< Of a single picture.
};

/// Restores a picture: [1, 3, H, W], −1…1 → same.
using Restorer = std::function<torch::Tensor(const torch::Tensor&)>;

/// Makes a picture of a pair as a Restorer does of its blurred picture; may look at the sharp one
/// to show what could be reached at best.
using PairRestorer = std::function<torch::Tensor(const Pair&)>;

struct NamedRestorer {
    std::string name;
    PairRestorer restore;
};

PairRestorer onBlurred(Restorer restore);

/// Takes pairs of the CPU to where the restorer works, and the answer back.
PairRestorer onDevice(PairRestorer restore, torch::Device device);

/// Degrades each photograph of the cache once per class with fixed seeds and measures what the
/// restorer gains. Sharp pictures come in three times: merely noisy, untouched, and untouched with
/// little depth of field (see drawShallowFocus); those two have the PSNR of output against input.
std::vector<ClassGain> measure(const PhotoCache& photos, std::int64_t side,
                               const PairRestorer& restore);

/// Pixels of a side of the pictures that a session measures and draws.
constexpr std::int64_t validationSide = 192;

/// The table as Markdown.
std::string asMarkdown(const std::vector<ClassGain>& gains);

} // namespace limpid::training
