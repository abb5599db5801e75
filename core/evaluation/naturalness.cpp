// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/evaluation/naturalness.h"

#include "core/checkpoint/safetensors.h"
#include "core/evaluation/guarded.h"
#include "core/evaluation/natural_features.h"

#include <algorithm>
#include <cmath>
#include <span>

namespace limpid::evaluation {

namespace {

constexpr double sharpEnough = 0.75; // of the sharpest patch
constexpr std::int64_t smallest = naturalPatch + naturalPatch / 2;

struct Gaussian {
    torch::Tensor mean;
    torch::Tensor covariance;
};

Gaussian gaussianOf(const torch::Tensor& features)
{
    return {features.mean(0), torch::cov(features.t())};
}

checkpoint::TensorBytes entryOf(const torch::Tensor& tensor)
{
    return {checkpoint::DType::F32,
            tensor.sizes().vec(),
            {static_cast<const std::byte*>(tensor.const_data_ptr()),
             static_cast<std::size_t>(tensor.nbytes())}};
}

Result<torch::Tensor> tensorOf(const checkpoint::SafetensorsFile& file, const char* name,
                               const std::vector<std::int64_t>& shape,
                               const std::filesystem::path& path)
{
    const auto found = file.index().tensors.find(name);
    if (found == file.index().tensors.end() || found->second.dtype != checkpoint::DType::F32 ||
        found->second.shape != shape)
        return fail(ErrorCode::ModelDamaged,
                    std::string("'") + name + "' is missing or of another shape", path);
    auto tensor = torch::empty(shape);
    const std::span memory(static_cast<std::byte*>(tensor.data_ptr()), tensor.nbytes());
    if (const auto read = file.read(found->second, memory); !read)
        return tl::unexpected(read.error());
    return tensor.to(torch::kFloat64);
}

/// Of the patches that are sharp for their photograph. InvalidRequest when it is too small.
Result<torch::Tensor> sharpFeaturesOf(const NamedPhoto& photo)
{
    const auto loaded = photo.load();
    if (!loaded)
        return loaded;
    if (std::min(loaded->size(1), loaded->size(2)) < smallest)
        return fail(ErrorCode::InvalidRequest, "it is too small", photo.source);
    const auto patches = naturalPatches(loaded->unsqueeze(0).to(torch::kFloat32) / 255.0);
    const auto sharp = patches.sharpness >= sharpEnough * patches.sharpness.max();
    return patches.features.index({sharp});
}

} // namespace

NaturalnessModel::NaturalnessModel(const torch::Tensor& features)
    : mean_(gaussianOf(features).mean), covariance_(gaussianOf(features).covariance)
{}

Result<NaturalnessModel> NaturalnessModel::read(const std::filesystem::path& path)
{
    const auto file = checkpoint::SafetensorsFile::open(path);
    if (!file)
        return tl::unexpected(file.error());
    const auto mean = tensorOf(*file, "mean", {naturalFeatures}, path);
    if (!mean)
        return tl::unexpected(mean.error());
    const auto covariance = tensorOf(*file, "covariance", {naturalFeatures, naturalFeatures}, path);
    if (!covariance)
        return tl::unexpected(covariance.error());
    NaturalnessModel model;
    model.mean_ = *mean;
    model.covariance_ = *covariance;
    return model;
}

Result<void> NaturalnessModel::write(const std::filesystem::path& file) const
{
    const auto mean = mean_.to(torch::kFloat32).contiguous();
    const auto covariance = covariance_.to(torch::kFloat32).contiguous();
    return checkpoint::writeSafetensors(
        file, {{"mean", entryOf(mean)}, {"covariance", entryOf(covariance)}},
        {{"description", "features of sharp photographs, for limpid-eval"}});
}

std::optional<double> NaturalnessModel::distanceOf(const torch::Tensor& picture) const
{
    if (std::min(picture.size(2), picture.size(3)) < smallest)
        return std::nullopt;
    const auto own = gaussianOf(naturalPatches(picture).features);
    const auto difference = (own.mean - mean_).unsqueeze(1);
    const auto inverse =
        torch::linalg_pinv((own.covariance + covariance_) / 2.0, 1e-12, /*hermitian=*/true);
    const double square =
        torch::matmul(difference.t(), torch::matmul(inverse, difference)).item<double>();
    return std::sqrt(std::max(square, 0.0));
}

Result<NaturalnessModel> fitNaturalness(const std::vector<NamedPhoto>& photos,
                                        std::ostream& progress)
{
    std::vector<torch::Tensor> features;
    std::int64_t count = 0;
    for (const auto& photo : photos) {
        auto found = guarded(photo.source, [&] { return sharpFeaturesOf(photo); });
        if (!found) {
            progress << photo.name << " is left out: " << found.error().detail << std::endl;
            continue;
        }
        features.push_back(std::move(*found));
        count += features.back().size(0);
        progress << photo.name << ": " << features.back().size(0) << " patches" << std::endl;
    }
    if (count <= 2 * naturalFeatures)
        return fail(ErrorCode::InvalidRequest,
                    "too few patches for a model: " + std::to_string(count));
    return NaturalnessModel(torch::cat(features));
}

} // namespace limpid::evaluation
