// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/nn/feature_norm.h"

#include "core/nn/autocast.h"
#include "core/nn/new_parameter.h"

namespace limpid::nn {

namespace {

constexpr std::int64_t groups = 32;

} // namespace

FeatureNormImpl::FeatureNormImpl(std::int64_t channels, const FeatureNormOptions& options)
    : options_(options),
      weight_(register_parameter("weight", newConstantParameter({channels}, 1.0))),
      bias_(register_parameter("bias", newConstantParameter({channels}, 0.0)))
{
    TORCH_CHECK(options.kind != NormKind::GroupSpatial || channels % groups == 0,
                "want channels in 32 groups, got ", channels);
}

torch::Tensor FeatureNormImpl::forward(const torch::Tensor& x)
{
    const auto weight = weight_.to(x.scalar_type()); // differs under autocast only
    const auto bias = bias_.to(x.scalar_type());
    if (options_.kind == NormKind::GroupSpatial)
        return torch::group_norm(x, groups, weight, bias, options_.epsilon);
    const WithoutAutocast typesAsTheyAre;
    const auto pixels = x.permute({0, 2, 3, 1}); // contiguous when x is channels-last
    return torch::layer_norm(pixels, {weight_.size(0)}, weight, bias, options_.epsilon)
        .permute({0, 3, 1, 2});
}

} // namespace limpid::nn
