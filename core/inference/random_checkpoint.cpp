// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/inference/random_checkpoint.h"

#include "core/checkpoint/element_conversion.h"
#include "core/checkpoint/safetensors_writer.h"
#include "core/networks/deblurdiff_metadata.h"
#include "core/networks/deblurdiff_model.h"
#include "core/networks/make_uninitialized.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <optional>
#include <span>

namespace limpid::inference {

namespace {

using checkpoint::DType;
using networks::DeblurDiffConfig;

/// Every part of the published model at a width that a laptop runs in a moment.
DeblurDiffConfig smallConfig()
{
    DeblurDiffConfig config = networks::publishedConfig();
    for (auto* unet : {&config.unet, &config.kernel, &config.control}) {
        unet->modelChannels = 32;
        unet->channelMultipliers = {1, 2, 2};
        unet->attentionFactors = {4, 2};
        unet->residualBlocks = 1;
        unet->headChannels = 32;
        unet->contextChannels = 64;
    }
    config.autoencoder.channels = 32;
    config.autoencoder.multipliers = {1, 2, 2, 2};
    config.autoencoder.residualBlocks = 1;
    config.text->width = config.text->projection = 64;
    config.text->heads = 4;
    config.text->layers = 3;
    return config;
}

std::optional<DType> dtypeNamed(const std::string& name)
{
    if (name == "fp16")
        return DType::F16;
    if (name == "bf16")
        return DType::BF16;
    return name == "fp32" ? std::optional(DType::F32) : std::nullopt;
}

/// splitmix64 (Steele et al. 2014): fast, and the same everywhere.
class Dice {
public:
    explicit Dice(std::uint64_t seed) : state_(seed) {}

    /// Uniform in −1…1.
    float throwOnce()
    {
        std::uint64_t z = (state_ += 0x9e3779b97f4a7c15U);
        z = (z ^ (z >> 30U)) * 0xbf58476d1ce4e5b9U;
        z = (z ^ (z >> 27U)) * 0x94d049bb133111ebU;
        constexpr float scale = 1.0F / (1 << 23);
        return static_cast<float>((z ^ (z >> 31U)) >> 40U) * scale - 1.0F;
    }

private:
    std::uint64_t state_;
};

/// FNV-1a: std::hash may differ between libraries.
std::uint64_t hashOf(const std::string& text)
{
    std::uint64_t hash = 0xcbf29ce484222325U;
    for (const char c : text)
        hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3U;
    return hash;
}

/// Matrices and kernels keep the variance of what they are applied to; factors of norms are one,
/// biases nothing.
void fill(const checkpoint::TensorPlan& plan, std::uint64_t seed, std::vector<float>& values)
{
    std::int64_t count = 1;
    for (const auto side : plan.shape)
        count *= side;
    values.assign(static_cast<std::size_t>(count), plan.name.ends_with("weight") ? 1.0F : 0.0F);
    if (plan.shape.size() < 2)
        return;
    const auto fanIn = static_cast<float>(count / plan.shape.front());
    const float spread = std::sqrt(3.0F / fanIn);
    Dice dice(seed ^ hashOf(plan.name));
    std::generate(values.begin(), values.end(), [&] { return spread * dice.throwOnce(); });
}

std::vector<checkpoint::TensorPlan> plansOf(const DeblurDiffConfig& config, DType dtype)
{
    const auto sketch =
        networks::makeUninitialized<networks::DeblurDiffModel>(torch::device(torch::kMeta), config);
    std::vector<checkpoint::TensorPlan> plans;
    for (const auto& item : sketch->named_parameters())
        plans.push_back({item.key(), dtype, item.value().sizes().vec()});
    return plans;
}

} // namespace

Result<void> makeRandomCheckpoint(const RandomCheckpoint& wanted)
{
    const auto dtype = dtypeNamed(wanted.dtype);
    if (!dtype || (wanted.config != "full" && wanted.config != "small"))
        return fail(ErrorCode::InvalidRequest, "want full or small in fp16, bf16 or fp32, got " +
                                                   wanted.config + " in " + wanted.dtype);
    const bool full = wanted.config == "full";
    const auto config = full ? networks::publishedConfig() : smallConfig();
    std::vector<float> values;
    std::vector<std::byte> converted;
    const auto source =
        [&](const checkpoint::TensorPlan& plan) -> Result<std::span<const std::byte>> {
        fill(plan, wanted.seed, values);
        checkpoint::convertElements(std::as_bytes(std::span(values)), DType::F32, *dtype,
                                    converted);
        return std::span<const std::byte>(converted);
    };
    // The published file says nothing about itself.
    checkpoint::WriteOptions options{.token = wanted.token, .progress = wanted.progress};
    if (!full)
        options.metadata = networks::toMetadata(config);
    const auto written =
        checkpoint::writeSafetensors(wanted.path, plansOf(config, *dtype), source, options);
    if (!written)
        return tl::unexpected(written.error());
    return {};
}

} // namespace limpid::inference
