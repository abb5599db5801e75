// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/evaluation/photo_source.h"

#include <torch/types.h>

#include <filesystem>
#include <optional>
#include <ostream>
#include <vector>

namespace limpid::evaluation {

/// How far a picture is from photographs as they are, without a truth to compare with, after the
/// Natural Image Quality Evaluator (Mittal, Soundararajan and Bovik 2013): normalized luma, its
/// distribution and that of products of neighbors in patches at two scales (36 features, see
/// natural_features.h), and the distance between their Gaussian over the picture's patches and that
/// over sharp photographs'. 0 and up, less is more natural.
///
/// Not the published figure and not comparable with it: the model is fitted to this project's own
/// photographs, patches overlap by half, and the second scale is the 2×2 mean.
class NaturalnessModel {
public:
    /// From the patches of sharp photographs. features: [patches, 36], double, more than 36 rows.
    explicit NaturalnessModel(const torch::Tensor& features);

    /// A file that write() made. ModelMissing, FileUnreadable, ModelDamaged.
    [[nodiscard]] static Result<NaturalnessModel> read(const std::filesystem::path& file);

    /// As safetensors, "mean" [36] and "covariance" [36, 36], fp32.
    [[nodiscard]] Result<void> write(const std::filesystem::path& file) const;

    /// None for a picture of less than 144 pixels each way, which has no two patches.
    std::optional<double> distanceOf(const torch::Tensor& picture) const;

private:
    NaturalnessModel() = default;

    torch::Tensor mean_;       ///< [36], double.
    torch::Tensor covariance_; ///< [36, 36], double.
};

/// A model of these photographs: of each, patches that have at least three quarters of the
/// sharpness of its sharpest one. Those that cannot be read are left out, which progress is told.
/// InvalidRequest when there are too few patches.
[[nodiscard]] Result<NaturalnessModel> fitNaturalness(const std::vector<NamedPhoto>& photos,
                                                      std::ostream& progress);

} // namespace limpid::evaluation
